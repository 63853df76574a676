//! A failure: header, source lines with carets, ground, help and the lines to write. What has several
//! carets in one excerpt, or colours, the library draws; the rest is laid out in [`layout`].

use std::io;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Padding, Renderer, Snippet};

use super::excerpt::{Excerpt, is_long};
use super::paint::{Paint, Role};
use super::{layout, located, patch};
use crate::finding::{Finding, Place, Severity};
use crate::report::visible::{push_all, visible};
use crate::report::{Options, trace, words};
use crate::text::{Language, Position};

/// Related places this near share the excerpt of the primary one.
const NEAR_LINES: usize = 30;

/// Stands for the name of the file of excerpt `n` while the snippet is laid out. The library would
/// count columns in the excerpt, which may be cut; [`locate`] writes the true ones. No source text
/// can hold it: noncharacters are made visible.
fn placeholder(n: usize) -> String {
    format!("\u{fdd0}{n}\u{fdd1}")
}

/// One place with its words.
pub(super) struct Mark<'a> {
    pub(super) place: &'a Place,
    /// Where it begins.
    pub(super) start: Position,
    pub(super) label: String,
    pub(super) kind: AnnotationKind,
}

impl<'a> Mark<'a> {
    fn new(place: &'a Place, label: &str, kind: AnnotationKind) -> Self {
        Self {
            place,
            start: place.start(),
            label: visible(label),
            kind,
        }
    }
}

pub(super) fn render(
    finding: &Finding,
    options: Options,
    paint: Paint,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let excerpts = excerpts(finding, options.language);
    let gutter = gutter(&excerpts);
    let is_simple = excerpts.iter().all(|marks| marks.len() == 1);
    let drawn = if is_simple && !paint.wanted() {
        simple(finding, options.language, &excerpts, gutter)
    } else {
        by_library(finding, options.language, &excerpts, paint)
    };
    out.write_all(drawn.as_bytes())?;
    out.write_all(b"\n")?;
    write_notes(&notes(finding, options.language), gutter, paint, out)?;
    if let Some(edit) = &finding.write {
        patch::render(&finding.place.file, edit, gutter, paint, out)?;
    }
    writeln!(out)
}

/// One mark in each excerpt, no colours.
pub(super) fn simple(
    finding: &Finding,
    language: Language,
    excerpts: &[Vec<Mark<'_>>],
    gutter: usize,
) -> String {
    let message = visible(finding.message.get(language));
    let (severity, id) = (finding.severity.word(), visible(&finding.policy));
    let header = format!("{severity}[{id}]: {message}");
    layout::draw(&header, excerpts.iter().flatten(), gutter)
}

pub(super) fn by_library(
    finding: &Finding,
    language: Language,
    excerpts: &[Vec<Mark<'_>>],
    paint: Paint,
) -> String {
    let snippets = excerpts.iter().enumerate();
    let snippets = snippets.map(|(n, marks)| snippet(n, marks));
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let message = visible(finding.message.get(language));
    let title = level.primary_title(message).id(visible(&finding.policy));
    let renderer = if paint.wanted() {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let drawn = Group::with_title(title).elements(snippets).element(Padding);
    let laid_out = renderer.term_width(usize::MAX / 4).render(&[drawn]);
    locate(laid_out, excerpts)
}

/// Columns of the line numbers of a failure, so that its patch lines up with its excerpts.
pub(super) fn gutter(excerpts: &[Vec<Mark<'_>>]) -> usize {
    let lines = excerpts.iter().flatten().map(|mark| mark.start.line);
    lines.max().unwrap_or(1).to_string().len()
}

/// The primary place and those near it, then each other place by itself.
pub(super) fn excerpts(finding: &Finding, language: Language) -> Vec<Vec<Mark<'_>>> {
    let title = finding.title.get(language);
    let label = if title == finding.message.get(language) {
        ""
    } else {
        title
    };
    let primary = Mark::new(&finding.place, label, AnnotationKind::Primary);
    let mut excerpts = vec![vec![primary]];
    for related in &finding.related {
        let label = words::either(&related.text, language);
        let mark = Mark::new(&related.place, label, AnnotationKind::Context);
        if is_near(&excerpts[0][0], &mark) {
            excerpts[0].push(mark);
        } else {
            excerpts.push(vec![mark]);
        }
    }
    excerpts
}

fn is_near(a: &Mark<'_>, b: &Mark<'_>) -> bool {
    let is_long = |mark: &Mark<'_>| {
        let file = &mark.place.file;
        is_long(file.slice(file.line_span(mark.start.line)))
    };
    a.place.file.name() == b.place.file.name()
        && a.start.line.abs_diff(b.start.line) <= NEAR_LINES
        && !is_long(a)
        && !is_long(b)
}

fn snippet(n: usize, marks: &[Mark<'_>]) -> Snippet<'static, Annotation<'static>> {
    let spans: Vec<_> = marks.iter().map(|mark| mark.place.span).collect();
    let excerpt = Excerpt::new(&marks[0].place.file, &spans);
    let annotations = marks.iter().zip(excerpt.spans).map(|(mark, range)| {
        let label = (!mark.label.is_empty()).then(|| mark.label.clone());
        mark.kind.span(range).label(label)
    });
    Snippet::source(excerpt.text)
        .line_start(excerpt.first_line)
        .path(placeholder(n))
        .annotations(annotations.collect::<Vec<_>>())
}

/// A line below the excerpts: its label and its text.
type Note = (&'static str, String);

/// Writes notes; further lines of a text stand under its first.
fn write_notes(
    notes: &[Note],
    gutter: usize,
    paint: Paint,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let equals = paint.text(Role::Frame, "= ");
    for (label, text) in notes {
        let head = paint.text(Role::Strong, label);
        write!(out, "{:gutter$} {equals}{head}: ", "")?;
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                write!(out, "\n{:1$}", "", gutter + label.len() + 5)?;
            }
            out.write_all(line.as_bytes())?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn notes(finding: &Finding, language: Language) -> Vec<Note> {
    let note = |zh_tw: &str, en: &str, text: &str| {
        let mut said = words::pick(language, zh_tw, en).to_owned();
        push_all(&mut said, text);
        ("note", said)
    };
    let mut notes = Vec::new();
    if let Some(bodies) = words::concerned(finding, language) {
        notes.push(note("機關：", "bodies: ", &bodies));
    }
    let title = finding.place.title.as_ref();
    // A plan as a whole has no name.
    let title = title.map(|title| words::either(title, language));
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        notes.push(note("位置：", "where: ", title));
    }
    if let Some(against) = finding.against {
        let (zh_tw, en) = words::status(against);
        notes.push(note(
            "對照基準：",
            "against the base: ",
            words::pick(language, zh_tw, en),
        ));
    }
    notes.push(note("依據：", "basis: ", &words::basis(finding, language)));
    let help = finding
        .help
        .as_ref()
        .map(|help| visible(words::either(help, language)));
    let fallback = || words::pick(language, "寫成以下各行", "write these lines").to_owned();
    let help = help.or_else(|| finding.write.as_ref().map(|_| fallback()));
    notes.extend(help.map(|help| ("help", help)));
    let why = trace::lines(finding, language);
    if !why.is_empty() {
        let text = format!("{}\n{}", trace::heading(language), why.join("\n"));
        notes.push(("note", text));
    }
    notes
}

/// Writes the true places where the layout has placeholders with columns of the excerpt.
fn locate(mut laid_out: String, excerpts: &[Vec<Mark<'_>>]) -> String {
    for (n, marks) in excerpts.iter().enumerate() {
        let token = placeholder(n);
        let Some(start) = laid_out.find(&token) else {
            continue;
        };
        let rest = &laid_out[start + token.len()..];
        let counted = rest.len()
            - rest
                .trim_start_matches([':', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
                .len();
        laid_out.replace_range(
            start..start + token.len() + counted,
            &located(marks[0].place, marks[0].start),
        );
    }
    laid_out
}
