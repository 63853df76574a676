//! What a policy asks of a plan on a day: verdicts, figures and citations, in words.

use std::collections::BTreeMap;

use plangate::cel::Data;
use plangate::check::{Judge, Settings, Visited, cited};
use plangate::finding::{Reason, Verdict};
use plangate::plan::PlanFiles;
use plangate::policy::{Edition, GRADES, Grounds, Pack, Policy, Row};
use plangate::text::{Day, Language};

use crate::pack::SCHEMA;
use crate::plans::Plan;
use crate::read::names_read;
use crate::words::Words;

/// What a policy asks of a plan on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Of the plan without figures.
    pub(crate) plain: String,
    /// Of the plan with the figures of the law before 115.
    pub(crate) figures_stated: String,
    /// By name; a list by its elements.
    pub(crate) figures: BTreeMap<String, Vec<String>>,
    /// What each check asserts.
    pub(crate) checks: BTreeMap<String, String>,
    /// Law, article and row, without the edition of the law.
    pub(crate) provisions: Vec<String>,
    /// The editions of the laws cited.
    pub(crate) law_editions: Vec<String>,
    /// How sure the pack is.
    pub(crate) confidence: Option<&'static str>,
    /// The last day of grace, where one runs.
    pub(crate) due: Option<Day>,
}

/// The pack on a day.
pub(crate) struct OnDay<'p> {
    judge: Judge<'p>,
    day: Day,
    words: &'p Words,
}

impl State {
    /// Whether the policy asks anything of the plan, in either form.
    pub(crate) fn asks(&self) -> bool {
        let nothing = ["不適用", "不及於此", "尚無或已無規定"];
        [&self.plain, &self.figures_stated]
            .iter()
            .any(|verdict| !nothing.contains(&verdict.as_str()))
    }
}

impl<'p> OnDay<'p> {
    pub(crate) fn new(pack: &'p Pack, words: &'p Words, day: Day) -> Self {
        let judge = Judge::new(pack, &SCHEMA, Settings::on(day));
        Self { judge, day, words }
    }

    pub(crate) fn state(&self, policy: &Policy, plan: &Plan) -> State {
        let (plain, due) = self.verdicts(policy, &plan.plain);
        let (figures_stated, _) = self.verdicts(policy, &plan.figures);
        let asked = policy.on(self.day);
        let asked = asked.filter(|edition| edition.applies_to.includes(plan.row));
        let Some(edition) = asked else {
            return State {
                plain,
                figures_stated,
                ..State::default()
            };
        };
        let (provisions, law_editions) = self.citations(edition, plan.row);
        State {
            plain,
            figures_stated,
            figures: self.figures(policy, edition, plan.row),
            checks: checks(edition),
            provisions,
            law_editions,
            confidence: edition.confidence.at(plan.row).map(|own| own.word()),
            due,
        }
    }

    fn verdicts(&self, policy: &Policy, files: &PlanFiles) -> (String, Option<Day>) {
        let (visited, _) = self.judge.policy(files, policy);
        let due = visited.iter().find_map(|visit| visit.due);
        let mut counted: Vec<(&str, usize)> = Vec::new();
        for visit in &visited {
            let word = word(visit);
            match counted.iter_mut().find(|(other, _)| *other == word) {
                Some((_, count)) => *count += 1,
                None => counted.push((word, 1)),
            }
        }
        let told = match counted.as_slice() {
            [] => "不適用".to_owned(),
            [(word, _)] => (*word).to_owned(),
            several => {
                let each = several
                    .iter()
                    .map(|(word, count)| format!("{word} {count}"));
                each.collect::<Vec<_>>().join("、")
            }
        };
        (told, due)
    }

    fn figures(
        &self,
        policy: &Policy,
        edition: &Edition,
        row: Row,
    ) -> BTreeMap<String, Vec<String>> {
        let params = edition.params.at(row);
        let mut figures = BTreeMap::new();
        let mut names = names_read(policy, edition);
        // What the mandatory items are called is shown alone, and still law.
        names
            .extend(matches!(params.get("names"), Some(Data::List(_))).then(|| "names".to_owned()));
        for name in names {
            // A mapping is a vocabulary: words and what they are called.
            let value = params.get(&name);
            let value = value.filter(|value| !matches!(value, Data::Record(_)));
            if let (Some(label), Some(value)) = (self.words.name(&name), value) {
                let told = self.words.figure(value, params.get("labels"));
                figures.insert(label.to_owned(), told);
            }
        }
        let within = edition.deadline.as_ref().and_then(|own| own.within.at(row));
        if let Some(within) = within {
            let told = vec![within.show(Language::ZhTw)];
            figures.insert("核定或等級變更後之期限".to_owned(), told);
        }
        figures
    }

    /// Provisions and the editions of their laws. A schedule that goes by grade is not repeated for
    /// each.
    fn citations(&self, edition: &Edition, row: Row) -> (Vec<String>, Vec<String>) {
        let Grounds::Law(cites) = &edition.grounds else {
            return (vec!["計畫本身".to_owned()], Vec::new());
        };
        let cited = |cite| cited(cite, self.day, row);
        let citations: Vec<_> = cites.iter().map(cited).collect();
        let editions = citations
            .iter()
            .map(|own| format!("{} {}", own.name.zh_tw, own.edition));
        let editions = editions.collect();
        let provision = |mut own: plangate::finding::Citation| {
            let by_grade = own
                .schedule
                .is_some_and(|at| usize::from(at) <= GRADES.len() + 3);
            let mark = if by_grade {
                "（附表依等級）"
            } else {
                ""
            };
            own.schedule = own.schedule.filter(|_| !by_grade);
            format!("{}{mark}", own.written().zh_tw)
        };
        (citations.into_iter().map(provision).collect(), editions)
    }
}

fn checks(edition: &Edition) -> BTreeMap<String, String> {
    let checks = edition.checks.iter();
    checks
        .map(|check| (check.id.to_string(), check.assert.source().to_owned()))
        .collect()
}

fn word(visit: &Visited) -> &'static str {
    match (visit.verdict, visit.reason) {
        (Verdict::Fail, _) => "不符",
        (Verdict::Doubt, _) => "存疑",
        (Verdict::Unknown, _) => "無法判定",
        (Verdict::Pending, _) => "期限未至",
        (Verdict::Delegated, _) => "已委文件",
        (Verdict::Waived, _) => "豁免",
        (Verdict::Pass, _) => "符合",
        (Verdict::NotApplicable, Some(Reason::NotInForce)) => "尚無或已無規定",
        (Verdict::NotApplicable, Some(Reason::Scope)) => "不及於此",
        (Verdict::NotApplicable, _) => "不適用",
    }
}
