//! What is wrong with exceptions: over, naming nothing, needed by nothing. Each at its own line.

use super::{Exceptions, Used};
use crate::finding::{Finding, Lowered, Place, Severity, Waiver};
use crate::policy::Pack;
use crate::text::{DateRange, Day, Language, Localized};

impl Exceptions<'_> {
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
    let [zh, en] = Language::ALL.map(|language| DateRange::day(until).show(language));
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
