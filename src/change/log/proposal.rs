//! The next row of the change log, proposed from what changed since the last edition.
//!
//! *What* comes from the changes, by chapter; *why* is left to the author, with a mark where it goes.

use std::collections::BTreeMap;

use super::{Row, Snapshot, Span};
use crate::change::{Change, Changes, Class, Effect, Kind, Side};
use crate::plan::{Draft, Schema};
use crate::text::{DateRange, Language, Localized, chapter_numeral};

/// Fields that say which edition this is: they change with every row and are explained by none.
const OF_THE_EDITION: [&str; 5] = [
    "header.edition",
    "header.issued",
    "header.kind",
    "header.status",
    "history",
];
/// Values longer than this are not quoted in a note.
const LONGEST_VALUE: usize = 20;
/// Where the author goes on. The policy `reason-not-written` looks for it.
pub(super) const WHY: (&str, &str) = ("（理由待填）", " (reason to be written)");

/// A row to be completed by its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The edition: that of the header, or the next number where the header still has the last.
    pub edition: String,
    /// The header's date of issue, if it is another than the last edition's.
    pub issued: Option<String>,
    /// The header's reviser.
    pub reviser: Option<String>,
    /// The header's approver.
    pub approver: Option<String>,
    /// What changed, one note for each chapter.
    pub notes: Vec<Note>,
}

/// What changed in one chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// 章, 1 to 17; `None` for the header and what else stands in no chapter.
    pub chapter: Option<u8>,
    /// What changed, with a mark for the reason.
    pub text: Localized,
    /// The fields that changed, and by their own paths what asks less than before.
    pub covers: Vec<String>,
    /// `Layout` or `Editorial` where that is all there is to it.
    pub class: Option<Class>,
}

/// With which state the last one is to be compared for the next row, and the edition that the row
/// is for: what `--check` will hold it against. What changed since an edition was issued begins the
/// next; until something does, a row that says nothing yet is to be completed. `None` where there is nothing before.
///
/// # Errors
///
/// The edition whose next number cannot be told: `初版`.
pub fn base_of(states: &[Snapshot], spans: &[Span]) -> Result<Option<(usize, String)>, String> {
    let (Some(tip), Some((last, before))) = (states.last(), spans.split_last()) else {
        return Ok(None);
    };
    let issued = last.issued(states);
    let has_row = states[issued].is_issued() && tip.has_row(&last.edition);
    // What is tagged and has no row may still get one, until something changes.
    let is_past = last.tagged == Some(issued) && states[issued].content != tip.content;
    if has_row || is_past {
        if states[issued].content == tip.content {
            let before = before.last().filter(|_| tip.is_unexplained());
            return Ok(before.map(|before| (before.issued(states), last.edition.clone())));
        }
        let next = next_edition(&last.edition).ok_or_else(|| last.edition.clone())?;
        return Ok(Some((issued, next)));
    }
    let before = before.last();
    Ok(before.map(|before| (before.issued(states), last.edition.clone())))
}

/// The number after an edition: `1.4` → `1.5`, `第3版` → `第4版`; `None` where it has no number.
pub fn next_edition(edition: &str) -> Option<String> {
    let end = edition.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = edition[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |before| {
            before + edition[before..].chars().next().map_or(1, char::len_utf8)
        });
    let number: u32 = edition[start..end].parse().ok()?;
    let next = number.checked_add(1)?;
    Some(format!("{}{next}{}", &edition[..start], &edition[end..]))
}

impl Proposal {
    /// The row for an edition, from the changes between two states that one schema reads.
    pub fn new(
        edition: String,
        (old, new): (&Snapshot, &Snapshot),
        changes: &Changes<'_>,
        schema: &Schema,
    ) -> Self {
        let own = changes
            .all
            .iter()
            .filter(|change| !is_of_the_edition(change.path()));
        let mut chapters: BTreeMap<(bool, Option<u8>), Vec<&Change<'_>>> = BTreeMap::new();
        for change in own {
            let key = (change.chapter.is_none(), change.chapter);
            chapters.entry(key).or_default().push(change);
        }
        let notes = chapters
            .into_iter()
            .map(|((_, chapter), changes)| Note::of(chapter, &changes, schema));
        Self {
            edition,
            issued: new.issued.clone().filter(|_| new.issued != old.issued),
            reviser: new.reviser.clone(),
            approver: new.approver.clone(),
            notes: notes.collect(),
        }
    }

    /// The row as the table shows it, the chapter before each note.
    pub fn row(&self, language: Language) -> Row {
        let notes = self.notes.iter().map(|note| {
            let text = note.text.get(language);
            let numeral = note.chapter.and_then(chapter_numeral);
            match (numeral, language, note.chapter) {
                (Some(numeral), Language::ZhTw, _) => format!("{numeral}、{text}"),
                (_, Language::En, Some(chapter)) => format!("Chapter {chapter}: {text}"),
                _ => text.to_owned(),
            }
        });
        Row {
            edition: self.edition.clone(),
            issued: self.issued.clone(),
            reviser: self.reviser.clone(),
            notes: notes.collect(),
            approver: self.approver.clone(),
            ..Row::default()
        }
    }

    /// The row as it is written into `history`.
    pub fn to_write(&self) -> Draft {
        let mut entries = vec![("edition".to_owned(), Draft::text(&self.edition))];
        let mut add = |key: &str, value: Option<Draft>| {
            entries.extend(value.map(|value| (key.to_owned(), value)));
        };
        add("issued", self.issued.as_deref().map(date));
        add("reviser", self.reviser.as_deref().map(Draft::text));
        add("approver", self.approver.as_deref().map(Draft::text));
        let notes = self.notes.iter().map(Note::to_write).collect();
        add("notes", Some(Draft::List(notes)));
        Draft::Map(entries)
    }
}

impl Note {
    fn of(chapter: Option<u8>, changes: &[&Change<'_>], schema: &Schema) -> Self {
        let mut fields: BTreeMap<String, Vec<&Change<'_>>> = BTreeMap::new();
        for change in changes {
            fields
                .entry(field_of(change.path()))
                .or_default()
                .push(change);
        }
        let all = |class| changes.iter().all(|change| change.class == class);
        let class = [Class::Layout, Class::Editorial]
            .into_iter()
            .find(|class| all(*class));
        let told: Vec<Localized> = fields
            .values()
            .map(|changes| tell(changes, schema))
            .collect();
        let join = |pick: fn(&Localized) -> &str, between: &str| {
            told.iter().map(pick).collect::<Vec<_>>().join(between)
        };
        let why = if class.is_some() { ("", "") } else { WHY };
        Self {
            chapter,
            text: Localized::new(
                join(|text| &text.zh_tw, "；") + why.0,
                join(|text| &text.en, "; ") + why.1,
            ),
            covers: covers(&fields),
            class,
        }
    }

    fn to_write(&self) -> Draft {
        let mut entries = Vec::new();
        if let Some(chapter) = self.chapter {
            entries.push(("chapter".to_owned(), Draft::Scalar(chapter.to_string())));
        }
        entries.push(("text".to_owned(), Draft::text(&self.text.zh_tw)));
        if let Some(class) = self.class {
            entries.push(("class".to_owned(), Draft::Scalar(class.word().to_owned())));
        }
        let covers = self.covers.iter().map(|path| Draft::text(path));
        entries.push(("covers".to_owned(), Draft::List(covers.collect())));
        Draft::Map(entries)
    }
}

fn is_of_the_edition(path: &str) -> bool {
    OF_THE_EDITION.iter().any(|field| {
        path.strip_prefix(field)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    })
}

/// The field of a path, without the item: `systems[mail].core` is about `systems`.
fn field_of(path: &str) -> String {
    path.split('[').next().unwrap_or(path).to_owned()
}

/// The fields, and behind a field that is a whole section what is gone or may ask less than before: a section says no
/// more of its parts than a chapter does, and a weakening is to be named.
fn covers(fields: &BTreeMap<String, Vec<&Change<'_>>>) -> Vec<String> {
    let each = fields.iter().flat_map(|(field, changes)| {
        let asks_less = |change: &Change<'_>| {
            let may_weaken = matches!(change.effect, Effect::Weaker | Effect::Unclear);
            may_weaken || change.kind == Kind::Removed
        };
        let weaker = changes
            .iter()
            .filter(|change| !field.contains('.') && asks_less(change));
        let weaker = weaker.map(|change| change.path().to_string());
        let mut own: Vec<String> = weaker.filter(|path| path != field).collect();
        own.sort();
        own.dedup();
        std::iter::once(field.clone()).chain(own)
    });
    each.collect()
}

/// What changed in one field: the change itself where it is one, else how many of each kind.
fn tell(changes: &[&Change<'_>], schema: &Schema) -> Localized {
    if let [change] = changes {
        return tell_one(change, schema);
    }
    let mut kinds: BTreeMap<Kind, usize> = BTreeMap::new();
    for change in changes {
        *kinds.entry(change.kind).or_default() += change.pairs.len();
    }
    let Some(first) = changes.first() else {
        return Localized::default();
    };
    let title = first.title();
    // The field's own part of the way: a title for each key up to the item.
    let keys = field_of(first.path()).split('.').count();
    let head = |path: &str| path.split(" › ").take(keys).collect::<Vec<_>>().join(" › ");
    let each = kinds.into_iter().map(|(kind, count)| {
        let (zh, en) = word(kind);
        (format!("{zh} {count} 處"), format!("{count} {en}"))
    });
    let (zh, en): (Vec<String>, Vec<String>) = each.unzip();
    Localized::new(
        format!("{}：{}", head(&title.zh_tw), zh.join("、")),
        format!("{}: {}", head(&title.en), en.join(", ")),
    )
}

fn tell_one(change: &Change<'_>, schema: &Schema) -> Localized {
    let title = change.title();
    let (zh, en) = word(change.kind);
    let count = change.pairs.len();
    if count > 1 {
        return Localized::new(
            format!("{}{zh} {count} 筆", title.zh_tw),
            format!("{}: {count} {en}", title.en),
        );
    }
    let value = |side: &Side<'_>| {
        let node = side.node.filter(|node| !node.is_map() && !node.is_list())?;
        let is_short = node.written().chars().count() <= LONGEST_VALUE;
        let shown = |language| schema.show(change.shape, node, language);
        is_short.then(|| Localized::new(shown(Language::ZhTw), shown(Language::En)))
    };
    let pair = change.pair();
    match (value(&pair.old), value(&pair.new)) {
        (Some(old), Some(new)) => Localized::new(
            format!("{zh}{}：{} → {}", title.zh_tw, old.zh_tw, new.zh_tw),
            format!("{}: {} → {}", title.en, old.en, new.en),
        ),
        _ => Localized::new(format!("{zh}{}", title.zh_tw), format!("{} {en}", title.en)),
    }
}

fn word(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Added => ("新增", "added"),
        Kind::Removed => ("刪除", "removed"),
        Kind::Changed => ("修正", "changed"),
        Kind::Moved => ("移列", "moved"),
        Kind::Renamed => ("更名", "renamed"),
        Kind::Renumbered => ("更新編號", "renumbered"),
        Kind::Merged => ("整併", "merged"),
        Kind::Split => ("拆分", "split"),
    }
}

/// A date stays as it is written; in quotes where YAML would take it for a number.
fn date(written: &str) -> Draft {
    let is_plain = DateRange::parse(written).is_some() && written.contains(['-', '年', '/']);
    if is_plain {
        Draft::Scalar(written.to_owned())
    } else {
        Draft::text(written)
    }
}
