//! Failures that a repository accepts for a time, and what is wrong with such exceptions.
//!
//! A waiver names a failure by policy, plan, body and path; what it names stays visible as `waived`.
//! `gate.lower` lets the failures of a policy weigh less. Both end on a day that is compared with
//! today, which is an argument. An exception that is over, that names nothing, or that nobody needs
//! any more is a finding at its own line.

use std::collections::BTreeSet;

use super::findings::{Entry, places, reenter};
use super::judge::Judgement;
use super::scene::Scene;
use crate::finding::{Finding, Lowered, Place, Severity, Verdict, Waiver};
use crate::plan::BodyIndex;
use crate::policy::{Pack, Policy};
use crate::text::{Day, Language, Localized};

/// What a repository accepts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Exceptions<'a> {
    /// The folder from which waivers name plans; empty for the working directory.
    pub root: &'a str,
    /// Failures that are accepted.
    pub waivers: &'a [Waiver],
    /// Policies that weigh less.
    pub lowered: &'a [Lowered],
}

/// The exceptions that something needed, by their place in the list, and the folders of the plans
/// that were judged by them.
#[derive(Debug, Clone, Default)]
pub struct Used {
    waivers: BTreeSet<usize>,
    lowered: BTreeSet<usize>,
    plans: BTreeSet<String>,
}

impl Used {
    /// What a plan in this folder needed: nothing so far.
    pub(super) fn in_plan(folder: &str) -> Self {
        Self {
            plans: BTreeSet::from([trimmed(folder).to_owned()]),
            ..Self::default()
        }
    }

    /// Puts what several plans needed together.
    pub fn join(&mut self, other: Self) {
        self.waivers.extend(other.waivers);
        self.lowered.extend(other.lowered);
        self.plans.extend(other.plans);
    }
}

/// The exceptions that may bear on one plan today.
#[derive(Debug, Default)]
pub(super) struct Live<'p> {
    waivers: Vec<(usize, &'p Waiver)>,
    lowered: Vec<(usize, &'p Lowered)>,
}

impl<'p> Live<'p> {
    pub(super) fn of(exceptions: &Exceptions<'p>, folder: &str, today: Day) -> Self {
        let waivers = exceptions.waivers.iter().enumerate();
        let lowered = exceptions.lowered.iter().enumerate();
        Self {
            waivers: waivers
                .filter(|(_, waiver)| waiver.holds_on(today) && exceptions.names(waiver, folder))
                .collect(),
            lowered: lowered
                .filter(|(_, lowered)| lowered.holds_on(today))
                .collect(),
        }
    }

    /// Lets a failure weigh less.
    pub(super) fn lower(&self, policy: &Policy, judgement: &mut Judgement<'p>, used: &mut Used) {
        if !matches!(judgement.verdict, Verdict::Fail | Verdict::Doubt) {
            return;
        }
        for &(at, lowered) in &self.lowered {
            if *lowered.policy.value == *policy.id && lowered.to.value < judgement.severity {
                judgement.severity = lowered.to.value;
                judgement.lowered = Some(lowered);
                used.lowered.insert(at);
            }
        }
    }

    /// Takes an entry apart into what is waived, by whose waiver, and what is not.
    pub(super) fn waive(
        &self,
        scene: &mut Scene<'p>,
        policy: &'p Policy,
        entry: Entry<'p>,
        used: &mut Used,
    ) -> Vec<Entry<'p>> {
        let owed = matches!(entry.judgement.verdict, Verdict::Fail | Verdict::Doubt);
        let names = |waiver: &Waiver| {
            let check = entry.judgement.check.map(|check| &*check.id);
            let need = entry.visit.need.as_ref().map(|(_, id)| id.as_str());
            *waiver.policy.value == *policy.id
                && waiver.check.as_deref().is_none_or(|own| Some(own) == check)
                && waiver.need.as_deref().is_none_or(|own| Some(own) == need)
        };
        let mut live = self.waivers.iter().copied();
        let live: Vec<_> = if owed && policy.waivable {
            live.by_ref().filter(|(_, waiver)| names(waiver)).collect()
        } else {
            Vec::new()
        };
        if live.is_empty() {
            return vec![entry];
        }
        reenter(scene, policy, &entry);
        let places = places(scene, &entry.judgement, &entry.visit);
        let mut apart: Vec<(Vec<Option<usize>>, Vec<BodyIndex>)> = Vec::new();
        let bodies = entry.bodies.iter().map(|&body| Some(body));
        let whole = entry.bodies.is_empty().then_some(None);
        for body in bodies.chain(whole) {
            let waiver = |place: &Place| {
                let of_place = |(_, waiver): &(usize, &Waiver)| {
                    *waiver.path.value == *place.path && concerns(scene, waiver, body)
                };
                live.iter().copied().find(of_place).map(|(at, _)| at)
            };
            let waived: Vec<Option<usize>> = places.iter().map(waiver).collect();
            match apart.iter_mut().find(|(other, _)| *other == waived) {
                Some((_, bodies)) => bodies.extend(body),
                None => apart.push((waived, body.into_iter().collect())),
            }
        }
        let all = |at: usize| live.iter().find(|(other, _)| *other == at).map(|(_, w)| *w);
        let entries = apart.into_iter().map(|(waived, bodies)| {
            used.waivers.extend(waived.iter().flatten());
            let waived = waived.into_iter().map(|at| at.and_then(all)).collect();
            entry.for_bodies(bodies, waived)
        });
        entries.collect()
    }
}

/// Whether a waiver is for this body. Without one it is for the plan that has one body only.
fn concerns(scene: &Scene<'_>, waiver: &Waiver, body: Option<BodyIndex>) -> bool {
    let bodies = scene.plan().bodies();
    match (waiver.body.as_deref(), body) {
        (None, None) => true,
        (None, Some(_)) => bodies.all().len() == 1,
        (Some(_), None) => false,
        (Some(name), Some(body)) => {
            let body = bodies.get(body);
            name == body.id || name == body.name
        }
    }
}

impl Exceptions<'_> {
    /// Whether a waiver is for the plan in a folder.
    fn names(&self, waiver: &Waiver, folder: &str) -> bool {
        self.folder(waiver) == trimmed(folder)
    }

    fn folder(&self, waiver: &Waiver) -> String {
        let (root, plan) = (trimmed(self.root), trimmed(&waiver.plan.value));
        if root.is_empty() || root == "." {
            plan.to_owned()
        } else {
            format!("{root}/{plan}")
        }
    }

    /// What is wrong with the exceptions after a run. `whole` where every plan of the repository was
    /// judged: only then is an exception that nothing needed known to be idle.
    pub fn amiss(&self, pack: &Pack, used: &Used, today: Day, whole: bool) -> Vec<Finding> {
        let lowered = self.lowered.iter().enumerate().filter_map(|(at, lowered)| {
            let needed = used.lowered.contains(&at) || !whole;
            amiss_lowered(lowered, pack, needed, today)
        });
        let waivers = self.waivers.iter().enumerate().filter_map(|(at, waiver)| {
            let needed = used.waivers.contains(&at);
            let judged = used.plans.contains(&self.folder(waiver));
            amiss_waiver(waiver, pack, today)
                .or_else(|| (!needed).then(|| idle(waiver, judged, whole)).flatten())
        });
        lowered.chain(waivers).collect()
    }
}

/// A folder as it is compared: without `./` before it and `/` behind it.
fn trimmed(folder: &str) -> &str {
    folder.trim_start_matches("./").trim_end_matches('/')
}

fn amiss_lowered(lowered: &Lowered, pack: &Pack, needed: bool, today: Day) -> Option<Finding> {
    let at = |span| lowered.place(span);
    let id = &lowered.policy.value;
    let Some(policy) = pack.get(id) else {
        return Some(unknown_policy("gate", at(lowered.policy.span), id));
    };
    if !lowered.holds_on(today) {
        return Some(expired("gate", at(lowered.until.span), lowered.until.value));
    }
    let severities = policy.editions.iter().flat_map(|edition| {
        let checks = edition
            .checks
            .iter()
            .filter_map(|check| check.severity.as_ref());
        checks
            .chain([&edition.severity])
            .flat_map(|table| table.values())
    });
    let to = lowered.to.value;
    if severities.copied().all(|own| own <= to) {
        let message = Localized::new(
            format!("「{id}」之嚴重度原不高於 {}", to.word()),
            format!("{id} never weighs more than {}", to.word()),
        );
        let help = Localized::new("刪去這一項", "delete this entry");
        return Some(told("gate/not-lower", at(lowered.to.span), message, help));
    }
    (!needed).then(|| {
        let message = Localized::new(
            format!("各計畫均無因「{id}」而降低嚴重度之事項"),
            format!("no plan has a failure of {id} that weighs less by this"),
        );
        let help = Localized::new(
            "已無必要，刪去這一項",
            "no longer needed: delete this entry",
        );
        told("gate/unused", at(lowered.policy.span), message, help)
    })
}

/// What is wrong with a waiver whatever the plans say.
fn amiss_waiver(waiver: &Waiver, pack: &Pack, today: Day) -> Option<Finding> {
    let at = |span| waiver.place(span);
    let id = &waiver.policy.value;
    let Some(policy) = pack.get(id) else {
        return Some(unknown_policy("waiver", at(waiver.policy.span), id));
    };
    if !policy.waivable {
        let message = Localized::new(
            format!("「{id}」不得豁免"),
            format!("{id} cannot be waived"),
        );
        let help = Localized::new(
            "刪去這一項，並於計畫補正",
            "delete this entry and mend the plan",
        );
        let finding = told("waiver/not-waivable", at(waiver.policy.span), message, help);
        return Some(Finding {
            severity: Severity::Error,
            ..finding
        });
    }
    if waiver.until.value < today {
        return Some(expired("waiver", at(waiver.until.span), waiver.until.value));
    }
    (waiver.granted.value > today).then(|| {
        let message = Localized::new(
            "核准日在今日之後，尚不生效",
            "granted on a day to come: it does not hold yet",
        );
        let help = Localized::new("更正 granted", "correct granted");
        told("waiver/not-yet", at(waiver.granted.span), message, help)
    })
}

/// A live waiver that nothing needed.
fn idle(waiver: &Waiver, judged: bool, whole: bool) -> Option<Finding> {
    let plan = &waiver.plan.value;
    if judged {
        let message = Localized::new(
            format!(
                "計畫 {plan} 於 {} 已無「{}」之情形可豁免",
                waiver.path.value, waiver.policy.value
            ),
            format!(
                "{plan} has no failure of {} at {} to waive",
                waiver.policy.value, waiver.path.value
            ),
        );
        let help = Localized::new(
            "已補正者刪去這一項；未補正者核對 body、path、check 與檢核結果相符",
            "delete it where the plan was mended; else compare body, path and check with the finding",
        );
        return Some(told(
            "waiver/unused",
            waiver.place(waiver.path.span),
            message,
            help,
        ));
    }
    whole.then(|| {
        let message = Localized::new(
            format!("沒有計畫在 {plan}"),
            format!("there is no plan in {plan}"),
        );
        let help = Localized::new(
            "plan 寫計畫之資料夾，例如 plans/jia",
            "plan is the folder of the plan, such as plans/jia",
        );
        told(
            "waiver/unknown-plan",
            waiver.place(waiver.plan.span),
            message,
            help,
        )
    })
}

fn unknown_policy(kind: &str, place: Place, id: &str) -> Finding {
    let message = Localized::new(
        format!("沒有名為「{id}」之政策"),
        format!("there is no policy {id}"),
    );
    let help = Localized::new(
        "以 plangate policy list 查其代號",
        "plangate policy list names them",
    );
    let finding = told(&format!("{kind}/unknown-policy"), place, message, help);
    Finding {
        severity: Severity::Error,
        ..finding
    }
}

fn expired(kind: &str, place: Place, until: Day) -> Finding {
    let [zh, en] = Language::ALL.map(|language| crate::text::DateRange::day(until).show(language));
    let message = Localized::new(
        format!("已於{zh}屆期，不再生效"),
        format!("ended on {en} and holds no longer"),
    );
    let help = Localized::new(
        "刪去這一項；仍有必要者重新核准",
        "delete it, or have it granted again",
    );
    told(&format!("{kind}/expired"), place, message, help)
}

fn told(rule: &str, place: Place, message: Localized, help: Localized) -> Finding {
    Finding::of_form(rule, Severity::Warning, place, message, Some(help))
}
