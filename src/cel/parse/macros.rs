//! Expanded macros → what was written.

use cel_interpreter::common::ast::{Expr, IdedExpr, operators};

use crate::cel::program::Each;

/// The comprehension, its guard and its body.
pub(super) type Recognized = (Each, Option<IdedExpr>, Option<IdedExpr>);

/// What was written, from the step that the macro became: `@result && body` of `all`,
/// `@result || body` of `exists`, `guard ? @result + 1 : @result` of `exists_one`,
/// `@result + [body]` of `map`, `guard ? @result + [body] : @result` of `map` with a condition and of
/// `filter`, whose body is the variable.
pub(super) fn recognize(step: IdedExpr, variable: &str) -> Option<Recognized> {
    let Expr::Call(mut call) = step.expr else {
        return None;
    };
    match call.func_name.as_str() {
        operators::LOGICAL_AND => Some((Each::All, None, call.args.pop())),
        operators::LOGICAL_OR => Some((Each::Exists, None, call.args.pop())),
        operators::ADD => Some((Each::Map, None, Some(single(call.args.pop()?)?))),
        operators::CONDITIONAL => {
            let [guard, step, _] = <[IdedExpr; 3]>::try_from(call.args).ok()?;
            let Expr::Call(mut step) = step.expr else {
                return None;
            };
            let added = step.args.pop()?;
            if matches!(added.expr, Expr::Literal(_)) {
                return Some((Each::ExistsOne, None, Some(guard)));
            }
            let body = single(added)?;
            let kept = matches!(&body.expr, Expr::Ident(name) if name == variable);
            let (each, body) = if kept {
                (Each::Filter, None)
            } else {
                (Each::Map, Some(body))
            };
            Some((each, Some(guard), body))
        }
        _ => None,
    }
}

fn single(list: IdedExpr) -> Option<IdedExpr> {
    let Expr::List(mut list) = list.expr else {
        return None;
    };
    list.elements.pop()
}
