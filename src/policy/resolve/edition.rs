//! One edition of a policy, complete.

use std::sync::Arc;

use super::Resolver;
use crate::cel::{Data, Type};
use crate::policy::grounds;
use crate::policy::names::{Names, Seen};
use crate::policy::params::Params;
use crate::policy::policy::Edition;
use crate::policy::raw::RawEdition;
use crate::policy::states::{self, read_modes};
use crate::policy::table::Confidence;
use crate::text::{DateRange, parse_day};

impl Resolver<'_, '_, '_> {
    pub(super) fn edition(&mut self, raw: &RawEdition) -> Option<Edition> {
        let from = self.day(&raw.from)?;
        let until = raw.until.as_ref().and_then(|until| self.day(until));
        let scope = raw.applies_to.as_ref().or(self.raw.applies_to.as_ref());
        let applies_to = scope.map(|scope| self.scope(scope)).unwrap_or_default();
        let params = Params::read(self.own_params, raw.params.map(|id| self.document.node(id)));
        if !self.compiler.trusted {
            self.check_tables(&applies_to, raw);
        }
        let need = self.over.as_ref().map(|over| need_type(&params, over));
        let seen = Seen {
            it: self.it.clone(),
            fact: self.fact.clone(),
            need,
            params: params.ty(),
            side: self.side.clone(),
        };
        let names = Names::new(self.compiler.catalogue, seen);
        self.compiler.rename(names);
        let severity = raw.severity.unwrap_or(self.raw.severity);
        let cite = self.document.node(raw.cite);
        let grounds = grounds::read(cite, self.laws, from, self.compiler.problems);
        let confidence = self.table(raw.confidence, "policy/confidence", |node| {
            Confidence::parse(node.written())
        });
        let deadline = raw.deadline.as_ref().or(self.raw.deadline.as_ref());
        let shown: Vec<&str> = self.raw.show.keys().map(String::as_str).collect();
        let message = raw.message.as_ref().unwrap_or(&self.raw.message);
        let when = self.raw.when.as_ref();
        // Everything is read before anything is given up: each part may have problems of its own.
        let severity = self.severity(severity);
        let when = when.and_then(|when| self.compiler.condition(when));
        let (edition_modes, own_modes) = (raw.modes.as_ref(), self.raw.modes.as_ref());
        let modes = read_modes(edition_modes, own_modes, &mut self.compiler);
        let checks = self.checks(raw);
        let deadline = deadline.and_then(|deadline| self.deadline(deadline));
        let at = self.raw.at.as_ref().and_then(|at| self.compiler.value(at));
        let related = self.raw.related.as_ref();
        let related = related.and_then(|related| self.compiler.value(related));
        let message = self.compiler.message(message, &shown);
        let all_messages = [&self.raw.messages, &raw.messages];
        let messages = states::messages(&all_messages, &shown, &mut self.compiler);
        let verified_on = raw.verified_on.as_ref();
        Some(Edition {
            from,
            until,
            grounds: grounds?,
            confidence: confidence?,
            verified_on: verified_on.and_then(|day| parse_day(&day.value)),
            note: raw.note.as_deref().map(Arc::from),
            severity: severity?,
            when,
            modes,
            checks,
            deadline,
            at,
            related,
            message: message?,
            messages,
            applies_to,
            law: Data::record([("from", Data::Date(DateRange::day(from)))]),
            params: Arc::new(params),
        })
    }
}

/// The type of the entries of the law's list.
fn need_type(params: &Params, over: &str) -> Type {
    let Type::Record(record) = params.ty() else {
        return Type::Dyn;
    };
    match record.field(over) {
        Some((_, field)) => field.ty.element().cloned().unwrap_or(Type::Dyn),
        None => Type::Dyn,
    }
}
