//! `roster.yaml` as written.

use serde::Deserialize;

use crate::document::Spanned;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoster {
    #[serde(default)]
    pub(super) agencies: Vec<RawAgency>,
    #[serde(default)]
    pub(super) people: Vec<RawPerson>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAgency {
    pub(super) id: Spanned<String>,
    pub(super) name: String,
    pub(super) folder: Option<Spanned<String>>,
    pub(super) supervisor: Option<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPerson {
    pub(super) id: Spanned<String>,
    pub(super) login: Spanned<String>,
    pub(super) account: Option<Spanned<u64>>,
    #[serde(default)]
    pub(super) emails: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) roles: Vec<RawPost>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPost {
    pub(super) role: String,
    pub(super) agency: Spanned<String>,
    pub(super) from: Option<Spanned<String>>,
    pub(super) to: Option<Spanned<String>>,
}
