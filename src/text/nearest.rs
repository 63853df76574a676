//! How far two texts are apart, and the nearest of several.

/// The least number of characters to insert, delete or replace to turn one text into the other.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ours) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, &theirs) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(ours != theirs);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The name that `written` was probably meant to be: at most a third of it differs, or two characters
/// of a name that is longer.
pub fn meant<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = written.chars().count();
    let allowed = (length / 3).max(if length > 3 { 2 } else { 1 });
    // As many characters as they differ in length differ at least; a long text is not measured in vain.
    let names = names.filter(|name| name.chars().count().abs_diff(length) <= allowed);
    let distance = |name: &'a str| (edit_distance(written, name), name);
    let (distance, name) = names.map(distance).min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed && distance < name.chars().count()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(edit_distance("資通安全", "資安"), 2);
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
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
