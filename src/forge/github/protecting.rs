//! How GitHub protects a branch: rulesets and the older branch protection, taken together.
//!
//! What every reader of the repository may see is asked first. The rest is for administrators; where
//! it is closed to us, it is not known, which is another thing than not set.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::writing::encoded;
use super::{GitHub, Identity, Settings};
use crate::forge::{Error, ErrorKind};
use crate::review::health::{Protection, Required, Source};

/// The App behind workflows, whose number each Enterprise Server gives anew; that of github.com.
const ACTIONS: (&str, i64) = ("/apps/github-actions", 15_368);

/// The numbers of Apps that need not be asked for.
pub(super) struct Apps {
    /// Ours, where we are one.
    own: Option<i64>,
    /// That behind workflows, once it is known; that of github.com always is.
    actions: Option<i64>,
}

impl Apps {
    pub(super) fn of(settings: &Settings) -> Self {
        let own = match settings.identity {
            Identity::App { id, .. } => i64::try_from(id).ok(),
            Identity::Token(_) => None,
        };
        let is_usual = settings.server.trim_end_matches('/') == "https://github.com";
        Self {
            own,
            actions: is_usual.then_some(ACTIONS.1),
        }
    }
}

#[derive(Deserialize)]
struct Branch {
    protection: Outline,
}

/// What everybody sees of the older branch protection.
#[derive(Default, Deserialize)]
struct Outline {
    #[serde(default)]
    enabled: bool,
    required_status_checks: Option<Checks>,
}

#[derive(Deserialize)]
struct Checks {
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    context: String,
    app_id: Option<i64>,
}

/// What administrators see of it.
#[derive(Deserialize)]
struct Whole {
    required_pull_request_reviews: Option<serde::de::IgnoredAny>,
    allow_force_pushes: Option<Switch>,
    enforce_admins: Option<Switch>,
}

#[derive(Deserialize)]
struct Switch {
    #[serde(default)]
    enabled: bool,
}

/// A rule of a ruleset that holds for the branch.
#[derive(Deserialize)]
struct Rule {
    #[serde(rename = "type")]
    kind: String,
    ruleset_id: Option<u64>,
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    #[serde(default)]
    required_status_checks: Vec<RuleCheck>,
}

#[derive(Deserialize)]
struct RuleCheck {
    context: String,
    integration_id: Option<i64>,
}

#[derive(Deserialize)]
struct Ruleset {
    /// Not told to everybody.
    bypass_actors: Option<Vec<serde::de::IgnoredAny>>,
}

#[derive(Deserialize)]
struct App {
    id: i64,
}

impl GitHub {
    /// `None` where neither a ruleset nor branch protection holds.
    pub(super) fn read_protection(&mut self, branch: &str) -> Result<Option<Protection>, Error> {
        let route = format!("{}/branches/{}", self.repository, encoded(branch));
        let (outline, rules) = (self.outline(branch)?, self.rules(branch)?);
        if !outline.enabled && rules.is_empty() {
            return Ok(None);
        }
        let whole = match outline.enabled {
            true => Some(self.open_to_us::<Whole>(&format!("{route}/protection"))?),
            false => None,
        };
        let required = self.statuses_asked_for(outline, &rules)?;
        Ok(Some(Protection {
            required,
            by_pull_request: holds(&rules, "pull_request", whole.as_ref(), |whole| {
                whole.required_pull_request_reviews.is_some()
            }),
            allows_force_push: holds(&rules, "non_fast_forward", whole.as_ref(), |whole| {
                !is_on(whole.allow_force_pushes.as_ref())
            })
            .map(|forbidden| !forbidden),
            can_be_bypassed: self.bypass(&rules, whole.as_ref())?,
        }))
    }

    /// The part that every reader sees, asked for once in a run. Where the rulesets leave each of these
    /// statuses to one App, the older protection can make none of them count less, and is not asked.
    pub(super) fn read_required(
        &mut self,
        branch: &str,
        contexts: &[String],
    ) -> Result<Option<Vec<Required>>, Error> {
        if let Some(known) = self.required.get(branch) {
            return Ok(known.clone());
        }
        let rules = self.rules(branch)?;
        let by_rulesets = self.statuses_asked_for(Outline::default(), &rules)?;
        let is_bound = |context: &String| {
            let mut own = by_rulesets.iter().filter(|own| own.context == *context);
            own.any(|own| matches!(own.source, Source::App(_)))
        };
        let read = if contexts.iter().all(is_bound) {
            Some(by_rulesets)
        } else {
            let outline = self.outline(branch)?;
            match outline.enabled || !rules.is_empty() {
                true => Some(self.statuses_asked_for(outline, &rules)?),
                false => None,
            }
        };
        self.required.insert(branch.to_owned(), read.clone());
        Ok(read)
    }

    fn outline(&mut self, branch: &str) -> Result<Outline, Error> {
        let route = format!("{}/branches/{}", self.repository, encoded(branch));
        Ok(self.client.read::<Branch>(&route)?.protection)
    }

    fn rules(&mut self, branch: &str) -> Result<Vec<Rule>, Error> {
        let route = format!("{}/rules/branches/{}", self.repository, encoded(branch));
        self.client.list(&route)
    }

    /// The statuses that a merge waits for; where one is asked for twice, both hold, so the stricter
    /// decides.
    fn statuses_asked_for(
        &mut self,
        outline: Outline,
        rules: &[Rule],
    ) -> Result<Vec<Required>, Error> {
        let older = outline.required_status_checks.into_iter();
        let older = older.flat_map(|checks| checks.checks);
        let older = older.map(|check| (check.context, check.app_id));
        let newer = rules.iter().filter_map(|rule| rule.parameters.as_ref());
        let newer = newer.flat_map(|parameters| &parameters.required_status_checks);
        let newer = newer.map(|check| (check.context.clone(), check.integration_id));
        let all: Vec<(String, Option<i64>)> = older.chain(newer).collect();
        let own = self.apps.own;
        let is_strange = |id: i64| id > 0 && Some(id) != own;
        let actions = match all.iter().filter_map(|(_, id)| *id).any(is_strange) {
            true => self.actions()?,
            false => ACTIONS.1,
        };
        let source = |id: Option<i64>| match id.and_then(|id| u64::try_from(id).ok()) {
            None | Some(0) => Source::Anybody,
            Some(_) if id == Some(actions) => Source::AnyWorkflow,
            Some(app) => Source::App(app),
        };
        let required = all.into_iter().map(|(context, id)| Required {
            context,
            source: source(id),
        });
        let mut required: Vec<Required> = required.collect();
        required.sort_by_key(|own| std::cmp::Reverse(own.source));
        Ok(required)
    }

    /// The number of the App behind workflows here, asked for once.
    fn actions(&mut self) -> Result<i64, Error> {
        if let Some(known) = self.apps.actions {
            return Ok(known);
        }
        let (route, usual) = ACTIONS;
        let actions = self.open_to_us::<App>(route)?.map_or(usual, |app| app.id);
        self.apps.actions = Some(actions);
        Ok(actions)
    }

    fn bypass(
        &mut self,
        rules: &[Rule],
        whole: Option<&Option<Whole>>,
    ) -> Result<Option<bool>, Error> {
        let older = whole.map(|whole| {
            let whole = whole.as_ref();
            whole.map(|whole| !is_on(whole.enforce_admins.as_ref()))
        });
        let mut ways: Vec<Option<bool>> = older.into_iter().collect();
        let rulesets: BTreeSet<u64> = rules.iter().filter_map(|rule| rule.ruleset_id).collect();
        for id in rulesets {
            let route = format!("{}/rulesets/{id}", self.repository);
            let actors = self.open_to_us::<Ruleset>(&route)?;
            let actors = actors.and_then(|ruleset| ruleset.bypass_actors);
            ways.push(actors.map(|actors| !actors.is_empty()));
        }
        Ok(if ways.contains(&Some(true)) {
            Some(true)
        } else if ways.contains(&None) {
            None
        } else {
            Some(false)
        })
    }

    /// Something that may be closed to us.
    pub(super) fn open_to_us<T: serde::de::DeserializeOwned>(
        &mut self,
        route: &str,
    ) -> Result<Option<T>, Error> {
        match self.client.read(route) {
            Ok(read) => Ok(Some(read)),
            Err(error) if matches!(error.kind, ErrorKind::Forbidden | ErrorKind::NotFound) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

fn is_on(switch: Option<&Switch>) -> bool {
    switch.is_some_and(|switch| switch.enabled)
}

/// Whether a rule of this kind holds, or the older protection says as much; there may be none of the
/// latter, or one that we may not read.
fn holds(
    rules: &[Rule],
    kind: &str,
    whole: Option<&Option<Whole>>,
    says: impl Fn(&Whole) -> bool,
) -> Option<bool> {
    if rules.iter().any(|rule| rule.kind == kind) {
        return Some(true);
    }
    match whole {
        None => Some(false),
        Some(whole) => whole.as_ref().map(says),
    }
}
