//! Numbers as the chapters of an official document carry them: 壹, 玖, 壹拾, 壹拾柒.

const DIGITS: [&str; 9] = ["壹", "貳", "參", "肆", "伍", "陸", "柒", "捌", "玖"];

/// The numeral of a chapter, 1 to 19; `None` for any other number.
pub fn chapter_numeral(chapter: u8) -> Option<String> {
    let digit = |number: u8| Some(DIGITS[usize::from(number.checked_sub(1)?)]);
    match chapter {
        1..=9 => digit(chapter).map(str::to_owned),
        10..=19 => Some(format!("壹拾{}", digit(chapter - 10).unwrap_or_default())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_numbered_as_a_plan_writes_them() {
        let found = |chapter| chapter_numeral(chapter).unwrap_or_default();
        let shown: Vec<String> = [0, 1, 9, 10, 11, 17, 20].into_iter().map(found).collect();
        assert_eq!(shown, ["", "壹", "玖", "壹拾", "壹拾壹", "壹拾柒", ""]);
    }
}
