//! The text of a key, in each encoding: there is a key or a problem, and what is read can be written and read again.

use protocol::{GivenKey, KeyEncoding};
use tokens::{Algorithm, Key, jwks, read_keys, sign_given};

pub fn run(octets: &[u8]) {
    let text = String::from_utf8_lossy(octets);
    for encoding in [
        KeyEncoding::Detect,
        KeyEncoding::Text,
        KeyEncoding::Base64,
        KeyEncoding::Base64url,
    ] {
        let given = GivenKey {
            text: text.clone().into_owned(),
            encoding,
        };
        let (keys, report) = read_keys(&given);
        assert!(!keys.is_empty() || !report.problems.is_empty());
        assert!(
            report
                .keys
                .iter()
                .eq(&keys.iter().map(Key::facts).collect::<Vec<_>>())
        );
        for key in &keys {
            assert_written(key);
        }
        // One algorithm for each kind of key.
        for name in ["HS256", "PS512", "ES256", "ES384", "EdDSA"] {
            let Ok(made) = sign_given("a.b", &given, name) else {
                continue;
            };
            let algorithm = Algorithm::from_name(name).expect("a known name");
            assert!(
                keys.iter()
                    .any(|key| key.recognises(&made, algorithm, "a.b"))
            );
        }
    }
}

/// What is written of a key is read as the same key.
fn assert_written(key: &Key) {
    let (again, report) = read_keys(&key.to_given());
    // A secret may be longer in base64url than a text may be.
    if report.problems.is_empty() {
        assert_eq!(again[0].facts().bits, key.bits());
        assert_eq!(again[0].can_sign(), key.can_sign());
    }
    let half = key.public_half();
    let (read, _) = read_keys(&GivenKey {
        text: jwks(std::slice::from_ref(key)),
        encoding: KeyEncoding::Detect,
    });
    assert_eq!(read.first(), half.as_ref());
}
