//! What a text or a value says, whatever its spelling: the ground of pairing, and of "nothing changed".
//!
//! Knows nothing of fields. Invariant: what is equal here differs at most in width, in spaces and in
//! the order of what has none.

use unicode_normalization::UnicodeNormalization;

use crate::document::{Node, Style};
use crate::text::{DateRange, Duration, Unit};

/// A text without what carries no meaning: full or half width, spaces, line ends. Two figures stay
/// apart, and a power is no figure beside another: `10²` is not `102`, nor `1½` what `11⁄2` is, nor `①②` `12`.
pub(super) fn folded(text: &str) -> String {
    let marked = text.contains(is_marked).then(|| marked(text));
    let plain: Vec<char> = marked.as_deref().unwrap_or(text).nfkc().collect();
    let mut folded = String::with_capacity(text.len());
    let mut divided = false;
    for character in plain {
        if character.is_whitespace() {
            divided = true;
            continue;
        }
        if divided && character.is_ascii_digit() && folded.ends_with(|c: char| c.is_ascii_digit()) {
            folded.push(' ');
        }
        divided = false;
        folded.push(character);
    }
    folded
}

/// Digits above or below the line, which a compatible spelling would put on it.
fn is_raised(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{208e}')
}

/// Signs that a compatible spelling writes with digits: ½, ①, ⒌, ㏠.
fn is_compound(c: char) -> bool {
    matches!(c, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{218b}' | '\u{2460}'..='\u{24ff}'
        | '\u{3220}'..='\u{33ff}' | '\u{1f100}'..='\u{1f10a}')
}

fn is_marked(c: char) -> bool {
    is_raised(c) || is_compound(c)
}

/// With a sign before each digit that is raised, and a space where a digit of a compound would join another.
fn marked(text: &str) -> String {
    let mut marked = String::with_capacity(text.len() + 8);
    let mut before = None;
    for c in text.chars() {
        let of = |c: char| std::iter::once(c).nfkc();
        let joins = || {
            let ends = before.and_then(|before| of(before).last());
            let begins = of(c).next();
            is_digit(ends) && is_digit(begins)
        };
        if is_raised(c) {
            marked.push('^');
        } else if (is_compound(c) || before.is_some_and(is_compound)) && joins() {
            marked.push(' ');
        }
        marked.push(c);
        before = Some(c);
    }
    marked
}

/// The same without punctuation, but for what says something: within a figure or a code, for `1.5` is not
/// `15` and `a/b` not `a-b`; beside a figure, as in `≦.5%`, `-5度` or `5%–10%`; a dash from one word to another, as
/// in `週一-週五`; what groups a formula. What only divides or groups may be another sign of its kind.
pub(super) fn bare(text: &str) -> String {
    let folded: Vec<char> = folded(text).chars().collect();
    let at = |at: Option<usize>| at.and_then(|at| folded.get(at)).copied();
    let code = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let word = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && c.is_alphanumeric());
    let is_formula = has_formula(&folded);
    let mut bare = String::with_capacity(text.len());
    let mut dropped = false;
    for (own, &c) in folded.iter().enumerate() {
        let (before, after) = (at(own.checked_sub(1)), at(Some(own + 1)));
        if !is_punctuation(c) {
            // Two figures stay two.
            if dropped && is_figure(Some(c)) && is_figure(bare.chars().next_back()) {
                bare.push(' ');
            }
            dropped = false;
            bare.push(c);
            continue;
        }
        let within = code(before) && code(after) || is_figure(before) && is_figure(after);
        let kept = match kind(c) {
            _ if within => Some(if is_point(c) { '.' } else { c }),
            Kind::Group(sign) => is_formula.then_some(sign),
            // A full stop behind a figure is none of its digits.
            Kind::Point if is_figure(after) => Some('.'),
            Kind::Dash if is_figure(after) || is_digit(before) || word(before) && word(after) => {
                Some('-')
            }
            Kind::Other if is_digit(before) && after.is_some() || is_digit(after) => Some(c),
            Kind::Point | Kind::Divider
                if is_digit(before) && after.is_some() || is_digit(after) && before.is_some() =>
            {
                Some(',')
            }
            _ => None,
        };
        dropped |= kept.is_none();
        bare.extend(kept);
    }
    bare
}

/// Signs that only divide or quote; not `≧`, `%`, `+` and the like, which say something.
fn is_punctuation(c: char) -> bool {
    ",.、。;:()[]{}\"'「」『』《》〈〉【】!?·・‧—–-…/|_ ".contains(c)
}

/// What punctuation does.
enum Kind {
    /// It groups what stands within, as this sign does.
    Group(char),
    /// It stands within a figure, or ends what is said.
    Point,
    /// It is a minus, or leads from one to another.
    Dash,
    /// It ends what is said.
    Divider,
    /// Anything else.
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        '(' | '[' | '{' => Kind::Group('('),
        ')' | ']' | '}' => Kind::Group(')'),
        '.' | '·' | '・' | '‧' => Kind::Point,
        '-' | '–' | '—' => Kind::Dash,
        '/' | '|' | '_' => Kind::Other,
        _ => Kind::Divider,
    }
}

fn is_point(c: char) -> bool {
    matches!(kind(c), Kind::Point)
}

/// Whether something is reckoned in a text: brackets say in which order.
fn has_formula(text: &[char]) -> bool {
    let reckons = |c: &char| matches!(c, '+' | '*' | '×' | '÷' | '−' | '^' | '±' | '∗' | '⁄');
    // A dash or a stroke may be a hyphen, but for one right outside of a bracket.
    let outside = |pair: &[char]| match pair {
        [before, bracket] => {
            let joins = |c: &char| matches!(c, '-' | '/' | '–');
            matches!(bracket, '(' | '[' | '{') && joins(before)
                || matches!(before, ')' | ']' | '}') && joins(bracket)
        }
        _ => false,
    };
    text.iter().any(reckons) || text.windows(2).any(outside)
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// A digit of either writing. 十, 百 and 千 are words here: they stand for no place of a figure.
fn is_figure(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit() || "〇零一二三四五六七八九".contains(c))
}

/// A value as one string: keys in order, lists as sets, a list of one as its item.
pub(super) fn content(node: Node<'_>) -> String {
    joined(node, "", &|_, text| folded(text))
}

/// The same, with a date or a span of time by what it means: `1y` is `12mo`.
pub(super) fn figures(node: Node<'_>) -> String {
    joined(node, "", &|_, text| figure(text))
}

/// A value as one string, each text of it as `leaf` gives it with the nearest key above it; `key` is
/// that of the value itself.
pub(super) fn joined(node: Node<'_>, key: &str, leaf: &dyn Fn(&str, &str) -> String) -> String {
    if node.is_map() {
        let mut entries: Vec<String> = node
            .entries()
            .map(|entry| format!("{}:{}", entry.key, joined(entry.value, entry.key, leaf)))
            .collect();
        entries.sort();
        return format!("{{{}}}", entries.join("\u{1f}"));
    }
    if !node.is_list() {
        return leaf(key, node.written());
    }
    let mut items: Vec<String> = node.items().map(|item| joined(item, key, leaf)).collect();
    if items.len() == 1 {
        return items.remove(0);
    }
    items.sort();
    format!("[{}]", items.join("\u{1f}"))
}

fn figure(text: &str) -> String {
    if let Some(Duration::Length { count, unit, .. }) = Duration::parse(text) {
        let count = u64::from(count);
        return match unit {
            Unit::Year => format!("{} months", count * 12),
            Unit::Month => format!("{count} months"),
            Unit::Day => format!("{} minutes", count * 24 * 60),
            Unit::Hour => format!("{} minutes", count * 60),
            Unit::Minute => format!("{count} minutes"),
            Unit::UnclockedHour | Unit::WorkingHour => folded(text),
        };
    }
    match DateRange::parse(text) {
        Some(range) => format!("{}/{}", range.first, range.last),
        None => folded(text),
    }
}

/// Whether two values are written by the same characters, and so are the same whatever they are:
/// what spares the walk most of a plan. A block must stand in the same column too, for the
/// indentation of its first line decides what its later lines belong to.
pub(super) fn same_text(old: Node<'_>, new: Node<'_>) -> bool {
    if !old.is_map() && !old.is_list() {
        return old.written() == new.written() && old.content() == new.content();
    }
    let (a, b) = (old.span(), new.span());
    if old.style() != new.style() || a.range().len() != b.range().len() {
        return false;
    }
    let same = old.document().file().slice(a) == new.document().file().slice(b);
    same && (old.style() == Style::Flow || column(old) == column(new))
}

/// How many bytes stand before a block on its line: dashes and spaces, so that it is no long way.
fn column(block: Node<'_>) -> usize {
    let start = block.span().start as usize;
    let before = &block.document().file().text().as_bytes()[..start];
    before
        .iter()
        .rev()
        .take_while(|&&byte| byte != b'\n')
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_spaces_and_punctuation_carry_no_meaning() {
        assert_eq!(folded("ＩＳ－０２ 委外"), "IS-02委外");
        assert_eq!(
            bare("應定期檢視，並留存紀錄。"),
            bare("應定期檢視並留存紀錄")
        );
        assert_ne!(bare("至少1.5小時"), bare("至少15小時"));
        assert_ne!(bare("≧ 80%"), bare("≦ 80%"));
        assert_eq!(bare("(IS-02)"), bare("（ＩＳ－02）"));
        let same = |a, b| assert_eq!(bare(a), bare(b), "{a}");
        same("應定期檢視、並留存「紀錄」。", "應定期檢視，並留存紀錄");
        same("有下列情形之一者，應通報", "有下列情形之一者應通報");
        same("八〇・五分", "八〇．五分");
        same("(機率＋衝擊)×資產", "（機率+衝擊）×資產");
        same("如附表10。", "如附表10");
        same("（含主管）", "含主管");
        same("第3條，第4條", "第3條、第4條");
    }

    #[test]
    fn what_says_something_is_not_folded() {
        let check = |a, b| assert_ne!(bare(a), bare(b), "{a}");
        check("不得低於-5度", "不得低於5度");
        check("-5", "5");
        check("a/b.yaml", "a-b.yaml");
        check("週一-週五", "週一、週五");
        check("10²", "102");
        check("每 1 2 個月", "每 12 個月");
        check("每１ ２個月", "每12個月");
        check("誤差≦.5%", "誤差≦5%");
        check("至少．5小時", "至少5小時");
        check("每月平均八〇・五分以上", "每月平均八〇五分以上");
        check("保存一．五年", "保存一五年");
        check("5%–10%", "5%、10%");
        check("不低於–5度", "不低於5度");
        check("「1」「2」", "「12」");
        check("(機率＋衝擊)×資產價值", "機率＋衝擊×資產價值");
        check("收入-(支出-折舊)", "收入-支出-折舊");
        check("附表①②", "附表12");
        check("附表①0", "附表10");
        check("1½年", "11⁄2年");
        check("1㏠內", "11日內");
        assert_eq!(folded("10²"), folded("10²"));
        assert_eq!(folded("每½年"), folded("每1⁄2年"));
        assert_eq!(folded("每 12 個\n月"), "每12個月");
    }
}
