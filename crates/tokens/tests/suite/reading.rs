//! What a key's text turns out to be: each format that is read, as OpenSSL and the standards write it.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use protocol::{GivenKey, KeyEncoding, KeyFacts, KeyFormat, KeyKind, KeyReport};
use tokens::{Algorithm, Key, read_keys, signature};

use crate::fixture::{encode, given, read_one};

const fn facts(kind: KeyKind, bits: u32, private: bool) -> KeyFacts {
    KeyFacts {
        kid: None,
        kind,
        bits,
        private,
        algorithm: None,
    }
}

/// Whatever the line endings, the indentation and the space around. Of JSON, too, nothing else changes.
fn as_pasted(text: &str) -> [String; 6] {
    [
        text.to_owned(),
        text.trim().to_owned(),
        format!("\n\n \t{text}\r\n "),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\n    "),
        text.replace('\n', " "),
    ]
}

#[test]
fn pem_is_read_as_openssl_writes_it() {
    use KeyFormat::{Pkcs1, Pkcs8, Sec1, Spki};
    use KeyKind::{Ed25519, P256, P384, Rsa};
    let table = [
        (
            include_str!("../keys/rsa.spki.pem"),
            Spki,
            facts(Rsa, 2048, false),
        ),
        (
            include_str!("../keys/rsa.pkcs1-public.pem"),
            Pkcs1,
            facts(Rsa, 2048, false),
        ),
        (
            include_str!("../keys/rsa.pkcs1.pem"),
            Pkcs1,
            facts(Rsa, 2048, true),
        ),
        (
            include_str!("../keys/rsa.pkcs8.pem"),
            Pkcs8,
            facts(Rsa, 2048, true),
        ),
        (
            include_str!("../keys/rsa-1024.pkcs8.pem"),
            Pkcs8,
            facts(Rsa, 1024, true),
        ),
        (
            include_str!("../keys/p256.spki.pem"),
            Spki,
            facts(P256, 256, false),
        ),
        (
            include_str!("../keys/p256.compressed.pem"),
            Spki,
            facts(P256, 256, false),
        ),
        (
            include_str!("../keys/p256.sec1.pem"),
            Sec1,
            facts(P256, 256, true),
        ),
        (
            include_str!("../keys/p256.pkcs8.pem"),
            Pkcs8,
            facts(P256, 256, true),
        ),
        (
            include_str!("../keys/p384.spki.pem"),
            Spki,
            facts(P384, 384, false),
        ),
        (
            include_str!("../keys/p384.sec1.pem"),
            Sec1,
            facts(P384, 384, true),
        ),
        (
            include_str!("../keys/p384.pkcs8.pem"),
            Pkcs8,
            facts(P384, 384, true),
        ),
        (
            include_str!("../keys/ed25519.spki.pem"),
            Spki,
            facts(Ed25519, 255, false),
        ),
        (
            include_str!("../keys/ed25519.pkcs8.pem"),
            Pkcs8,
            facts(Ed25519, 255, true),
        ),
    ];
    for (pem, format, facts) in table {
        let written_out = [pem.replace('\n', "\\n"), pem.replace('\n', "\\r\\n")];
        for text in as_pasted(pem).into_iter().chain(written_out) {
            let (keys, report) = read_keys(&given(&text));
            let expected = KeyReport {
                format: Some(format),
                keys: vec![facts.clone()],
                problems: Vec::new(),
            };
            assert_eq!(report, expected, "{text}");
            assert_eq!(keys, [read_one(pem)], "{text}");
        }
    }
}

#[test]
fn the_forms_of_one_key_are_the_same_key() {
    let same = [
        [
            include_str!("../keys/rsa.pkcs8.pem"),
            include_str!("../keys/rsa.pkcs1.pem"),
            include_str!("../keys/rsa.spki.pem"),
            include_str!("../keys/rsa.pkcs1-public.pem"),
        ],
        [
            include_str!("../keys/p256.pkcs8.pem"),
            include_str!("../keys/p256.sec1.pem"),
            include_str!("../keys/p256.spki.pem"),
            include_str!("../keys/p256.compressed.pem"),
        ],
        [
            include_str!("../keys/p384.pkcs8.pem"),
            include_str!("../keys/p384.sec1.pem"),
            include_str!("../keys/p384.spki.pem"),
            include_str!("../keys/p384.spki.pem"),
        ],
        [
            include_str!("../keys/ed25519.pkcs8.pem"),
            include_str!("../keys/ed25519.pkcs8.pem"),
            include_str!("../keys/ed25519.spki.pem"),
            include_str!("../keys/ed25519.spki.pem"),
        ],
    ];
    for texts in same {
        let [pair, same_pair, public, same_public] = texts.map(read_one);
        assert_eq!(pair, same_pair);
        assert_eq!(public, same_public);
        assert_ne!(pair, public);
        assert_eq!(pair.public_half(), Some(public));
    }
}

#[test]
fn secrets_are_read_as_they_are_said_to_be() {
    use KeyEncoding::{Base64, Base64url, Detect, Text};
    let octets: Vec<u8> = (200..=255).collect();
    let (padded, url_padded) = (STANDARD.encode(&octets), URL_SAFE.encode(&octets));
    let bare = padded.trim_end_matches('=').to_owned();
    let lines = format!(" {}\r\n{}\n", &padded[..20], &padded[20..]);
    let pem = include_str!("../keys/rsa.spki.pem");
    let table: [(&str, KeyEncoding, KeyFormat, &[u8]); 14] = [
        ("secret", Detect, KeyFormat::Text, b"secret"),
        // What is text is taken to the letter.
        (" sécret\n", Detect, KeyFormat::Text, " sécret\n".as_bytes()),
        ("{", Text, KeyFormat::Text, b"{"),
        (" ", Text, KeyFormat::Text, b" "),
        (pem, Text, KeyFormat::Text, pem.as_bytes()),
        (
            r#"{"kty":"oct","k":"AA"}"#,
            Text,
            KeyFormat::Text,
            br#"{"kty":"oct","k":"AA"}"#,
        ),
        ("-----END", Detect, KeyFormat::Text, b"-----END"),
        (&padded, Detect, KeyFormat::Text, padded.as_bytes()),
        (&padded, Base64, KeyFormat::Base64, &octets),
        (&bare, Base64, KeyFormat::Base64, &octets),
        (&lines, Base64, KeyFormat::Base64, &octets),
        (&url_padded, Base64url, KeyFormat::Base64url, &octets),
        (&encode(&octets), Base64url, KeyFormat::Base64url, &octets),
        ("_-__", Base64url, KeyFormat::Base64url, &[255, 239, 255]),
    ];
    for (text, encoding, format, secret) in table {
        let (keys, report) = read_keys(&GivenKey {
            text: text.to_owned(),
            encoding,
        });
        assert_eq!(keys, [Key::secret(secret)], "{text:?} as {encoding:?}");
        assert_eq!(report.format, Some(format), "{text:?} as {encoding:?}");
        assert_eq!(report.keys[0].bits, secret.len() as u32 * 8);
    }
}

/// RFC 7517, A.1 and A.2, and RFC 8037, A.1, print them so.
#[test]
fn jwks_are_read_with_what_they_say_of_themselves() {
    let (x, y) = (
        "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    );
    let d = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE";
    let (ed_d, ed_x) = (
        "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    );
    let algorithm = |name: &str, facts: KeyFacts| KeyFacts {
        algorithm: Some(name.to_owned()),
        ..facts
    };
    let table = [
        (
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","use":"sig","kid":"1"}}"#),
            KeyFacts {
                kid: Some("1".to_owned()),
                ..facts(KeyKind::P256, 256, false)
            },
        ),
        (
            format!(r#"{{"kty":"EC","crv":"P-256","x":"{x}","y":"{y}","d":"{d}","alg":"ES256"}}"#),
            algorithm("ES256", facts(KeyKind::P256, 256, true)),
        ),
        (
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{ed_x}"}}"#),
            facts(KeyKind::Ed25519, 255, false),
        ),
        (
            format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{ed_x}","d":"{ed_d}","alg":"Ed25519"}}"#),
            algorithm("EdDSA", facts(KeyKind::Ed25519, 255, true)),
        ),
        (
            r#"{"kty":"oct","k":"AAECAw","alg":"HS512","key_ops":["verify","sign"]}"#.to_owned(),
            algorithm("HS512", facts(KeyKind::Hmac, 32, true)),
        ),
        // What is not known is not looked at, and an ID may be anything.
        (
            r#"{"kty":"oct","k":"AAECAw","x5c":[{"a":1}],"ext":true,"kid":""}"#.to_owned(),
            KeyFacts {
                kid: Some(String::new()),
                ..facts(KeyKind::Hmac, 32, true)
            },
        ),
    ];
    for (jwk, facts) in &table {
        let lines = jwk.replace(',', ",\n");
        for text in as_pasted(&lines) {
            let (keys, report) = read_keys(&given(&text));
            let expected = KeyReport {
                format: Some(KeyFormat::Jwk),
                keys: vec![facts.clone()],
                problems: Vec::new(),
            };
            assert_eq!(report, expected, "{text}");
            assert_eq!(keys.len(), 1);
        }
    }

    let all: Vec<&str> = table.iter().map(|(jwk, _)| jwk.as_str()).collect();
    let (keys, report) = read_keys(&given(format!(
        r#"{{"keys":[{}],"more":1}}"#,
        all.join(",")
    )));
    let expected = KeyReport {
        format: Some(KeyFormat::Jwks),
        keys: table.iter().map(|(_, facts)| facts.clone()).collect(),
        problems: Vec::new(),
    };
    assert_eq!(report, expected);
    assert_eq!(keys.len(), table.len());
}

/// RFC 7518, 6.3.2: the primes may be left out; what follows from them is not asked for.
#[test]
fn an_rsa_pair_is_the_same_with_and_without_its_primes() {
    let standards = include_str!("../vectors/standards.json");
    let all: Vec<serde_json::Value> = serde_json::from_str(standards).expect("JSON");
    let example = all
        .iter()
        .find(|example| example["from"] == "RFC 7520, 4.1");
    let mut jwk = example.expect("an example of that name")["key"].clone();
    let whole = read_one(&jwk.to_string());
    let members = jwk.as_object_mut().expect("an object");
    members.remove("p");
    members.remove("q");
    let short = read_one(&jwk.to_string());
    let sign = |key: &Key| signature("a.b", key, Algorithm::Rs256);
    assert!(sign(&whole).is_ok());
    assert_eq!(sign(&whole), sign(&short));
    assert_eq!(whole.publish(), short.publish());
}

#[test]
fn several_blocks_of_pem_are_several_keys() {
    let (rsa, p256) = (
        include_str!("../keys/rsa.spki.pem"),
        include_str!("../keys/p256.sec1.pem"),
    );
    let (keys, report) = read_keys(&given(format!("{rsa}{p256}{rsa}")));
    assert_eq!(keys, [read_one(rsa), read_one(p256), read_one(rsa)]);
    assert_eq!(report.problems, []);
}
