//! Samples of what is said of keys.

use protocol::{
    Command, GivenKey, HeldKey, KeyEncoding, KeyFacts, KeyFormat, KeyKind, KeyProblem, KeyReport,
    PublicHalf, Reply, SceneCommand, SceneReply, ServerAlgorithm, Service, SignatureRate, Signer,
    SigningProblem,
};

fn text(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn given() -> GivenKey {
    GivenKey {
        text: text("c2VjcmV0"),
        encoding: KeyEncoding::Base64url,
    }
}

fn facts() -> KeyFacts {
    KeyFacts {
        kid: Some(text("1")),
        kind: KeyKind::P384,
        bits: 384,
        private: true,
        algorithm: Some(text("ES384")),
    }
}

pub(crate) fn report() -> KeyReport {
    KeyReport {
        format: Some(KeyFormat::Jwks),
        keys: vec![facts()],
        problems: vec![KeyProblem::UnsupportedType {
            name: text("secp256k1"),
        }],
    }
}

pub(crate) fn held() -> HeldKey {
    HeldKey {
        service: Service::Billing,
        key: facts(),
    }
}

pub(crate) fn command() -> Command {
    Command::Sign {
        signing_input: text("a.b"),
        signer: Signer::Given {
            key: given(),
            algorithm: text("HS256"),
        },
    }
}

pub(crate) fn scene_commands() -> Vec<SceneCommand> {
    vec![
        SceneCommand::PublicHalf { key: Some(given()) },
        SceneCommand::AdoptKey {
            algorithm: ServerAlgorithm::EdDsa,
            key: given(),
        },
        SceneCommand::MeasureSignatures {
            algorithm: text("PS512"),
        },
    ]
}

pub(crate) fn replies() -> Vec<Reply> {
    vec![
        Reply::Signed(Ok(text("c2lnbmF0dXJl"))),
        Reply::Signed(Err(SigningProblem::TooShort {
            bits: 8,
            needed: 256,
        })),
    ]
}

pub(crate) fn scene_replies() -> Vec<SceneReply> {
    vec![
        SceneReply::PublicHalf(Some(PublicHalf {
            pem: text("-----BEGIN PUBLIC KEY-----"),
            jwk: text("{}"),
            jwks: text("{\"keys\":[]}"),
        })),
        SceneReply::Adopted,
        SceneReply::SignaturesMeasured(Some(SignatureRate {
            algorithm: text("HS256"),
            signed_per_second: 0.5,
            verified_per_second: 2.0,
            runs: 9,
        })),
    ]
}
