use crate::document::{Decoded, Limits, decode, read};

fn decoded(bytes: &[u8]) -> Decoded {
    decode("plan.yaml", bytes, Limits::default())
}

#[test]
fn a_byte_order_mark_is_dropped() {
    let decoded = decoded(b"\xEF\xBB\xBFa: 1\n");
    assert_eq!(decoded.file.text(), "a: 1\n");
    assert!(decoded.findings.is_empty());
}

#[test]
fn a_file_in_big5_has_one_finding_and_the_rest_is_read() {
    // 名稱 in Big5, then a finding of another kind.
    let bytes = b"title: \xA6\xAB\xBA\xD9\nsealed: no\n";
    let (file, parsed) = read("plan.yaml", bytes, Limits::default());
    let ids: Vec<&str> = parsed
        .findings
        .iter()
        .map(|finding| &*finding.policy)
        .collect();
    assert_eq!(ids, ["syntax/invalid-utf8", "syntax/ambiguous-scalar"]);
    assert_eq!(parsed.findings[0].place.text(), "\u{fffd}");
    assert!(
        parsed.findings[0].message.en.starts_with("byte 0xA6"),
        "{:?}",
        parsed.findings[0]
    );
    assert!(file.text().contains("sealed: no"));
}

#[test]
fn utf_16_is_refused_by_name() {
    let text: Vec<u8> = "\u{feff}a: 1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let decoded = decoded(&text);
    assert!(!decoded.readable);
    assert!(decoded.findings[0].message.en.contains("UTF-16"));
    let (_, parsed) = read("plan.yaml", &text, Limits::default());
    assert!(parsed.document.is_none() && parsed.findings.len() == 1);
}

#[test]
fn a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not() {
    let limits = Limits {
        bytes: 8,
        ..Limits::default()
    };
    let (_, fits) = read("plan.yaml", b"a: 12345", limits);
    assert!(fits.document.is_some() && fits.findings.is_empty());
    let (file, parsed) = read("plan.yaml", b"a: 123456", limits);
    assert!(parsed.document.is_none());
    assert_eq!(&*parsed.findings[0].policy, "syntax/too-large");
    assert_eq!(
        (parsed.findings[0].place.start().line, file.text()),
        (1, "a: 12345")
    );
}

#[test]
fn a_file_of_nothing_but_invalid_bytes_is_refused() {
    let (_, parsed) = read(
        "plan.yaml",
        &[0xFF; 100],
        Limits {
            bytes: 200,
            ..Limits::default()
        },
    );
    let ids: Vec<&str> = parsed
        .findings
        .iter()
        .map(|finding| &*finding.policy)
        .collect();
    assert!(parsed.document.is_none());
    assert_eq!(ids, ["syntax/invalid-utf8"]);
}
