//! What `doctor` found, for people and for programs.

use std::io;

use serde::Serialize;

use super::visible::visible;
use crate::review::health::{Point, State};
use crate::text::{Language, display_width};

/// The version of the JSON.
const VERSION: u32 = 1;

/// One line for each point, what to do below it, and the counts.
pub fn text(points: &[Point], language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    let word = |state: State| state.told().get(language).to_owned();
    let widths = State::ALL.map(|state| display_width(&word(state)));
    let width = widths.into_iter().max().unwrap_or(0);
    for point in points {
        let word = word(point.state);
        let pad = " ".repeat(width - display_width(&word));
        writeln!(out, "{word}{pad}  {}", visible(point.found.get(language)))?;
        if let Some(help) = &point.help {
            let pad = " ".repeat(width);
            writeln!(out, "{pad}  → {}", visible(help.get(language)))?;
        }
    }
    let counts = State::ALL.iter().rev().filter_map(|&state| {
        let count = points.iter().filter(|point| point.state == state).count();
        (count > 0).then(|| format!("{} {count}", word(state)))
    });
    let counts: Vec<String> = counts.collect();
    let comma = match language {
        Language::ZhTw => "、",
        Language::En => ", ",
    };
    writeln!(out, "\n{}", counts.join(comma))
}

/// The same for programs.
pub fn json(points: &[Point], version: &str, out: &mut dyn io::Write) -> io::Result<()> {
    let report = Report {
        schema: VERSION,
        version,
        blocks: points.iter().any(|point| point.state.blocks()),
        points: points.iter().map(Line::new).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Report<'p> {
    schema: u32,
    version: &'p str,
    blocks: bool,
    points: Vec<Line<'p>>,
}

#[derive(Serialize)]
struct Line<'p> {
    id: &'p str,
    state: &'p str,
    found: Words<'p>,
    help: Option<Words<'p>>,
}

#[derive(Serialize)]
struct Words<'p> {
    #[serde(rename = "zh-TW")]
    zh_tw: &'p str,
    en: &'p str,
}

impl<'p> Line<'p> {
    fn new(point: &'p Point) -> Self {
        let words = |text: &'p crate::text::Localized| Words {
            zh_tw: &text.zh_tw,
            en: &text.en,
        };
        Self {
            id: point.id,
            state: point.state.word(),
            found: words(&point.found),
            help: point.help.as_ref().map(words),
        }
    }
}
