//! What a forge says of a branch → whether our statuses are what decides over a merge.

use super::{Point, State, may_read};
use crate::review::statuses::Context;
use crate::text::Localized;

/// How a branch is protected, branch protection and rulesets taken together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Protection {
    /// The statuses that a merge waits for.
    pub required: Vec<Required>,
    /// Whether changes have to come by a pull request; `None` where we may not know.
    pub by_pull_request: Option<bool>,
    /// Whether history can be rewritten; `None` where we may not know.
    pub allows_force_push: Option<bool>,
    /// Whether somebody may merge without all that; `None` where we may not know.
    pub can_be_bypassed: Option<bool>,
}

/// A status that a merge waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Required {
    /// Its context.
    pub context: String,
    /// From whom it counts.
    pub source: Source,
}

/// From whom a required status counts, the fewest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Everybody who may write.
    Anybody,
    /// Any workflow of the repository: the one that a pull request brings too.
    AnyWorkflow,
    /// One App.
    App(u64),
}

const NOT_PROTECTED: (&str, &str) = ("狀態未受保護", "the statuses are not protected");

/// Whether the statuses of a branch decide. `Err` where that could not be read, and why; `None` where
/// nothing protects the branch. `own` is the App that we are, where we are one.
pub fn protection(
    read: Result<Option<&Protection>, &Localized>,
    branch: &str,
    own: Option<u64>,
) -> Vec<Point> {
    let protection = match read {
        Ok(Some(protection)) => protection,
        Ok(None) => {
            let found = unprotected(
                &format!("「{branch}」無保護規則"),
                &format!("{branch} has no rules"),
            );
            return vec![Point::asking(
                "protection",
                State::Wrong,
                found,
                require_all(branch),
            )];
        }
        Err(why) => {
            let found = unprotected(
                &format!("無法得知「{branch}」之保護規則：{}", why.zh_tw),
                &format!("the rules of {branch} are not known: {}", why.en),
            );
            return vec![Point::asking(
                "protection",
                State::Unknown,
                found,
                require_all(branch),
            )];
        }
    };
    let statuses = Context::ALL.map(|context| status(protection, &context.name(branch), own));
    let mut points = Vec::from(statuses);
    points.extend(by_pull_request(protection, branch));
    points.extend(force_push(protection, branch));
    points.extend(bypass(protection));
    points
}

/// What a pull request has to be told of the branch it goes to: that its statuses are not what decides,
/// or that nobody can tell. `None` where they do.
pub fn unguarded(
    required: Result<Option<&[Required]>, &Localized>,
    branch: &str,
) -> Option<Localized> {
    let protection = required.map(|required| {
        required.map(|required| Protection {
            required: required.to_vec(),
            ..Protection::default()
        })
    });
    let protection = protection.as_ref().map(Option::as_ref);
    let points = self::protection(protection.map_err(|why| *why), branch, None);
    let of_statuses = |point: &Point| matches!(point.id, "protection" | "status-required");
    let mut points = points.into_iter().filter(of_statuses);
    Some(points.find(|point| point.state.blocks())?.found)
}

fn by_pull_request(protection: &Protection, branch: &str) -> Option<Point> {
    let id = "pull-request-required";
    match protection.by_pull_request {
        Some(true) => None,
        Some(false) => Some(Point::asking(
            id,
            State::Wrong,
            Localized::new(
                format!("可直接推送至「{branch}」"),
                format!("anybody may push to {branch}"),
            ),
            Localized::new("要求經合併請求合併", "require a pull request"),
        )),
        None => Some(Point::asking(
            id,
            State::Unknown,
            Localized::new(
                format!("無法得知可否直接推送至「{branch}」"),
                format!("whether {branch} can be pushed to is not known"),
            ),
            may_read(),
        )),
    }
}

fn force_push(protection: &Protection, branch: &str) -> Option<Point> {
    let id = "force-push";
    match protection.allows_force_push {
        Some(false) => None,
        Some(true) => Some(Point::asking(
            id,
            State::Wrong,
            Localized::new(
                format!("「{branch}」之歷史可被改寫"),
                format!("the history of {branch} can be rewritten"),
            ),
            Localized::new("禁止強制推送", "forbid force pushes"),
        )),
        None => Some(Point::asking(
            id,
            State::Unknown,
            Localized::new(
                format!("無法得知「{branch}」之歷史可否被改寫"),
                format!("whether the history of {branch} can be rewritten is not known"),
            ),
            may_read(),
        )),
    }
}

/// Somebody always may, if only by changing the rules; so this is never worse than to be looked at.
fn bypass(protection: &Protection) -> Option<Point> {
    let (zh_tw, en, help) = match protection.can_be_bypassed {
        Some(false) => return None,
        Some(true) => (
            "有人可略過保護規則",
            "somebody may bypass the rules",
            Localized::new(
                "略過者會於變更紀錄顯示為未經核准；名單愈短愈好",
                "what bypasses them shows in the change log as not approved; keep the list short",
            ),
        ),
        None => (
            "無法得知何人可略過保護規則",
            "who may bypass the rules is not known",
            may_read(),
        ),
    };
    Some(Point::asking(
        "bypass",
        State::Attention,
        Localized::new(zh_tw, en),
        help,
    ))
}

fn status(protection: &Protection, context: &str, own: Option<u64>) -> Point {
    let id = "status-required";
    let Some(required) = protection
        .required
        .iter()
        .find(|one| one.context == context)
    else {
        let found = unprotected(
            &format!("未要求「{context}」"),
            &format!("{context} is not required"),
        );
        let help = Localized::new(
            format!("將「{context}」列為必要狀態"),
            format!("make {context} a required status"),
        );
        return Point::asking(id, State::Wrong, found, help);
    };
    let dedicated = Localized::new(
        "將預期來源設為專用之 GitHub App",
        "set the expected source to a GitHub App of its own",
    );
    match (required.source, own) {
        (Source::App(app), Some(own)) if app == own => Point::good(
            id,
            Localized::new(
                format!("「{context}」為必要狀態，僅本 App 可設定"),
                format!("{context} is required, and only from this App"),
            ),
        ),
        (Source::App(app), Some(_)) => Point::asking(
            id,
            State::Wrong,
            Localized::new(
                format!("「{context}」之預期來源為另一 App（{app}），本 App 設定者不算數"),
                format!("{context} is expected from another App ({app}): ours does not count"),
            ),
            Localized::new("改為本 App", "set it to this App"),
        ),
        (Source::App(app), None) => Point::asking(
            id,
            State::Attention,
            Localized::new(
                format!("「{context}」之預期來源為 App {app}，而此次非以該 App 執行"),
                format!("{context} is expected from App {app}, and this run is none"),
            ),
            Localized::new(
                "以該 App 之金鑰再查一次",
                "ask again with the key of that App",
            ),
        ),
        (Source::Anybody, _) => {
            let found = unprotected(
                &format!("任何可寫入者皆可設定「{context}」"),
                &format!("whoever may write can set {context}"),
            );
            Point::asking(id, State::Wrong, found, dedicated)
        }
        (Source::AnyWorkflow, _) => {
            let found = unprotected(
                &format!("任何工作流程皆可設定「{context}」，含合併請求自帶者"),
                &format!("any workflow can set {context}, also one that a pull request brings"),
            );
            Point::asking(id, State::Wrong, found, dedicated)
        }
    }
}

fn unprotected(zh_tw: &str, en: &str) -> Localized {
    let (short, short_en) = NOT_PROTECTED;
    Localized::new(format!("{short}：{zh_tw}"), format!("{short_en}: {en}"))
}

fn require_all(branch: &str) -> Localized {
    let names = Context::ALL.map(|context| context.name(branch)).join("、");
    Localized::new(
        format!("於平台將 {names} 列為必要狀態，來源限專用之 App；見 docs/adoption"),
        format!(
            "require {} from an App of its own; see docs/adoption",
            Context::ALL.map(|context| context.name(branch)).join(", ")
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::{Protection, Required, Source, protection, unguarded};
    use crate::review::health::{Point, State};
    use crate::review::statuses::Context;
    use crate::text::Localized;

    fn of(source: Source) -> Protection {
        let required = Context::ALL.map(|context| Required {
            context: context.name("main"),
            source,
        });
        Protection {
            required: required.into(),
            by_pull_request: Some(true),
            allows_force_push: Some(false),
            can_be_bypassed: Some(false),
        }
    }

    fn worst(points: &[Point]) -> State {
        points
            .iter()
            .map(|point| point.state)
            .max()
            .expect("points")
    }

    fn says_unprotected(points: &[Point]) -> bool {
        points
            .iter()
            .any(|point| point.found.zh_tw.contains("狀態未受保護"))
    }

    #[test]
    fn threat_02_threat_07_a_status_that_a_workflow_or_a_writer_can_set_is_not_protected() {
        for source in [Source::Anybody, Source::AnyWorkflow] {
            let points = protection(Ok(Some(&of(source))), "main", Some(7));
            assert_eq!(worst(&points), State::Wrong);
            assert!(says_unprotected(&points));
        }
        let own = protection(Ok(Some(&of(Source::App(7)))), "main", Some(7));
        assert_eq!(worst(&own), State::Good);
        assert!(!says_unprotected(&own));
        let other = protection(Ok(Some(&of(Source::App(8)))), "main", Some(7));
        assert_eq!(worst(&other), State::Wrong);
    }

    #[test]
    fn threat_07_a_pull_request_is_told_where_statuses_decide_nothing() {
        let told = |source| unguarded(Ok(Some(&of(source).required)), "main");
        assert_eq!(told(Source::App(7)), None);
        let why = Localized::same("x");
        for told in [
            told(Source::Anybody),
            told(Source::AnyWorkflow),
            unguarded(Ok(None), "main"),
            unguarded(Ok(Some(&[])), "main"),
            unguarded(Ok(Some(&of(Source::App(7)).required)), "release"),
            unguarded(Err(&why), "main"),
        ] {
            assert!(told.is_some_and(|told| told.zh_tw.starts_with("狀態未受保護")));
        }
    }

    #[test]
    fn threat_27_edge_74_what_could_not_be_read_is_not_good() {
        let why = Localized::new("權限不足", "no permission");
        let points = protection(Err(&why), "main", Some(7));
        assert_eq!(worst(&points), State::Unknown);
        assert!(says_unprotected(&points));
        let points = protection(Ok(None), "main", Some(7));
        assert_eq!(worst(&points), State::Wrong);
        assert!(says_unprotected(&points));
    }

    #[test]
    fn edge_16_the_statuses_of_another_base_protect_nothing() {
        let points = protection(Ok(Some(&of(Source::App(7)))), "release", Some(7));
        assert_eq!(worst(&points), State::Wrong);
    }

    #[test]
    fn each_status_is_looked_at_by_itself() {
        for missing in 0..Context::ALL.len() {
            let mut own = of(Source::App(7));
            own.required.remove(missing);
            let points = protection(Ok(Some(&own)), "main", Some(7));
            let wrong = points.iter().filter(|point| point.state == State::Wrong);
            assert_eq!(wrong.count(), 1);
        }
    }

    #[test]
    fn threat_37_ways_around_the_rules_are_told() {
        let base = of(Source::App(7));
        let variants = [
            (
                Protection {
                    by_pull_request: Some(false),
                    ..base.clone()
                },
                State::Wrong,
            ),
            (
                Protection {
                    by_pull_request: None,
                    ..base.clone()
                },
                State::Unknown,
            ),
            (
                Protection {
                    allows_force_push: Some(true),
                    ..base.clone()
                },
                State::Wrong,
            ),
            (
                Protection {
                    allows_force_push: None,
                    ..base.clone()
                },
                State::Unknown,
            ),
            (
                Protection {
                    can_be_bypassed: Some(true),
                    ..base.clone()
                },
                State::Attention,
            ),
            (
                Protection {
                    can_be_bypassed: None,
                    ..base
                },
                State::Attention,
            ),
        ];
        for (protected, state) in variants {
            assert_eq!(
                worst(&protection(Ok(Some(&protected)), "main", Some(7))),
                state
            );
        }
    }
}
