//! Samples of what is said of cookies.

use crate::exchange_sample::{MOMENT, cookie};
use protocol::{
    AttributeEffect, AttributeKind, AttributeRead, CookieEffect, CookieFate, CookieGrade,
    CookieHeld, CookieRule, CookieText, Defaults, Excerpt, GradeFinding, IgnoredAttribute,
    Initiator, JarDecision, JarOutcome, JarTrial, LineOutcome, MatrixCell, Pasted, Place, SameSite,
    SceneCommand, SceneReply, Storing, TrialRequest,
};

fn text(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn effect() -> CookieEffect {
    CookieEffect {
        line: text("a=b"),
        storing: Storing::Stored(cookie()),
        ignored: vec![IgnoredAttribute {
            name: text("Priority"),
            unknown: true,
        }],
        script_line: Some(text("a=b")),
    }
}

fn place(path: &str) -> Place {
    Place {
        origin: text("https://example.org"),
        path: text(path),
    }
}

pub(crate) fn command() -> SceneCommand {
    SceneCommand::TryJar(Box::new(JarTrial {
        pasted: Pasted::Text {
            text: text("Set-Cookie: a=b"),
            kind: Some(CookieText::SetCookie),
        },
        set_by: place("/login"),
        set_for: Initiator::ForeignFetchWithoutCredentials,
        set_at: MOMENT,
        request: Some(TrialRequest {
            to: place("/me"),
            method: text("POST"),
            initiator: Initiator::ForeignForm,
            at: MOMENT,
        }),
        defaults: Defaults::Others,
        at_hand: Some(1),
        most_lines: 60,
    }))
}

pub(crate) fn reply() -> SceneReply {
    let held = CookieHeld::SameSite {
        same_site: SameSite::Default,
        initiator: Initiator::ForeignForm,
    };
    let cell = |fate| MatrixCell {
        same_site: SameSite::None,
        initiator: Initiator::ThisSite,
        method: text("GET"),
        fate,
    };
    SceneReply::JarTried(Box::new(JarOutcome {
        kind: Some(CookieText::Pairs),
        unwrapped: true,
        other_fields: 1,
        left_out: 2,
        lines: vec![LineOutcome {
            line: Excerpt::of("a=b; Path=/", 200),
            storing: Storing::Refused(CookieRule::WithoutCredentials),
            replaced: true,
            attributes: vec![AttributeRead {
                name: Excerpt::of("Path", 2),
                value: Excerpt::of("/", 200),
                kind: AttributeKind::Path,
                effect: AttributeEffect::Capped,
            }],
            grades: vec![CookieGrade {
                requirement: 5,
                finding: GradeFinding::TooLarge,
            }],
        }],
        jar: vec![cookie()],
        decisions: vec![JarDecision {
            cookie: 0,
            held: Some(held.clone()),
        }],
        header: Some(text("a=b")),
        at_hand: Some(0),
        matrix: vec![
            cell(CookieFate::Sent),
            cell(CookieFate::Held(held)),
            cell(CookieFate::Refused(CookieRule::NoneWithoutSecure)),
        ],
    }))
}
