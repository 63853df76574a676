//! The registers of a generated plan: bodies, businesses, systems, and documents to fill it up.

use std::fmt::Write as _;

use super::Size;
use super::dice::Dice;

/// The agency of every plan; all names of the corpus are made up.
pub(super) const AGENCY: &str = "量測市政府示範局";

const GRADES: [&str; 10] = ["C", "D", "D", "C", "B", "D", "E", "D", "C", "A"];
const SCHOOL_GRADES: [&str; 4] = ["D", "D", "D", "E"];
const TASKS: [&str; 8] = [
    "證照核發",
    "補助申辦",
    "場地租借",
    "預約登記",
    "資料查詢",
    "陳情案件",
    "統計填報",
    "差勤管理",
];
const EFFECTS: [&str; 4] = [
    "服務停擺，民眾須臨櫃辦理，行政效率下降",
    "資料無法即時更新，影響其他機關之業務",
    "機關內部訊息傳遞受阻，作業時間延長",
    "民眾權益受影響，機關信譽受損",
];

/// `bodies`: the agency first.
pub(super) fn bodies(text: &mut String, size: Size, agency: &str, dice: &mut Dice) {
    let grade = dice.pick(&GRADES);
    let _ = write!(
        text,
        "bodies:\n  - id: {agency}\n    name: {AGENCY}\n    kind: district-office\n    grade: {grade}\n"
    );
    if dice.below(2) == 0 {
        let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
        let _ = writeln!(text, "    graded_on: 108-{month:02}-{day:02}");
    }
    for number in 1..size.bodies() {
        let _ = match size {
            Size::City => {
                let grade = dice.pick(&SCHOOL_GRADES);
                writeln!(
                    text,
                    "  - {{ id: b{number:03}, name: 第{number:03}示範學校, grade: {grade} }}"
                )
            }
            _ => {
                let grade = if number < 3 { "C" } else { "D" };
                write!(
                    text,
                    "  - id: b{number:03}\n    name: 第{number:03}示範事務所\n    kind: household-office\n    \
                     grade: {grade}\n    grade_status: approved\n"
                )
            }
        };
    }
}

/// `businesses` and `systems` of about `room` bytes: a business and its two systems at a time.
pub(super) fn operations(
    text: &mut String,
    size: Size,
    room: usize,
    agency: &str,
    dice: &mut Dice,
) {
    let (mut businesses, mut systems) = (String::from("businesses:\n"), String::from("systems:\n"));
    let mut number = 0;
    while number == 0 || businesses.len() + systems.len() + 900 < room {
        number += 1;
        let owner = match dice.below(size.bodies().min(20)) {
            0 => agency.to_owned(),
            at => format!("b{at:03}"),
        };
        business(&mut businesses, number, &owner, dice);
        system(&mut systems, number * 2, &owner, is_core(number), dice);
        system(&mut systems, number * 2 + 1, &owner, false, dice);
    }
    text.push_str(&businesses);
    text.push_str(&systems);
}

fn business(text: &mut String, number: usize, owner: &str, dice: &mut Dice) {
    let core = is_core(number);
    let _ = write!(
        text,
        "  - name: {}（第 {number} 類）\n    body: {owner}\n    core: {core}\n    systems: [s{}, s{}]\n    \
         importance: {{ kinds: [organization-law] }}\n    impact:\n      - {}\n      - {}\n    \
         max_tolerable_interruption: {}\n",
        dice.pick(&TASKS),
        number * 2,
        number * 2 + 1,
        dice.pick(&EFFECTS),
        dice.pick(&EFFECTS),
        if core {
            "8h"
        } else {
            dice.pick(&["24h", "36h", "72h"])
        },
    );
}

/// Of three businesses one is core, and of its two systems the first.
fn is_core(number: usize) -> bool {
    number.is_multiple_of(3)
}

fn system(text: &mut String, number: usize, owner: &str, core: bool, dice: &mut Dice) {
    let _ = write!(
        text,
        "  - id: s{number}\n    body: {owner}\n    core: {core}\n    name: {}線上服務系統 {number}\n    \
         max_tolerable_interruption: {}\n    impact: [{}]\n",
        dice.pick(&TASKS),
        if core {
            "4h"
        } else {
            dice.pick(&["12h", "24h", "48h"])
        },
        dice.pick(&EFFECTS),
    );
}
