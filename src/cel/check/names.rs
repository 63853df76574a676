//! Names and fields: variables, objects of the catalogue, policy data; and the guards over paths.

use std::ops::Range;

use super::problems;
use super::{Checker, Typed};
use crate::cel::parse::{Kind, Select, Syntax};
use crate::cel::program::{Id, Name, Op};
use crate::cel::{Mode, Type};

/// A field that was found.
struct Found {
    op: Op,
    ty: Type,
    optional: bool,
}

impl Checker<'_> {
    /// A name is the variable of the innermost comprehension that has it, then a variable of the
    /// scope, then a field of the open variable.
    pub(super) fn name(&mut self, name: &str, range: &Range<usize>) -> Typed {
        if let Some(local) = self.locals.iter().rposition(|local| local.name == name) {
            let (ty, paths) = (
                self.locals[local].ty.clone(),
                self.locals[local].paths.clone(),
            );
            let id = self.push(Op::Local(small(local)), range);
            return Typed {
                id,
                ty,
                paths,
                certain: true,
            };
        }
        if let Some(variable) = self.variable(name, range) {
            return variable;
        }
        if let Some(open) = self.scope.open
            && self.is_open_field(name)
            && let Some(operand) = self.variable(open, range)
        {
            return self.field(&operand, name, range, range);
        }
        let problem = problems::unknown_name(range.clone(), name, &self.names());
        self.wrong(problem, range)
    }

    fn variable(&mut self, name: &str, range: &Range<usize>) -> Option<Typed> {
        let index = self
            .scope
            .variables
            .iter()
            .position(|(known, _)| *known == name)?;
        let ty = self.scope.variables[index].1.clone();
        let index = small(index);
        let known = self.variables.iter().any(|(known, _)| *known == index);
        if !known {
            self.variables.push((index, name.into()));
        }
        let paths = vec![self.paths.variable(index)];
        Some(Typed {
            id: self.push(Op::Variable(index), range),
            ty,
            paths,
            certain: true,
        })
    }

    /// The names that may stand alone, to propose the nearest.
    fn names(&self) -> Vec<String> {
        let locals = self.locals.iter().map(|local| local.name.clone());
        let variables = self
            .scope
            .variables
            .iter()
            .map(|(name, _)| (*name).to_owned());
        locals.chain(variables).chain(self.open_fields()).collect()
    }

    fn open_type(&self) -> Option<&Type> {
        let open = self.scope.open?;
        self.scope
            .variables
            .iter()
            .find(|(name, _)| *name == open)
            .map(|(_, ty)| ty)
    }

    fn open_fields(&self) -> Vec<String> {
        self.open_type()
            .map(|ty| self.field_names(ty))
            .unwrap_or_default()
    }

    fn is_open_field(&self, name: &str) -> bool {
        match self.open_type() {
            Some(Type::Object(object)) => self.scope.catalogue.field(*object, name).is_some(),
            Some(Type::Record(record)) => record.field(name).is_some(),
            _ => false,
        }
    }

    fn field_names(&self, ty: &Type) -> Vec<String> {
        match ty {
            Type::Object(object) => self.scope.catalogue.field_names(*object),
            Type::Record(record) => record
                .fields
                .iter()
                .map(|field| field.name.to_string())
                .collect(),
            _ => Vec::new(),
        }
    }

    pub(super) fn select(&mut self, select: &Select) -> Typed {
        let operand = self.expression(&select.operand);
        self.field(&operand, &select.field, &select.name, &select.range)
    }

    fn field(
        &mut self,
        operand: &Typed,
        name: &str,
        at: &Range<usize>,
        range: &Range<usize>,
    ) -> Typed {
        let Some(found) = self.find(operand.id, &operand.ty, name) else {
            let ty = self.show(&operand.ty);
            let problem = match &operand.ty {
                Type::Object(_) | Type::Record(_) => {
                    let names = self.field_names(&operand.ty);
                    problems::unknown_field(at.clone(), &ty, name, &names)
                }
                Type::List(_) => problems::field_of_list(at.clone(), &ty),
                _ => problems::field_of_scalar(at.clone(), &ty),
            };
            return self.wrong(problem, range);
        };
        let paths = self.paths.field(&operand.paths, name);
        let certain = operand.certain && !found.optional;
        let id = self.push(found.op, range);
        if found.optional && !self.is_required(&operand.ty, name) {
            self.silent.push(id);
        }
        Typed {
            id,
            ty: found.ty,
            paths,
            certain,
        }
    }

    /// A field that the shape check asks for needs no guard; nor does data of the policy, whose
    /// examples show what is not there.
    fn is_required(&self, operand: &Type, name: &str) -> bool {
        match operand {
            Type::Object(object) => self.scope.catalogue.is_required(*object, name),
            _ => true,
        }
    }

    /// The place of a field's name.
    fn name_of_field(&mut self, name: &str) -> Name {
        let known = self.names.iter().position(|known| **known == *name);
        let at = known.unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        });
        Name(u16::try_from(at).expect("internal: 2 KB of text have fewer than 65,536 names"))
    }

    fn find(&mut self, operand: Id, ty: &Type, name: &str) -> Option<Found> {
        let named = self.name_of_field(name);
        let key = |hint: usize| Op::Key {
            record: operand,
            hint: u32::try_from(hint).unwrap_or(u32::MAX),
            name: named,
        };
        match ty {
            Type::Object(object) => {
                let field = self.scope.catalogue.field(*object, name)?;
                let op = Op::Field {
                    object: operand,
                    slot: field.slot,
                    name: named,
                };
                Some(Found {
                    op,
                    ty: field.ty,
                    optional: field.optional,
                })
            }
            Type::Record(record) => {
                let (hint, field) = record.field(name)?;
                Some(Found {
                    op: key(hint),
                    ty: field.ty.clone(),
                    optional: field.optional,
                })
            }
            Type::Map(value) => Some(Found {
                op: key(0),
                ty: (**value).clone(),
                optional: true,
            }),
            Type::Dyn => Some(Found {
                op: key(0),
                ty: Type::Dyn,
                optional: true,
            }),
            _ => None,
        }
    }

    /// `has(path)`
    pub(super) fn has(&mut self, path: &Select, range: &Range<usize>) -> Typed {
        let found = self.select(path);
        self.paths.note(&found.paths);
        if found.certain {
            self.problems
                .push(problems::always_holds(range.clone(), &path.field));
        }
        self.made(Op::Has(found.id), Type::Bool, range)
    }

    /// `mode(path)` and `stated(path)`
    pub(super) fn look(&mut self, function: &str, path: &Syntax, range: &Range<usize>) -> Typed {
        let found = self.value(path);
        let is_path = matches!(path.kind, Kind::Select(_) | Kind::Name(_))
            && matches!(
                self.nodes[usize::from(found.id.0)].op,
                Op::Field { .. } | Op::Key { .. }
            );
        if !is_path && found.ty != Type::Dyn {
            let problem = problems::no_path(path.range.clone(), function);
            return self.wrong(problem, range);
        }
        if function == "mode" {
            let words = Type::words(Mode::ALL.map(Mode::word));
            return self.made(Op::Mode(found.id), words, range);
        }
        self.made(Op::Stated(found.id), Type::Bool, range)
    }
}

fn small(index: usize) -> u8 {
    u8::try_from(index).expect("internal: a scope has at most 255 variables")
}
