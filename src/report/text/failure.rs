//! A failure: header, source lines with carets, ground, help and the lines to write. What has several
//! carets in one excerpt, or colours, the library draws; the rest is laid out in [`layout`].

use std::iter::repeat_n;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Padding, Renderer, Snippet};

use super::excerpt::{Excerpt, is_long};
use super::paint::{Paint, Role};
use super::{digits, layout, patch, push_located};
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

pub(super) fn render(finding: &Finding, options: Options, paint: Paint, text: &mut String) {
    let excerpts = excerpts(finding, options.language);
    let gutter = gutter(&excerpts);
    let is_simple = excerpts.iter().all(|marks| marks.len() == 1);
    if is_simple && !paint.wanted() {
        simple(finding, options.language, &excerpts, gutter, text);
    } else {
        text.push_str(&by_library(finding, options.language, &excerpts, paint));
    }
    text.push('\n');
    push_notes(
        finding,
        options.language,
        &mut Notes {
            gutter,
            paint,
            text,
        },
    );
    if let Some(edit) = &finding.write {
        patch::render(&finding.place.file, edit, gutter, paint, text);
    }
    text.push('\n');
}

/// One mark in each excerpt, no colours.
pub(super) fn simple(
    finding: &Finding,
    language: Language,
    excerpts: &[Vec<Mark<'_>>],
    gutter: usize,
    text: &mut String,
) {
    for part in [
        finding.severity.word(),
        "[",
        &visible(&finding.policy),
        "]: ",
    ] {
        text.push_str(part);
    }
    push_all(text, finding.message.get(language));
    layout::draw(excerpts.iter().flatten(), gutter, text);
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
    digits(lines.max().unwrap_or(1))
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

/// The lines below the excerpts.
struct Notes<'t> {
    gutter: usize,
    paint: Paint,
    text: &'t mut String,
}

impl Notes<'_> {
    /// Begins a line with its label.
    fn begin(&mut self, label: &str) {
        let Self {
            gutter,
            paint,
            text,
        } = self;
        text.extend(repeat_n(' ', *gutter));
        let [equals, label] =
            [(Role::Frame, "= "), (Role::Strong, label)].map(|(role, part)| paint.text(role, part));
        for part in [" ", &equals, &label, ": "] {
            text.push_str(part);
        }
    }

    fn push(&mut self, before: &str, said: &str) {
        self.begin("note");
        self.text.push_str(before);
        push_all(self.text, said);
        self.text.push('\n');
    }

    fn help(&mut self, said: &str) {
        self.begin("help");
        push_all(self.text, said);
        self.text.push('\n');
    }

    /// What the expression saw, line for line below each other.
    fn trace(&mut self, heading: &str, lines: &[String]) {
        self.begin("note");
        self.text.push_str(heading);
        for line in lines {
            self.text.push('\n');
            let indent = self.gutter + "note".len() + 5;
            self.text.extend(repeat_n(' ', indent));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }
}

fn push_notes(finding: &Finding, language: Language, notes: &mut Notes<'_>) {
    let pick = |zh_tw, en| words::pick(language, zh_tw, en);
    if let Some(bodies) = words::concerned(finding, language) {
        notes.push(pick("機關：", "bodies: "), &bodies);
    }
    let title = finding.place.title.as_ref();
    // A plan as a whole has no name.
    let title = title.map(|title| words::either(title, language));
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        notes.push(pick("位置：", "where: "), title);
    }
    if let Some(against) = finding.against {
        let (zh_tw, en) = words::status(against);
        notes.push(pick("對照基準：", "against the base: "), pick(zh_tw, en));
    }
    notes.push(pick("依據：", "basis: "), &words::basis(finding, language));
    match &finding.help {
        Some(help) => notes.help(words::either(help, language)),
        None if finding.write.is_some() => notes.help(pick("寫成以下各行", "write these lines")),
        None => {}
    }
    let why = trace::lines(finding, language);
    if !why.is_empty() {
        notes.trace(trace::heading(language), &why);
    }
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
        let mut located = String::new();
        push_located(marks[0].place, marks[0].start, &mut located);
        laid_out.replace_range(start..start + token.len() + counted, &located);
    }
    laid_out
}
