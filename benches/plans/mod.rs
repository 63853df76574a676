//! The plans under `fixtures/`, read ahead, so that a benchmark of a stage opens no file.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use plangate::document::{self, Document, Limits, Node};
use plangate::plan::PlanFiles;
use plangate::text::{Day, SourceFile};

/// The five real plans, then the one of 394 bodies.
pub(crate) const FIXTURES: [&str; 6] = [
    "fangliao-household-registration",
    "kaohsiung-civil-affairs",
    "keelung-elementary-school",
    "taichung-labor-affairs",
    "taipei-city",
    "taipei-city-synthetic",
];

/// The law date of the benchmarks.
pub(crate) const TODAY: Day = jiff::civil::date(2026, 11, 20);

/// The texts of one plan.
pub(crate) struct Texts {
    folder: String,
    main: Arc<SourceFile>,
    annexes: BTreeMap<String, Arc<SourceFile>>,
}

impl Texts {
    /// Reads a plan of `fixtures/` with its annexes.
    pub(crate) fn fixture(name: &str) -> Self {
        let folder = format!("fixtures/plans/{name}");
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join(&folder);
        let read = |path: &str| {
            let text = std::fs::read_to_string(base.join(path));
            let text = text.unwrap_or_else(|error| panic!("{folder}/{path}: {error}"));
            Arc::new(SourceFile::new(format!("{folder}/{path}"), text))
        };
        let main = read("plan.yaml");
        let document = parse(&main);
        let mut annexes = BTreeMap::new();
        for row in document
            .root()
            .get("annexes")
            .into_iter()
            .flat_map(Node::items)
        {
            let (Some(id), Some(path)) = (row.get("id"), row.get("path")) else {
                continue;
            };
            if base.join(path.written()).is_file() {
                annexes.insert(id.written().to_owned(), read(path.written()));
            }
        }
        Self {
            folder,
            main,
            annexes,
        }
    }

    /// How long they are.
    pub(crate) fn bytes(&self) -> u64 {
        let annexes = self.annexes.values().map(|file| file.text().len());
        (self.main.text().len() + annexes.sum::<usize>()) as u64
    }

    /// Reads their files again.
    pub(crate) fn read(&self) -> usize {
        let base = Path::new(env!("CARGO_MANIFEST_DIR"));
        let files = self.annexes.values().chain([&self.main]);
        let read =
            |file: &Arc<SourceFile>| std::fs::read(base.join(file.name())).map(|bytes| bytes.len());
        files
            .map(read)
            .sum::<std::io::Result<usize>>()
            .expect("internal: it was there before")
    }

    /// Reads them as trees.
    pub(crate) fn parse(&self) -> PlanFiles {
        PlanFiles {
            folder: self.folder.as_str().into(),
            main: parse(&self.main),
            sections: BTreeMap::new(),
            annexes: self
                .annexes
                .iter()
                .map(|(id, file)| (id.clone(), parse(file)))
                .collect(),
        }
    }
}

fn parse(file: &Arc<SourceFile>) -> Document {
    let parsed = document::parse(file, Limits::default());
    parsed
        .document
        .expect("internal: a fixture is small enough")
}
