//! Which texts are refresh tokens' secrets and families, and what the store makes of them.

use sessions::{FamilyId, RefreshSecret, SessionId};

#[test]
fn a_secret_has_the_form_of_a_session_id() {
    let given = RefreshSecret::from_random([0xA7; 32]);
    assert_eq!(given.as_str().len(), RefreshSecret::LENGTH);
    for (what, text) in [
        ("one that is given out", given.as_str().to_owned()),
        ("empty", String::new()),
        ("one too few", given.as_str()[1..].to_owned()),
        ("one too many", format!("{}A", given.as_str())),
        ("a dot", format!("{}.", &given.as_str()[1..])),
        (
            "a JWT",
            String::from("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln"),
        ),
    ] {
        let secret = RefreshSecret::parse(&text);
        let id = SessionId::parse(&text);
        assert_eq!(secret.is_some(), id.is_some(), "{what}");
        assert_eq!(
            secret.map(|secret| secret.hash()),
            id.map(|id| id.hash()),
            "{what}"
        );
    }
    assert_eq!(RefreshSecret::parse(given.as_str()), Some(given));
}

#[test]
fn a_family_is_read_back_as_it_is_written_and_no_other_way() {
    let family = FamilyId::from_bytes(std::array::from_fn(|n| n as u8 * 8));
    let written = family.to_string();
    assert_eq!(written, "00081018202830384048505860687078");
    assert_eq!(FamilyId::from_hex(&written), Some(family));
    for other in [
        String::new(),
        written[2..].to_owned(),
        written[1..].to_owned(),
        format!("{written}00"),
        "F".repeat(32),
        written.replace("00", "0g"),
        written.replace("00", "+0"),
        written.replace("00", "é"),
    ] {
        assert_eq!(FamilyId::from_hex(&other), None, "{other:?}");
    }
}
