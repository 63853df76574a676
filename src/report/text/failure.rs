//! A failure: header, source lines with carets, ground, help and the lines to write. What has several
//! carets in one excerpt, or colours, the library draws; the rest is laid out in [`layout`].

use std::io;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Padding, Renderer, Snippet};

use super::excerpt::{Excerpt, is_long};
use super::paint::{Paint, Role};
use super::{layout, location, patch};
use crate::finding::{Finding, Place, Severity};
use crate::report::visible::visible;
use crate::report::{Options, trace, words};
use crate::text::Language;

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
    pub(super) label: String,
    pub(super) kind: AnnotationKind,
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
    writeln!(out, "{drawn}")?;
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
    let lines = excerpts
        .iter()
        .flatten()
        .map(|mark| mark.place.start().line);
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
    let primary = Mark {
        place: &finding.place,
        label: visible(label),
        kind: AnnotationKind::Primary,
    };
    let mut excerpts = vec![vec![primary]];
    for related in &finding.related {
        let label = visible(words::either(&related.text, language));
        let mark = Mark {
            place: &related.place,
            label,
            kind: AnnotationKind::Context,
        };
        if is_near(&finding.place, &related.place) {
            excerpts[0].push(mark);
        } else {
            excerpts.push(vec![mark]);
        }
    }
    excerpts
}

fn is_near(a: &Place, b: &Place) -> bool {
    let lines = [a, b].map(|place| place.start().line);
    let long = |place: &Place, line| is_long(place.file.slice(place.file.line_span(line)));
    a.file.name() == b.file.name()
        && lines[0].abs_diff(lines[1]) <= NEAR_LINES
        && !long(a, lines[0])
        && !long(b, lines[1])
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
    let pad = " ".repeat(gutter);
    for (label, text) in notes {
        let equals = paint.text(Role::Frame, "= ");
        let head = paint.text(Role::Strong, label);
        let under = format!("\n{}", " ".repeat(gutter + label.len() + 5));
        writeln!(out, "{pad} {equals}{head}: {}", text.replace('\n', &under))?;
    }
    Ok(())
}

fn notes(finding: &Finding, language: Language) -> Vec<Note> {
    let note = |zh_tw: &str, en: &str, text: &str| {
        let text = [words::pick(language, zh_tw, en), text].concat();
        ("note", visible(&text))
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
            &location(marks[0].place),
        );
    }
    laid_out
}
