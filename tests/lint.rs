//! The built-in pack through the static gate.

mod pack;

use plangate::policy::Pack;

#[test]
fn the_built_in_pack_has_nothing_to_tell() {
    let (_, findings) = Pack::lint(&[pack::source(&pack::folder())], &pack::SCHEMA);
    let told = findings.iter().map(|finding| {
        let at = finding.place.start();
        let file = finding.place.file.name();
        let (rule, message) = (&finding.policy, &finding.message.en);
        format!("{file}:{}:{}: {rule}: {message}", at.line, at.column)
    });
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "{} problems\n{}\n", told.len(), told.join("\n"));
}
