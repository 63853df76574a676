//! The walk over two plans side by side, by schema: fields, modes, objects and single values.
//!
//! Lists are in `list`, what came and went in another list in `moves`.

use super::effect::{self, Ground};
use super::meaning::{content, same_text};
use super::moves::Moves;
use super::reader::{Reader, Spot};
use super::renames::Renames;
use super::silence::is_default;
use super::told::{Change, Changes, Class, Effect, Kind, Pair};
use crate::document::Node;
use crate::plan::{
    Clock, Direction, Field, MODE_KEYS, Marks, Plan, Scalar, Schema, Shape, ShapeId, is_mode,
};
use crate::text::Day;

/// What changed in meaning from `old` to `new`, both read by the same schema. `today` decides whether
/// a date of issue is too far ahead.
pub fn compare<'p>(old: &Plan<'p>, new: &Plan<'p>, today: Day) -> Changes<'p> {
    let ground = Ground {
        old: Clock::of(old),
        new: Clock::of(new),
        today,
    };
    let annexes = !old.files().annexes.is_empty() || !new.files().annexes.is_empty();
    let renames = Renames::between(old, new);
    let mut walk = Walk {
        schema: old.schema(),
        old: Reader::new(old),
        new: Reader::new(new),
        handed_on: renames.hand_on(),
        renames,
        ground,
        annexes,
        changes: Vec::new(),
        moves: Moves::default(),
    };
    walk.sections();
    walk.moves.resolve(&mut walk.changes);
    Changes { all: walk.changes }
}

/// The state of one comparison.
pub(super) struct Walk<'r, 'p> {
    pub(super) schema: &'p Schema,
    pub(super) old: Reader<'r, 'p>,
    pub(super) new: Reader<'r, 'p>,
    pub(super) renames: Renames<'p>,
    pub(super) ground: Ground,
    /// Whether equal text may say something else: where a mode may lead into another file.
    annexes: bool,
    /// The same, where an id is that of another body, system or document than before.
    pub(super) handed_on: bool,
    pub(super) changes: Vec<Change<'p>>,
    /// What came or went, and may have moved.
    pub(super) moves: Moves,
}

/// Where in the schema the walk is.
#[derive(Clone, Copy)]
pub(super) struct At<'s> {
    /// The type.
    pub(super) shape: ShapeId,
    /// The field, whose marks count; `None` for reserved keys and what the schema does not know.
    pub(super) field: Option<&'s Field>,
    /// 章.
    pub(super) chapter: Option<u8>,
    /// Whether silence here is no weakening.
    pub(super) record: bool,
    /// How binding the innermost list of rules is.
    pub(super) strength: Option<u8>,
    /// The kind of a change of the value itself; another than `Changed` where it is an identity.
    pub(super) kind: Kind,
}

impl<'s> At<'s> {
    pub(super) fn below(self, field: &'s Field) -> Self {
        Self {
            shape: field.shape,
            field: Some(field),
            chapter: field.marks.chapter.or(self.chapter),
            record: self.record || field.marks.record,
            strength: (field.marks.strength)
                .or_else(|| self.strength.filter(|_| field.marks.shares_strength)),
            kind: Kind::Changed,
        }
    }

    /// The same place, of what no field describes.
    pub(super) fn unmarked(self) -> Self {
        Self {
            field: None,
            kind: Kind::Changed,
            ..self
        }
    }

    pub(super) fn marks(&self) -> Option<&'s Marks> {
        self.field.map(|field| &field.marks)
    }

    /// Whether the plan asks less when it falls silent here.
    pub(super) fn binds(&self) -> bool {
        self.marks().is_some_and(|marks| match marks.direction {
            Some(Direction::Neither) => false,
            Some(_) => true,
            None => !self.record && (marks.fact || self.strength > Some(1)),
        })
    }
}

impl<'p> Walk<'_, 'p> {
    fn sections(&mut self) {
        let root = At {
            shape: self.schema.root(),
            field: None,
            chapter: None,
            record: false,
            strength: None,
            kind: Kind::Changed,
        };
        for &id in self.schema.fields(root.shape) {
            let field = self.schema.field(id);
            let (old, new) = (self.old.section(id, field), self.new.section(id, field));
            self.value(old, new, root.below(field));
        }
        let (old, new) = (self.old.plan.root(), self.new.plan.root());
        self.unknown_keys(old, new, root);
    }

    /// Compares what stands at a place, if anything does.
    pub(super) fn value(&mut self, old: Spot<'p>, new: Spot<'p>, at: At<'p>) {
        match (self.old.seen(old), self.new.seen(new)) {
            (None, None) => {}
            (Some(a), Some(b)) if !self.annexes && !self.handed_on && same_text(a, b) => {}
            (Some(a), Some(b)) => self.both(a, b, at),
            (Some(a), None) => self.one_sided(old.with(a), new.empty(), at),
            (None, Some(b)) => self.one_sided(old.empty(), new.with(b), at),
        }
    }

    fn both(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        let (maps, lists) = (a.is_map() && b.is_map(), a.is_list() && b.is_list());
        let (modes, plain) = (is_mode(a) || is_mode(b), is_plain);
        match self.schema.shape(at.shape) {
            _ if at.field.is_none() && !modes => self.raw(a, b, at),
            // Several variants of one object, each for some bodies, or one against several.
            Shape::Object { .. } | Shape::TextOr { .. } if a.is_list() || b.is_list() => {
                self.variants(a, b, at);
            }
            _ if modes => self.modes(a, b, at),
            Shape::List { item } if lists => self.list(a, b, At { shape: *item, ..at }),
            Shape::Object { .. } if maps => self.object(a, b, at),
            Shape::TextOr { .. } if plain(a) && plain(b) => self.scalar(a, b, &Scalar::Text, at),
            Shape::TextOr { .. } if !a.is_list() && !b.is_list() => self.object(a, b, at),
            Shape::Scalar(scalar) if plain(a) && plain(b) => self.scalar(a, b, scalar, at),
            _ => self.unlike(a, b, at),
        }
    }

    /// Two values of which one has not the form that the schema wants: which asks more nobody can
    /// tell where it matters. Not even a list of one is the one, for a figure is not read from it.
    fn unlike(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        let sides = (Spot::of(a), Spot::of(b));
        let shape = self.schema.shape(at.shape);
        let effect = match at.marks().map(|marks| (marks.switch, &marks.direction)) {
            Some((true, _)) => Effect::Weaker,
            None | Some((_, Some(Direction::Neither))) => Effect::Neutral,
            Some((_, Some(_))) => Effect::Unclear,
            _ if !at.binds() || *shape == Shape::Scalar(Scalar::Text) => Effect::Neutral,
            _ => Effect::Unclear,
        };
        match effect {
            Effect::Neutral => self.raw(a, b, at),
            _ if spelled(a) == spelled(b) => self.raw(a, b, at),
            _ => self.tell(Kind::Changed, effect, sides, at),
        }
    }

    /// A thing that is there on one side only.
    fn one_sided(&mut self, old: Spot<'p>, new: Spot<'p>, at: At<'p>) {
        let (kind, node) = match (old.node, new.node) {
            (Some(node), _) => (Kind::Removed, node),
            (_, Some(node)) => (Kind::Added, node),
            (None, None) => return,
        };
        if at.field.is_some_and(|field| is_default(field, node)) {
            return self.push(kind, Class::Layout, Effect::Neutral, (old, new), at);
        }
        if at.marks().is_some_and(|marks| marks.switch) {
            return self.tell(kind, Effect::Weaker, (old, new), at);
        }
        let gone = self.silenced(node, at);
        let effect = if kind == Kind::Removed {
            gone
        } else {
            gone.mirrored()
        };
        self.tell(kind, effect, (old, new), at);
        self.items_of(kind, (old, new), at);
    }

    /// Two maps, or a map and the text that stands for its main field.
    fn object(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        self.fields(a, b, at);
        self.scope(a, b, at);
        self.beside(a, b, at);
    }

    /// What one body hears of two maps that both hold for it: all they say but for whom.
    pub(super) fn heard(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        if is_mode(a) || is_mode(b) {
            return self.modes(a, b, at);
        }
        let text_too = matches!(self.schema.shape(at.shape), Shape::TextOr { .. });
        let fits = |node: Node<'_>| node.is_map() || text_too && is_plain(node);
        if !fits(a) || !fits(b) {
            return self.raw(a, b, at);
        }
        self.fields(a, b, at);
        self.beside(a, b, at);
    }

    fn fields(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        let main = self.schema.main_field(at.shape);
        let keys = at
            .marks()
            .map(|marks| marks.key.as_slice())
            .unwrap_or_default();
        for &id in self.schema.fields(at.shape) {
            let field = self.schema.field(id);
            let is_main = main.is_some_and(|main| main.name == field.name);
            let spot = |node: Node<'p>| Spot::below(node, &field.name, is_main);
            let below = at.below(field);
            let kind = self.kind_of(field, keys);
            self.value(spot(a), spot(b), At { kind, ..below });
        }
    }

    /// The modes, the citations and what is unknown beside the fields of two maps.
    fn beside(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        for key in MODE_KEYS {
            self.blanket(a, b, key, at);
        }
        for key in ["see", "cite"] {
            self.value(
                Spot::below(a, key, false),
                Spot::below(b, key, false),
                at.unmarked(),
            );
        }
        self.unknown_keys(a, b, at);
    }

    /// Keys that the schema does not know: their shape is reported elsewhere, but nothing that
    /// changes may stay untold.
    fn unknown_keys(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        let known = |key: &str| {
            self.schema.field_named(at.shape, key).is_some()
                || MODE_KEYS.contains(&key)
                || crate::plan::SIDE_KEYS.contains(&key)
        };
        let mut keys: Vec<&'p str> = a.entries().map(|entry| entry.key).collect();
        keys.extend(b.entries().map(|entry| entry.key));
        keys.retain(|key| !known(key));
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let (old, new) = (Spot::below(a, key, false), Spot::below(b, key, false));
            match (old.node, new.node) {
                (Some(a), Some(b)) => self.raw(a, b, at.unmarked()),
                _ => self.one_sided(old, new, at.unmarked()),
            }
        }
    }

    fn scalar(&mut self, a: Node<'p>, b: Node<'p>, scalar: &Scalar, at: At<'p>) {
        let sides = (Spot::of(a), Spot::of(b));
        let reference = at.marks().and_then(|marks| marks.reference);
        let follows = reference.map(|to| self.follows(to, a, b));
        let is_other = self.handed_on && follows == Some(false);
        let is_exact = at.marks().is_some_and(|marks| marks.exact);
        let difference = effect::difference(scalar, a, b, self.ground);
        match difference.map(|class| if is_exact { Class::Changed } else { class }) {
            _ if is_other => {}
            None => return,
            Some(Class::Changed) if follows != Some(true) => {}
            Some(class) => {
                let class = class.max(Class::Editorial);
                return self.push(Kind::Changed, class, Effect::Neutral, sides, at);
            }
        }
        let effect = match at.marks() {
            Some(marks) => effect::of_value(marks, scalar, at.binds(), (a, b), self.ground),
            None => Effect::Neutral,
        };
        self.tell(at.kind, effect, sides, at);
    }

    /// Two values of which the schema does not say more than that they are there.
    pub(super) fn raw(&mut self, a: Node<'p>, b: Node<'p>, at: At<'p>) {
        let sides = (Spot::of(a), Spot::of(b));
        let is_other = || self.handed_on && !self.cite_alike(a, b);
        let class = match () {
            () if content(a) == content(b) && is_other() => {
                return self.tell(Kind::Changed, Effect::Neutral, sides, at);
            }
            () if content(a) != content(b) && self.cite_alike(a, b) => Class::Editorial,
            () if content(a) != content(b) => {
                return self.tell(Kind::Changed, Effect::Neutral, sides, at);
            }
            () if spelled(a) != spelled(b) => Class::Layout,
            () => return,
        };
        self.push(Kind::Changed, class, Effect::Neutral, sides, at);
    }

    /// What it means that an item's field is another, where the field is its id or its name.
    fn kind_of(&self, field: &Field, keys: &[Vec<String>]) -> Kind {
        let text = matches!(self.schema.shape(field.shape), Shape::Scalar(Scalar::Text));
        let at = keys
            .iter()
            .position(|alternative| alternative.contains(&field.name));
        match at {
            Some(0) if text && keys.len() == 2 && keys[0].len() == 1 => Kind::Renumbered,
            Some(_) if text && field.marks.owner => Kind::Moved,
            Some(_) if text && keys.iter().all(|alternative| alternative.len() <= 2) => {
                Kind::Renamed
            }
            _ => Kind::Changed,
        }
    }

    /// Adds a change with the class that its field and effect give it.
    pub(super) fn tell(
        &mut self,
        kind: Kind,
        effect: Effect,
        sides: (Spot<'p>, Spot<'p>),
        at: At<'p>,
    ) {
        let concern = at.marks().and_then(|marks| marks.concern);
        self.push(kind, effect::class(concern, effect), effect, sides, at);
    }

    pub(super) fn push(
        &mut self,
        kind: Kind,
        class: Class,
        effect: Effect,
        (old, new): (Spot<'p>, Spot<'p>),
        at: At<'p>,
    ) {
        let pair = Pair {
            old: self.old.side(old),
            new: self.new.side(new),
        };
        self.changes.push(Change {
            kind,
            class,
            effect,
            chapter: at.chapter,
            shape: at.shape,
            reference: at.marks().and_then(|marks| marks.reference),
            pairs: vec![pair],
        });
    }
}

fn is_plain(node: Node<'_>) -> bool {
    !node.is_map() && !node.is_list()
}

/// The characters of a value, in the order in which they stand.
fn spelled(node: Node<'_>) -> String {
    let inner: Vec<String> = match () {
        () if node.is_map() => node
            .entries()
            .map(|entry| format!("{}:{}", entry.key, spelled(entry.value)))
            .collect(),
        () if node.is_list() => node.items().map(spelled).collect(),
        () => return node.written().to_owned(),
    };
    format!("<{}>", inner.join("\u{1f}"))
}
