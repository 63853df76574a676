//! Plans that are judged together: each comes out as by itself.

use plangate::check::{AsOf, Judge, Judged, Settings, example_files};
use plangate::plan::PlanFiles;
use plangate::policy::{Pack, PackSource};

use super::{SCHEMA, on};

const PLANS: [&str; 6] = [
    include_str!("../../fixtures/plans/kaohsiung-civil-affairs/plan.yaml"),
    "header: { agency: jia }\n",
    include_str!("../../fixtures/plans/taipei-city/plan.yaml"),
    include_str!("../../fixtures/plans/keelung-elementary-school/plan.yaml"),
    "bodies: [{ id: jia, name: 甲局, grade: A }]\ncontrols: { by_law: { law: act } }\n",
    include_str!("../../fixtures/plans/taichung-labor-affairs/plan.yaml"),
];

#[test]
fn each_comes_out_as_alone_whatever_stands_beside_it() {
    let (pack, _) = Pack::load(&[PackSource::builtin()], &SCHEMA);
    let AsOf::Day(today) = on("2026-11-21") else {
        unreachable!("a day")
    };
    let files = PLANS.map(|plan| example_files(plan).expect("the plan reads"));
    for as_of in [AsOf::Issued, AsOf::Day(today)] {
        for all in [false, true] {
            let judge = Judge::new(&pack, &SCHEMA, Settings { as_of, today, all });
            let alone = files.each_ref().map(|files| told(&judge.plan(files)));
            for order in [[0, 1, 2, 3, 4, 5], [5, 4, 2, 0, 3, 1]] {
                let plans: Vec<&PlanFiles> = order.iter().map(|&at| &files[at]).collect();
                let together: Vec<String> = judge.plans(&plans).iter().map(told).collect();
                assert_eq!(
                    together,
                    order.map(|at| alone[at].clone()),
                    "{as_of:?} {all}"
                );
            }
        }
    }
    let judge = Judge::new(&pack, &SCHEMA, Settings::on(today));
    assert!(judge.plans(&[]).is_empty());
}

fn told(judged: &Judged) -> String {
    format!("{:?} {:?}", judged.findings, judged.summary)
}
