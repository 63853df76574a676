//! Figures in words: the names of parameters, and values as a reader writes them.

use std::collections::BTreeMap;

use plangate::cel::Data;
use plangate::policy::in_language;
use plangate::text::Language;

/// What each parameter is called; `None` where it is a vocabulary and no figure.
pub(crate) struct Words {
    names: BTreeMap<String, Option<String>>,
}

impl Words {
    pub(crate) fn read() -> Self {
        let text = include_str!("figure-names.yaml");
        let names = serde_yaml::from_str(text).expect("the names read");
        Self { names }
    }

    /// The name of a parameter, if it is shown: its own where nobody gave it another, so that a new
    /// policy stays one new file.
    pub(crate) fn name<'a>(&'a self, parameter: &'a str) -> Option<&'a str> {
        match self.names.get(parameter) {
            Some(name) => name.as_deref(),
            None => Some(parameter),
        }
    }

    /// A value; of a list, each element. `labels` are the law's names of the policy's words.
    pub(crate) fn figure(&self, value: &Data, labels: Option<&Data>) -> Vec<String> {
        match value {
            Data::List(elements) => elements
                .iter()
                .map(|element| self.one(element, labels))
                .collect(),
            other => vec![self.one(other, labels)],
        }
    }

    fn one(&self, value: &Data, labels: Option<&Data>) -> String {
        match value {
            Data::Bool(flag) => if *flag { "是" } else { "否" }.to_owned(),
            Data::Int(number) => number.to_string(),
            Data::Date(date) => date.show(Language::ZhTw),
            Data::Duration(span) => span.show(Language::ZhTw),
            Data::Text(word) => match labels.and_then(|labels| labels.get(word)) {
                Some(Data::Text(label)) => label.to_string(),
                _ => word.to_string(),
            },
            Data::Record(fields) => match in_language(fields, Language::ZhTw) {
                Some(text) => text.to_owned(),
                None => self.entry(fields),
            },
            other => format!("{other:?}"),
        }
    }

    /// An entry of a list of the law: its label, and its figures.
    fn entry(&self, fields: &[(Box<str>, Data)]) -> String {
        let text = |key: &str| {
            let field = fields.iter().find(|(name, _)| **name == *key);
            field.map(|(_, value)| self.one(value, None))
        };
        let figures = fields
            .iter()
            .filter(|(name, _)| !matches!(&**name, "id" | "label"));
        let named = figures.filter_map(|(name, value)| {
            let told = self.figure(value, None).join("、");
            Some(format!("{} {told}", self.name(name)?))
        });
        let name = text("label").or_else(|| text("id")).unwrap_or_default();
        let figures: Vec<String> = named.collect();
        if figures.is_empty() {
            name
        } else {
            format!("{name}（{}）", figures.join("，"))
        }
    }
}
