//! Whether arguments fit an overload, and what it then gives.

use crate::cel::Type;
use crate::cel::functions::{Overloads, Param};

/// What a call gives.
pub(super) struct Resolved {
    pub(super) ty: Type,
    /// Whether that may be an element of an argument, and so have a place.
    pub(super) is_element: bool,
}

/// The result of the first overload that takes these types. Where a type is not known until
/// evaluation several may take it; then the result is known only if all of them give the same.
pub(super) fn resolve(overloads: Overloads, types: &[&Type]) -> Option<Resolved> {
    let mut results = overloads.iter().filter_map(|(params, result)| {
        let mut any = None;
        let fits = params.len() == types.len()
            && params
                .iter()
                .zip(types)
                .all(|(param, ty)| takes(*param, ty, &mut any));
        // `closest` gives one of the texts of its list.
        let is_element = matches!(result, Param::Any | Param::List(Param::Any))
            || matches!(params, [.., Param::List(Param::Text)]);
        fits.then(|| Resolved {
            ty: instance(*result, any.as_ref()),
            is_element,
        })
    });
    let mut first = results.next()?;
    if types.iter().any(|ty| is_open(ty)) {
        for other in results {
            first.is_element |= other.is_element;
            if other.ty != first.ty {
                first.ty = Type::Dyn;
            }
        }
    }
    Some(first)
}

/// Whether evaluation may find any of several types here.
fn is_open(ty: &Type) -> bool {
    match ty {
        Type::Dyn => true,
        Type::List(element) => is_open(element),
        Type::Map(value) => is_open(value),
        _ => false,
    }
}

/// Whether `param` takes a value of type `ty`; `any` is what [`Param::Any`] stands for so far.
fn takes(param: Param, ty: &Type, any: &mut Option<Type>) -> bool {
    match (param, ty) {
        (Param::Any, ty) => {
            let met = any.as_ref().is_none_or(|known| known.meets(ty));
            *any = Some(
                any.as_ref()
                    .map_or_else(|| ty.clone(), |known| known.join(ty)),
            );
            met
        }
        (_, Type::Dyn)
        | (Param::Bool, Type::Bool)
        | (Param::Int, Type::Int)
        | (Param::Uint, Type::Uint)
        | (Param::Double, Type::Double)
        | (Param::Text, Type::Text | Type::Enum(_))
        | (Param::FreeText, Type::Text)
        | (Param::Bytes, Type::Bytes)
        | (Param::Date, Type::Date)
        | (Param::Duration, Type::Duration)
        | (Param::Object, Type::Object(_)) => true,
        (Param::List(param), Type::List(element)) => takes(*param, element, any),
        (Param::Map(param), Type::Map(value)) => takes(*param, value, any),
        (Param::Map(param), Type::Record(record)) => takes(*param, &record.values(), any),
        _ => false,
    }
}

fn instance(param: Param, any: Option<&Type>) -> Type {
    match param {
        Param::Bool => Type::Bool,
        Param::Int => Type::Int,
        Param::Uint => Type::Uint,
        Param::Double => Type::Double,
        Param::Text | Param::FreeText => Type::Text,
        Param::Bytes => Type::Bytes,
        Param::Date => Type::Date,
        Param::Duration => Type::Duration,
        Param::List(element) => Type::list(instance(*element, any)),
        Param::Any => any.cloned().unwrap_or(Type::Dyn),
        Param::Map(value) => Type::Map(instance(*value, any).into()),
        Param::Object => Type::Dyn,
    }
}
