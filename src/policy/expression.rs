//! Expressions of a policy with their place in its file, and what compiles them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::catalogue::PlanCatalogue;
use super::message::{Message, Parts, Placeholder};
use super::names::{Names, Seen};
use super::problem::Problems;
use super::raw::RawText;
use super::template::Template;
use crate::cel::{self, Expected, ProblemKind, Program, Scope};
use crate::document::{Spanned, inside};
use crate::plan::Schema;
use crate::text::{Language, Localized, Span};

/// An expression and where it stands. Of a local pack it is compiled when it is loaded; of the
/// built-in one, whose tests compile everything, when it is first asked for.
#[derive(Debug, Clone)]
pub struct Expression {
    written: Arc<Written>,
    /// Its place in the policy's file.
    pub span: Span,
}

/// The text of an expression with all that compiling it needs.
#[derive(Debug)]
struct Written {
    source: Box<str>,
    expected: Expected,
    names: Arc<Names>,
    schema: Schema,
    program: OnceLock<Program>,
}

impl Expression {
    /// The expression, ready to run.
    pub fn program(&self) -> &Program {
        self.written.program.get_or_init(|| {
            let compiled = self.written.compile();
            compiled.expect("internal: the built-in pack compiles, by test")
        })
    }

    /// An expression of any type that is known to compile; where it stands is not.
    pub(super) fn trusted(source: &str, names: &Arc<Names>, schema: &Schema) -> Self {
        Self {
            written: Arc::new(Written::new(source, Expected::Any, names, schema)),
            span: Span::default(),
        }
    }

    /// The same place, with an answer that hangs on nothing.
    #[must_use]
    pub fn always(&self, answer: bool) -> Self {
        let written = Written {
            source: self.written.source.clone(),
            expected: self.written.expected.clone(),
            names: Arc::clone(&self.written.names),
            schema: self.written.schema.clone(),
            program: OnceLock::from(Program::constant(answer)),
        };
        Self {
            written: Arc::new(written),
            span: self.span,
        }
    }

    /// The expression as it is written.
    pub fn source(&self) -> &str {
        &self.written.source
    }
}

impl Written {
    fn new(source: &str, expected: Expected, names: &Arc<Names>, schema: &Schema) -> Self {
        Self {
            source: source.into(),
            expected,
            names: Arc::clone(names),
            schema: schema.clone(),
            program: OnceLock::new(),
        }
    }

    fn compile(&self) -> Result<Program, Vec<cel::Problem>> {
        let scope = Scope {
            catalogue: &PlanCatalogue::new(&self.schema),
            variables: &self.names.variables,
            open: Some("plan"),
        };
        cel::compile(&self.source, &scope, &self.expected)
    }
}

/// Compiles the expressions of one policy; the same source over the same types is compiled once.
pub(super) struct Compiler<'c, 'f> {
    pub(super) catalogue: &'c PlanCatalogue<'c>,
    pub(super) problems: &'c mut Problems<'f>,
    names: Arc<Names>,
    known: BTreeMap<(String, bool), Arc<Written>>,
    pub(super) text: &'c str,
    pub(super) trusted: bool,
}

impl<'c, 'f> Compiler<'c, 'f> {
    /// For a policy file with this text; expressions of a `trusted` one are compiled when they are
    /// first asked for.
    pub(super) fn new(
        catalogue: &'c PlanCatalogue<'c>,
        problems: &'c mut Problems<'f>,
        text: &'c str,
        trusted: bool,
    ) -> Self {
        Self {
            catalogue,
            problems,
            names: Arc::new(Names::new(catalogue, Seen::default())),
            known: BTreeMap::new(),
            text,
            trusted,
        }
    }

    /// Another edition has other parameters: what was compiled before no longer counts.
    pub(super) fn rename(&mut self, names: Names) {
        if self.names.variables != names.variables {
            self.names = Arc::new(names);
            self.known.clear();
        }
    }

    /// An expression that gives true or false.
    pub(super) fn condition(&mut self, source: &Spanned<String>) -> Option<Expression> {
        self.compile(&source.value, source.span, &Expected::Bool)
    }

    /// An expression of any type.
    pub(super) fn value(&mut self, source: &Spanned<String>) -> Option<Expression> {
        self.compile(&source.value, source.span, &Expected::Any)
    }

    pub(super) fn compile(
        &mut self,
        source: &str,
        span: Span,
        expected: &Expected,
    ) -> Option<Expression> {
        let key = (source.to_owned(), matches!(expected, Expected::Bool));
        if let Some(written) = self.known.get(&key) {
            let written = Arc::clone(written);
            return Some(Expression { written, span });
        }
        let (expected, schema) = (expected.clone(), self.catalogue.schema());
        let written = Written::new(source, expected, &self.names, schema);
        if !self.trusted {
            match written.compile() {
                Ok(program) => written.program.get_or_init(|| program),
                Err(problems) => {
                    self.tell(source, span, problems);
                    return None;
                }
            };
        }
        let written = Arc::new(written);
        self.known.insert(key, Arc::clone(&written));
        Some(Expression { written, span })
    }

    fn tell(&mut self, source: &str, span: Span, problems: Vec<cel::Problem>) {
        for problem in problems {
            let at = inside(self.text, span, source, &problem.range);
            self.problems.add(code(problem.kind), at, problem.message);
        }
    }

    /// A message whose placeholders are `shown` or paths from variables.
    pub(super) fn message(&mut self, raw: &RawText, shown: &[&str]) -> Option<Message> {
        let source = Localized::new(&*raw.zh_tw.value, &*raw.en.value);
        if self.trusted {
            let schema = self.catalogue.schema();
            return Some(Message::trusted(source, shown, &self.names, schema));
        }
        let mut found: Vec<Mention> = Vec::new();
        let zh_tw = self.template(&raw.zh_tw, Language::ZhTw, &mut found);
        let en = self.template(&raw.en, Language::En, &mut found);
        let (zh_tw, en) = (zh_tw?, en?);
        for written in &found {
            self.same_in_both(written);
        }
        let places = found.iter().map(Mention::first).collect();
        let placeholder = |written: Mention| {
            if shown.contains(&written.source.as_str()) {
                return Some(Placeholder::Shown(written.source));
            }
            self.compile(&written.source, written.first(), &Expected::Any)
                .map(Placeholder::Path)
        };
        let placeholders: Vec<Option<Placeholder>> = found.into_iter().map(placeholder).collect();
        let parts = Parts {
            zh_tw,
            en,
            placeholders: placeholders.into_iter().collect::<Option<_>>()?,
            places,
        };
        Some(Message::new(source, parts))
    }

    /// One language of a message; its placeholders join those of the other.
    fn template(
        &mut self,
        text: &Spanned<String>,
        language: Language,
        found: &mut Vec<Mention>,
    ) -> Option<Template> {
        let parsed = Template::parse(&text.value, |source, range| {
            let span = inside(self.text, text.span, &text.value, &range);
            let known = found.iter().position(|other| other.source == source);
            let at = known.unwrap_or_else(|| {
                found.push(Mention::of(source));
                found.len() - 1
            });
            let place = match language {
                Language::ZhTw => &mut found[at].zh_tw,
                Language::En => &mut found[at].en,
            };
            place.get_or_insert(span);
            at
        });
        parsed
            .map_err(|brace| {
                let span = inside(self.text, text.span, &text.value, &(brace..brace + 1));
                let zh = "訊息中的大括號不成對".to_owned();
                let en = "a brace of the message has no other".to_owned();
                self.problems.say("policy/placeholder", span, zh, en);
            })
            .ok()
    }

    fn same_in_both(&mut self, written: &Mention) {
        let (span, zh, en) = match (written.zh_tw, written.en) {
            (Some(span), None) => (span, "英文", "English"),
            (None, Some(span)) => (span, "中文", "Chinese"),
            _ => return,
        };
        let source = &written.source;
        let zh = format!("{{{source}}} 於{zh}訊息中沒有");
        let en = format!("{{{source}}} is not in the {en} message");
        self.problems.say("policy/placeholder", span, zh, en);
    }
}

/// A placeholder, and where it first stands in each language.
struct Mention {
    source: String,
    zh_tw: Option<Span>,
    en: Option<Span>,
}

impl Mention {
    fn of(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            zh_tw: None,
            en: None,
        }
    }

    fn first(&self) -> Span {
        self.zh_tw.or(self.en).unwrap_or_default()
    }
}

/// The stable code of a problem of an expression.
fn code(kind: ProblemKind) -> &'static str {
    match kind {
        ProblemKind::Syntax => "policy/syntax",
        ProblemKind::TooLarge => "policy/too-large",
        ProblemKind::Unsupported => "policy/unsupported",
        ProblemKind::UnknownName => "policy/unknown-name",
        ProblemKind::UnknownField => "policy/unknown-field",
        ProblemKind::UnknownFunction => "policy/unknown-function",
        ProblemKind::WrongTypes => "policy/wrong-types",
        ProblemKind::Impossible => "policy/impossible",
        ProblemKind::OutsideWords => "policy/outside-words",
        ProblemKind::AlwaysHolds => "policy/always-holds",
        ProblemKind::BadLiteral => "policy/bad-literal",
        ProblemKind::WrongResult => "policy/wrong-result",
    }
}
