//! How far two texts are apart, and the nearest of several.

/// The least number of characters to insert, delete or replace to turn one text into the other.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut short = ['\0'; u64::BITS as usize];
    let mut length = 0;
    for (place, character) in short.iter_mut().zip(a.chars()) {
        *place = character;
        length += 1;
    }
    if length < short.len() {
        return by_bits(&short[..length], b);
    }
    let [a, b] = [a, b].map(|text| text.chars().collect::<Vec<char>>());
    let most = a.len().max(b.len());
    within(&a, &b, most).unwrap_or(most)
}

/// The same for a text of fewer characters than a word has bits: expressions measure each title against
/// all others. Of a row of the table of distances the bits say where it rises and where it falls (Myers
/// 1999, in the form of Hyyrö 2003), so that a character of the other text costs a few operations.
fn by_bits(short: &[char], other: &str) -> usize {
    let Some(last) = short.len().checked_sub(1) else {
        return other.chars().count();
    };
    let signs = signs(short);
    let (mut rises, mut falls) = (u64::MAX, 0_u64);
    let mut distance = short.len();
    for character in other.chars() {
        let mut same = 0;
        // Most characters of most other texts are known not to be in this one.
        if signs & sign(character) != 0 {
            for (at, &own) in short.iter().enumerate() {
                same |= u64::from(own == character) << at;
            }
        }
        let level = same | falls;
        let across = (((same & rises).wrapping_add(rises)) ^ rises) | same;
        let (up, down) = (falls | !(across | rises), rises & across);
        distance += (up >> last & 1) as usize;
        distance -= (down >> last & 1) as usize;
        let up = up << 1 | 1;
        (rises, falls) = (down << 1 | !(level | up), up & level);
    }
    distance
}

/// A bit for a character, which others share.
fn sign(character: char) -> u64 {
    1 << (u32::from(character) % u64::BITS)
}

fn signs(characters: &[char]) -> u64 {
    let signs = characters.iter().map(|&own| sign(own));
    signs.fold(0, |all, sign| all | sign)
}

/// The name that `written` was probably meant to be: at most a third of it differs, or two characters
/// of a name that is longer.
pub fn meant<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let names: Vec<(Spelling, &str)> = names.map(|name| (Spelling::of(name), name)).collect();
    let spellings = names.iter().map(|(spelling, _)| spelling);
    Some(names[nearest(written, spellings)?].1)
}

/// The place of that name among several whose spellings are known.
pub fn nearest<'s>(written: &str, names: impl Iterator<Item = &'s Spelling>) -> Option<usize> {
    let written = Spelling::of(written);
    let length = written.characters.len();
    let allowed = (length / 3).max(if length > 3 { 2 } else { 1 });
    let near = names.enumerate().filter_map(|(at, name)| {
        let distance = written.distance(name, allowed)?;
        Some((distance, name.characters.len(), at))
    });
    let (distance, length, at) = near.min_by_key(|(distance, ..)| *distance)?;
    (distance < length).then_some(at)
}

/// A name taken apart, so that most others are known to be far from it without being measured.
#[derive(Debug)]
pub struct Spelling {
    characters: Box<[char]>,
    /// A bit for each character, several of which may share one.
    signs: u64,
}

impl Spelling {
    /// Of a name.
    pub fn of(name: &str) -> Self {
        let characters: Box<[char]> = name.chars().collect();
        let signs = signs(&characters);
        Self { characters, signs }
    }

    /// How far another name is, where it is no more than `most`. As many characters as they differ in
    /// length differ at least, and as many as one has and the other has not.
    fn distance(&self, other: &Self, most: usize) -> Option<usize> {
        let (own, others) = (&self.characters, &other.characters);
        let lacking = |signs: u64| signs.count_ones() as usize <= most;
        let may_be_near = own.len().abs_diff(others.len()) <= most
            && lacking(self.signs & !other.signs)
            && lacking(other.signs & !self.signs);
        may_be_near.then(|| within(own, others, most))?
    }
}

/// How far two texts are apart, where it is no more than `most`.
fn within(a: &[char], b: &[char], most: usize) -> Option<usize> {
    let (a, b) = apart(a, b);
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ours) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        let mut least = row[0];
        for (j, theirs) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ours != theirs);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
            least = least.min(row[j + 1]);
        }
        // No later row holds less.
        if least > most {
            return None;
        }
    }
    Some(row[b.len()]).filter(|&distance| distance <= most)
}

/// Both without the characters that they begin and end with alike.
fn apart<'t>(a: &'t [char], b: &'t [char]) -> (&'t [char], &'t [char]) {
    let alike = |(a, b): &(&char, &char)| a == b;
    let begin = a.iter().zip(b).take_while(alike).count();
    let (a, b) = (&a[begin..], &b[begin..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(alike).count();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(edit_distance("資通安全", "資安"), 2);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }

    #[test]
    fn what_two_texts_share_at_their_ends_changes_nothing() {
        for (a, b, distance) in [
            ("資通安全管理法", "資通安全法", 2),
            ("甲甲", "甲甲甲", 1),
            ("甲乙甲", "甲甲", 1),
            ("甲乙", "乙甲", 2),
            ("同", "同", 0),
        ] {
            assert_eq!(edit_distance(a, b), distance, "{a} {b}");
            assert_eq!(edit_distance(b, a), distance, "{b} {a}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None,
            rng_seed: RngSeed::Fixed(5), ..ProptestConfig::default() })]

        #[test]
        fn the_bits_say_what_the_table_says(a in "[甲乙a]{0,80}", b in "[甲乙a]{0,80}") {
            let table = |a: &str, b: &str| {
                let [a, b] = [a, b].map(|text| text.chars().collect::<Vec<char>>());
                within(&a, &b, a.len().max(b.len()))
            };
            prop_assert_eq!(Some(edit_distance(&a, &b)), table(&a, &b));
        }
    }

    #[test]
    fn a_distance_beyond_the_most_is_not_told() {
        let [a, b] = ["kitten", "sitting"].map(|text| text.chars().collect::<Vec<char>>());
        assert_eq!(within(&a, &b, 3), Some(3));
        assert_eq!(within(&a, &b, 2), None);
    }

    #[test]
    fn only_a_near_name_is_proposed() {
        let names = ["grade", "name", "sector"];
        assert_eq!(meant("grad", names.into_iter()), Some("grade"));
        assert_eq!(meant("graed", names.into_iter()), Some("grade"));
        assert_eq!(meant("F", ["A", "B"].into_iter()), None);
        assert_eq!(meant("sectro", names.into_iter()), Some("sector"));
        assert_eq!(meant("phone", names.into_iter()), None);
    }
}
