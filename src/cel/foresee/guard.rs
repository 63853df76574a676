//! Reads of fields that may be silent, where nothing before says that they are not.
//!
//! Such a read has no answer where the plan is silent, and the verdict is `unknown`: never a pass, and
//! never any help to the reader. `has(x) && x > 1` and `!has(x) || x > 1` are guards, on whichever side
//! they stand; so is a guard of an earlier check, of `when`, of a `filter`, and of all of a list.

use std::collections::BTreeSet;
use std::ops::Range;

use super::key::Elements;
use crate::cel::functions::{Binary, Unary};
use crate::cel::program::{Each, Id, Op};
use crate::cel::{Data, Mode, Program};

/// What is known to be stated.
#[derive(Debug, Clone, Default)]
pub struct Guards {
    paths: BTreeSet<String>,
    /// A path that is another by a shorter name, such as `own.personnel.dedicated` that is `fact`.
    aliases: Vec<(String, String)>,
}

/// A read without a guard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unguarded {
    /// The path, as written.
    pub path: String,
    /// Where it stands in the expression.
    pub range: Range<usize>,
}

impl Guards {
    /// A path is stated, and with it everything it leads through.
    pub fn stated(&mut self, path: &str) {
        for (at, _) in path.match_indices('.') {
            self.paths.insert(path[..at].to_owned());
        }
        self.paths.insert(path.to_owned());
    }

    /// Two names for one thing; `short` is the name of a variable.
    pub fn alias(&mut self, path: &str, short: &str) {
        self.aliases.push((path.to_owned(), short.to_owned()));
    }

    /// An expression came to this.
    pub fn assume(&mut self, program: &Program, holds: bool) {
        Walk::of(program).assume(program.root, holds, self);
    }

    /// The reads of an expression that nothing guards, each path once, in reading order.
    pub fn unguarded(&self, program: &Program) -> Vec<Unguarded> {
        let mut walk = Walk::of(program);
        walk.visit(program.root, self);
        walk.found
            .sort_by_key(|(_, found)| (found.range.start, found.range.end));
        let mut seen = BTreeSet::new();
        let found = walk.found.into_iter();
        found
            .filter(|(key, _)| seen.insert(key.clone()))
            .map(|(_, found)| found)
            .collect()
    }

    fn covers(&self, key: &str) -> bool {
        self.paths.contains(key)
    }

    fn short(&self, key: String) -> String {
        for (path, short) in &self.aliases {
            if let Some(rest) = key.strip_prefix(path.as_str())
                && (rest.is_empty() || rest.starts_with(['.', '[']))
            {
                return format!("{short}{rest}");
            }
        }
        key
    }
}

struct Walk<'p> {
    program: &'p Program,
    lists: Vec<String>,
    found: Vec<(String, Unguarded)>,
}

impl<'p> Walk<'p> {
    fn of(program: &'p Program) -> Self {
        Self {
            program,
            lists: Vec::new(),
            found: Vec::new(),
        }
    }

    fn op(&self, id: Id) -> &'p Op {
        &self.program.nodes[usize::from(id.0)].op
    }

    fn key(&mut self, id: Id, guards: &Guards) -> String {
        let key = self
            .program
            .key(id, Elements::ByList, &mut self.lists.clone());
        guards.short(key)
    }

    fn visit(&mut self, id: Id, guards: &Guards) {
        match self.op(id) {
            Op::Field { object, .. } => {
                self.visit(*object, guards);
                let key = self.key(id, guards);
                if self.program.silent.contains(&id) && !guards.covers(&key) {
                    let node = &self.program.nodes[usize::from(id.0)];
                    let range = usize::from(node.start)..usize::from(node.end);
                    let path = self.program.source[range.clone()].to_owned();
                    self.found.push((key, Unguarded { path, range }));
                }
            }
            // Looks without reading; what stands before the last name is looked through as well.
            Op::Has(_) | Op::Mode(_) | Op::Stated(_) => {}
            Op::And(a, b) => self.both(*a, *b, true, guards),
            Op::Or(a, b) => self.both(*a, *b, false, guards),
            Op::If(condition, yes, no) => {
                self.visit(*condition, guards);
                for (branch, holds) in [(*yes, true), (*no, false)] {
                    let mut then = guards.clone();
                    self.assume(*condition, holds, &mut then);
                    self.visit(branch, &then);
                }
            }
            Op::Each(each) => self.each(each.list, each.guard, each.body, guards),
            _ => {
                for child in self.program.children(id) {
                    self.visit(child, guards);
                }
            }
        }
    }

    /// Whichever side decides, the other is not asked: each is a guard of the other.
    fn both(&mut self, a: Id, b: Id, all: bool, guards: &Guards) {
        for (one, other) in [(a, b), (b, a)] {
            let mut then = guards.clone();
            self.assume(other, all, &mut then);
            self.visit(one, &then);
        }
    }

    fn each(&mut self, list: Id, guard: Option<Id>, body: Option<Id>, guards: &Guards) {
        self.visit(list, guards);
        let mut then = guards.clone();
        self.enter(list, guards);
        // What a filter below has let through has passed its condition.
        let mut below = list;
        while let Op::Each(each) = self.op(below)
            && let (Each::Filter, Some(guard)) = (each.kind, each.guard)
        {
            self.assume(guard, true, &mut then);
            below = each.list;
        }
        if let Some(guard) = guard {
            self.visit(guard, &then);
            self.assume(guard, true, &mut then);
        }
        if let Some(body) = body {
            self.visit(body, &then);
        }
        self.lists.pop();
    }

    fn enter(&mut self, list: Id, guards: &Guards) {
        let key = self
            .program
            .list_key(list, Elements::ByList, &mut self.lists.clone());
        self.lists.push(guards.short(key));
    }

    fn assume(&mut self, id: Id, holds: bool, guards: &mut Guards) {
        match self.op(id) {
            Op::Has(path) | Op::Stated(path) if holds => {
                let key = self.key(*path, guards);
                guards.stated(&key);
            }
            Op::And(a, b) if holds => {
                self.assume(*a, true, guards);
                self.assume(*b, true, guards);
            }
            Op::Or(a, b) if !holds => {
                self.assume(*a, false, guards);
                self.assume(*b, false, guards);
            }
            Op::Unary(Unary::Not, a) => self.assume(*a, !holds, guards),
            Op::And(a, b) | Op::Or(a, b) => self.assume_either(*a, *b, holds, guards),
            Op::Binary(run @ (Binary::Equal | Binary::NotEqual), a, b) => {
                let is = (*run == Binary::Equal) == holds;
                self.assume_mode(*a, *b, is, guards);
                self.assume_mode(*b, *a, is, guards);
            }
            Op::Each(each) => match (each.kind, each.body) {
                (Each::All, Some(body)) if holds => self.assume_all(each.list, body, true, guards),
                (Each::Exists, Some(body)) if !holds => {
                    self.assume_all(each.list, body, false, guards);
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// One of two came to this, it is not known which: what both of them say.
    fn assume_either(&mut self, a: Id, b: Id, holds: bool, guards: &mut Guards) {
        let (mut first, mut second) = (guards.clone(), guards.clone());
        self.assume(a, holds, &mut first);
        self.assume(b, holds, &mut second);
        guards.paths = first.paths.intersection(&second.paths).cloned().collect();
    }

    /// A mode that is not silent is as good as `has`.
    fn assume_mode(&mut self, mode: Id, word: Id, is: bool, guards: &mut Guards) {
        if let (Op::Mode(path), Op::Constant(Data::Text(word))) = (self.op(mode), self.op(word))
            && is != (**word == *Mode::Silent.word())
            && (is || **word == *Mode::Silent.word())
        {
            let key = self.key(*path, guards);
            guards.stated(&key);
        }
    }

    /// What holds for every element of a list that is not a part of another.
    fn assume_all(&mut self, list: Id, body: Id, holds: bool, guards: &mut Guards) {
        if matches!(self.op(list), Op::Each(each) if each.kind == Each::Filter) {
            return;
        }
        self.enter(list, guards);
        self.assume(body, holds, guards);
        self.lists.pop();
    }
}
