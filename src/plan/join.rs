//! One plan out of its files: `plan.yaml`, sections in files of their own, annexes.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::blankets::{Blankets, Reserved};
use super::body::{Bodies, BodyIndex};
use super::path::Paths;
use super::schema::{FieldId, Schema};
use super::scope::{owner, owner_field};
use crate::document::{Document, Node};
use crate::text::{SourceFile, Span};

/// The documents of one plan, as read.
#[derive(Debug)]
pub struct PlanFiles {
    /// The folder of the agency, part of every fingerprint: `plans/kaohsiung`.
    pub folder: Arc<str>,
    /// `plan.yaml`.
    pub main: Document,
    /// `<section>.yaml` beside it, by section.
    pub sections: BTreeMap<String, Document>,
    /// Annex files that are there, by annex id.
    pub annexes: BTreeMap<String, Document>,
}

impl PlanFiles {
    /// The documents in one order, by which they are numbered: `plan.yaml`, sections, annexes.
    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        let others = self.sections.values().chain(self.annexes.values());
        std::iter::once(&self.main).chain(others)
    }

    /// The bytes of all of them.
    pub fn bytes(&self) -> usize {
        let bytes = self.all().map(|document| document.file().text().len());
        bytes.sum()
    }
}

/// A plan whose sections are found wherever they stand.
#[derive(Debug)]
pub struct Plan<'p> {
    files: &'p PlanFiles,
    /// All of them, numbered by their order: `plan.yaml`, which has most of the nodes, is the first.
    documents: Vec<&'p Document>,
    schema: &'p Schema,
    sections: Vec<Option<Section<'p>>>,
    bodies: Bodies<'p>,
    owned: Vec<OwnedRows<'p>>,
    /// Found when a fact is first sought: a check of shapes mostly seeks none.
    blankets: OnceCell<Blankets>,
    paths: Paths,
}

/// The rows of a register by the body that owns them.
#[derive(Debug)]
struct OwnedRows<'p> {
    list: Node<'p>,
    rows: Vec<Vec<u32>>,
}

/// Where a section stands.
#[derive(Debug, Clone, Copy)]
pub struct Section<'p> {
    /// Its value.
    pub node: Node<'p>,
    /// Its key; the start of its file where it has one of its own.
    pub key_span: Span,
}

impl<'p> Plan<'p> {
    /// Joins the files. A section that stands in both places is taken from `plan.yaml`
    /// (`check_shape` reports it); a register in an annex that is there is taken from the annex.
    pub fn new(files: &'p PlanFiles, schema: &'p Schema) -> Self {
        let sections = schema.fields(schema.root()).iter();
        let sections = sections.map(|&field| find_section(files, &schema.field(field).name));
        let mut plan = Self {
            files,
            documents: files.all().collect(),
            schema,
            sections: sections.collect(),
            bodies: Bodies::default(),
            owned: Vec::new(),
            blankets: OnceCell::new(),
            paths: Paths::default(),
        };
        plan.bodies = Bodies::read(&plan);
        plan.owned = plan.read_owned();
        plan
    }

    /// The same, whose nodes are called by Chinese titles alone.
    #[must_use]
    pub fn titled_in_chinese(mut self) -> Self {
        self.paths.english = false;
        self
    }

    /// The schema it is read by.
    pub fn schema(&self) -> &'p Schema {
        self.schema
    }

    /// The folder of the agency.
    pub fn folder(&self) -> &'p Arc<str> {
        &self.files.folder
    }

    /// The files it was read from.
    pub fn files(&self) -> &'p PlanFiles {
        self.files
    }

    /// The root of `plan.yaml`.
    pub fn root(&self) -> Node<'p> {
        self.files.main.root()
    }

    /// The file of `plan.yaml`.
    pub fn main_file(&self) -> &'p Arc<SourceFile> {
        self.files.main.file()
    }

    /// The document of a number.
    pub(super) fn document(&self, number: usize) -> &'p Document {
        self.documents[number]
    }

    /// The bodies, typed.
    pub fn bodies(&self) -> &Bodies<'p> {
        &self.bodies
    }

    /// The places of the rows of a register that a body owns; `None` where its rows have no owners.
    pub(super) fn owned(&self, list: Node<'p>, body: BodyIndex) -> Option<&[u32]> {
        let owned = self.owned.iter().find(|owned| owned.list == list)?;
        owned.rows.get(body.0 as usize).map(Vec::as_slice)
    }

    /// Whether a body owns any row of any register.
    pub fn owns(&self, body: BodyIndex) -> bool {
        self.owned
            .iter()
            .any(|owned| !owned.rows[body.0 as usize].is_empty())
    }

    fn read_owned(&self) -> Vec<OwnedRows<'p>> {
        let mut all = Vec::new();
        for (field, section) in self.sections() {
            let shape = self.schema.field(field).shape;
            let Some(item) = self.schema.item_of(shape) else {
                continue;
            };
            if owner_field(self.schema, item).is_none() || !section.node.is_list() {
                continue;
            }
            let mut rows = vec![Vec::new(); self.bodies.all().len()];
            for (at, row) in section.node.items().enumerate() {
                if let Some(body) = owner(self, row, item) {
                    rows[body.0 as usize].extend(u32::try_from(at));
                }
            }
            all.push(OwnedRows {
                list: section.node,
                rows,
            });
        }
        all
    }

    /// The nearest map at or above a node that carries a mode.
    pub(super) fn blanket(&self, node: Node<'p>) -> Option<Node<'p>> {
        let file = self.number_of(node.document())?;
        self.blankets().over(file, node)
    }

    /// The reserved keys of a node, of this plan or of another.
    pub(super) fn reserved(&self, node: Node<'p>) -> Reserved {
        match self.number_of(node.document()) {
            Some(file) => self.blankets().on(file, node),
            None => Reserved::of(node),
        }
    }

    fn blankets(&self) -> &Blankets {
        self.blankets.get_or_init(|| Blankets::of(self.files))
    }

    /// A section, wherever it stands.
    pub fn section(&self, name: &str) -> Option<Section<'p>> {
        let fields = self.schema.fields(self.schema.root());
        let at = fields
            .iter()
            .position(|&field| self.schema.field(field).name == name)?;
        self.sections[at]
    }

    /// A section by its field of the schema's root.
    pub fn section_of(&self, field: FieldId) -> Option<Section<'p>> {
        let fields = self.schema.fields(self.schema.root());
        let at = fields.iter().position(|&other| other == field)?;
        self.sections[at]
    }

    /// All sections that are there, in the order of the schema.
    pub fn sections(&self) -> impl Iterator<Item = (FieldId, Section<'p>)> {
        let fields = self.schema.fields(self.schema.root());
        fields
            .iter()
            .zip(&self.sections)
            .filter_map(|(&field, section)| Some((field, (*section)?)))
    }

    /// What stands in the annex that a mode names, at the same path as the mode in the plan; `None`
    /// where the annex is not there.
    pub fn annexed(&self, mode: Node<'p>) -> Option<Node<'p>> {
        let annex = annex_of(self.files, mode)?;
        if std::ptr::eq(annex, mode.document()) {
            return None;
        }
        let mut keys = Vec::new();
        let mut node = mode;
        while let Some(parent) = node.parent() {
            keys.push(parent.entries().find(|entry| entry.value == node)?.key);
            node = parent;
        }
        keys.extend(self.section_file(node.document()));
        keys.iter()
            .rev()
            .try_fold(annex.root(), |node, key| node.get(key))
    }

    /// The section whose file a document is, where it is one.
    pub(super) fn section_file(&self, document: &Document) -> Option<&'p str> {
        let own = |file: &&'p Document| std::ptr::eq(*file, document);
        let mut sections = self.files.sections.iter();
        sections
            .find(|(_, file)| own(file))
            .map(|(name, _)| name.as_str())
    }

    /// What its nodes are called, as far as it was asked.
    pub(super) fn paths(&self) -> &Paths {
        &self.paths
    }

    /// The number of a document among those of this plan; `None` where it is of another.
    pub(super) fn number_of(&self, document: &Document) -> Option<usize> {
        let mut documents = self.documents.iter();
        documents.position(|own| std::ptr::eq(*own, document))
    }

    /// Whether a node is of one of its files.
    pub fn holds(&self, node: Node<'_>) -> bool {
        self.number_of(node.document()).is_some()
    }

    /// The file that holds a node.
    pub fn file_of(&self, node: Node<'p>) -> &'p Arc<SourceFile> {
        node.document().file()
    }
}

fn find_section<'p>(files: &'p PlanFiles, name: &str) -> Option<Section<'p>> {
    let own = files.main.root().entry(name);
    let section = match (own, files.sections.get(name)) {
        (Some(entry), _) => Section {
            node: entry.value,
            key_span: entry.key_span,
        },
        (None, Some(document)) => {
            let node = document.root();
            Section {
                node,
                key_span: Span::at(node.span().range().start),
            }
        }
        (None, None) => return None,
    };
    Some(in_annex(files, name, section.node).unwrap_or(section))
}

/// The register in the annex that the section names, where the annex is there.
fn in_annex<'p>(files: &'p PlanFiles, name: &str, node: Node<'p>) -> Option<Section<'p>> {
    let entry = annex_of(files, node)?.root().entry(name)?;
    Some(Section {
        node: entry.value,
        key_span: entry.key_span,
    })
}

/// The file of the annex that a map names.
fn annex_of<'p>(files: &'p PlanFiles, node: Node<'p>) -> Option<&'p Document> {
    let annex = node.get("annex")?;
    let id = annex.as_str().or_else(|| annex.get("id")?.as_str())?;
    files.annexes.get(id)
}
