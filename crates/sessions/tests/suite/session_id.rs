//! Which texts are session IDs, and what the store makes of them.

use proptest::prelude::*;
use sessions::{CredentialHash, SessionId};

const ZEROES: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

#[test]
fn only_the_form_given_out_is_an_id() {
    let counting = SessionId::from_random(std::array::from_fn(|n| n as u8));
    let edges = SessionId::from_random([0xFF; 32]);
    let replaced = |text: &str| format!("{}{text}", &ZEROES[text.len()..]);
    for (what, text, is_id) in [
        ("zeroes", ZEROES.to_owned(), true),
        ("counting up", counting.as_str().to_owned(), true),
        ("- and _", edges.as_str().to_owned(), true),
        ("empty", String::new(), false),
        ("one too few", ZEROES[1..].to_owned(), false),
        ("one too many", format!("{ZEROES}A"), false),
        ("padded", format!("{ZEROES}="), false),
        ("padding in its length", replaced("="), false),
        ("1 MB", "A".repeat(1_000_000), false),
        ("a space before", format!(" {}", &ZEROES[1..]), false),
        ("a line end after", replaced("\n"), false),
        ("a null", replaced("\0A"), false),
        ("base64's own +", replaced("+A"), false),
        ("base64's own /", replaced("/A"), false),
        ("a dot", replaced(".A"), false),
        ("a quote", replaced("\"A"), false),
        ("one bit left over", replaced("B"), false),
        ("the other bit left over", replaced("C"), false),
        ("both bits left over", replaced("D"), false),
        ("no bit left over", replaced("E"), true),
        ("43 bytes with an é", replaced("éA"), false),
        ("43 bytes with a ticket", replaced("🎫A"), false),
        ("43 characters, more bytes", "é".repeat(43), false),
        ("hex", "0".repeat(64), false),
    ] {
        let parsed = SessionId::parse(&text);
        assert_eq!(parsed.is_some(), is_id, "{what}");
        if let Some(id) = parsed {
            assert_eq!(id.as_str(), text, "{what}");
        }
    }
}

#[test]
fn the_hash_is_sha_256_of_the_text() {
    let id = SessionId::parse(ZEROES).expect("it is one");
    let known = "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a";
    assert_eq!(id.hash().to_string(), known);
}

#[test]
fn a_hash_is_read_back_as_it_is_written_and_no_other_way() {
    let hash = CredentialHash::from_bytes(std::array::from_fn(|n| n as u8 * 8));
    let written = hash.to_string();
    assert_eq!(
        written,
        "0008101820283038404850586068707880889098a0a8b0b8c0c8d0d8e0e8f0f8"
    );
    assert_eq!(CredentialHash::from_hex(&written), Some(hash));
    for other in [
        String::new(),
        written[2..].to_owned(),
        written[1..].to_owned(),
        format!("{written}00"),
        written.to_uppercase(),
        written.replace("00", "0g"),
        written.replace("00", "+0"),
        format!("{}é", &written[2..]),
    ] {
        assert_eq!(CredentialHash::from_hex(&other), None, "{other:?}");
    }
}

proptest! {
    #[test]
    fn what_is_given_out_is_taken_back(bytes: [u8; 32]) {
        let id = SessionId::from_random(bytes);
        prop_assert_eq!(id.as_str().len(), SessionId::LENGTH);
        prop_assert_eq!(SessionId::parse(id.as_str()), Some(id));
    }

    /// No two texts are one ID: whatever is taken is what these bytes would have been given out as.
    #[test]
    fn no_text_panics_and_each_id_has_one_text(text in "(?s).*|[A-Za-z0-9_-]{42,44}") {
        if let Some(id) = SessionId::parse(&text) {
            prop_assert_eq!(id.as_str(), text.as_str());
            prop_assert_eq!(text.len(), SessionId::LENGTH);
        }
        if let Some(hash) = CredentialHash::from_hex(&text) {
            prop_assert_eq!(hash.to_string(), text);
        }
    }
}
