//! An exchange, and what it is made of, with something in every field.

use crate::cookie_sample;
use protocol::{
    Access, Carrier, Check, Cookie, CookieRule, Cost, Errand, Exchange, Fact, Header, Lane, Ledger,
    Outcome, PageContext, Party, Presented, Preset, Purpose, Rejection, Request, Response,
    SameSite, Site, Step, StoreCost, StoreOperation, StorePlace, Timestamp, TokenCheck, TokenPart,
    TokenRejection,
};

pub(crate) const MOMENT: Timestamp = Timestamp::from_milliseconds(1_700_000_000_123);

pub(crate) fn text(text: &str) -> String {
    text.to_owned()
}

pub(crate) fn site() -> Site {
    Site {
        origin: text("https://example.org"),
        base_path: text("/sub/"),
    }
}

pub(crate) fn page() -> PageContext {
    PageContext {
        site: site(),
        cookie: Some(text("a=b; c=d")),
        bearers: [None, Some(text("a.b.c"))],
        user_agent: Some(text("Mozilla/5.0")),
    }
}

pub(crate) fn errand(lane: Lane) -> Errand {
    Errand {
        lane,
        method: text("POST"),
        path: text("/login?ä=1"),
        headers: vec![Header::new("X-Test", "")],
        body: text("{\"account\":\"🎫\"}"),
        credential: match lane {
            Lane::A => Presented::FromBrowser,
            Lane::B => Presented::Copy(text("sid=1")),
        },
    }
}

pub(crate) fn cookie() -> Cookie {
    Cookie {
        name: text("sid"),
        value: text("abc"),
        domain: text("example.org"),
        host_only: true,
        path: text("/sub/"),
        expires: Some(MOMENT),
        secure: true,
        http_only: false,
        same_site: SameSite::Lax,
        created: MOMENT,
        attributes_known: true,
    }
}

fn step(party: Party, check: Check, outcome: Outcome) -> Step {
    Step {
        party,
        check,
        outcome,
        cost: Cost {
            store: vec![StoreOperation {
                access: Access::Read,
                place: StorePlace::SessionCache,
                purpose: Purpose::Application,
                statement: text("SELECT 1"),
                rows: 1,
                full_scan_steps: 2,
                vm_steps: u32::MAX,
            }],
            signature_checks: 1,
            signatures_made: 2,
            password_hashes: 3,
            microseconds: 0.1,
            network_milliseconds: 20.0,
        },
    }
}

fn steps() -> Vec<Step> {
    vec![
        step(
            Party::PageScript,
            Check::BearerAttached,
            Outcome::Noted(Fact::NoToken {
                key: text("k"),
                carrier: Carrier::Memory,
            }),
        ),
        step(
            Party::UserAgent,
            Check::CookieStored,
            Outcome::Failed(Rejection::Cookie(CookieRule::TooLarge { octets: 5000 })),
        ),
        step(
            Party::Network,
            Check::RequestTravelled,
            Outcome::Passed(Fact::Octets(7)),
        ),
        step(
            Party::Balancer,
            Check::ServerChosen,
            Outcome::Passed(Fact::ServerChosen(3)),
        ),
        step(
            Party::Server(3),
            Check::Token(TokenCheck::Signature),
            Outcome::Failed(Rejection::Token(TokenRejection::ForeignCharacter {
                part: TokenPart::Payload,
                offset: 4,
                character: '🎫',
            })),
        ),
        step(
            Party::Server(3),
            Check::Token(TokenCheck::Type),
            Outcome::NotReached,
        ),
    ]
}

pub(crate) fn exchange() -> Exchange {
    Exchange {
        number: 1,
        lane: Lane::A,
        scheme: Preset::Hybrid.scheme(),
        at: MOMENT,
        path: text("/me"),
        request: Request {
            method: text("GET"),
            target: text("/sub/me"),
            headers: vec![Header::new("Host", "example.org")],
            body: String::new(),
        },
        response: Some(Response {
            status: 200,
            headers: vec![
                Header::new("Set-Cookie", "a=b"),
                Header::new("Set-Cookie", "c=d"),
            ],
            body: text("{}"),
        }),
        steps: steps(),
        cookies: vec![cookie_sample::effect()],
        ledger: Ledger {
            authentication: StoreCost {
                reads: 1,
                writes: 2,
            },
            application: StoreCost {
                reads: 3,
                writes: 4,
            },
            signature_checks: 5,
            signatures_made: 6,
            password_hashes: 7,
            bytes_up: 8,
            bytes_down: 9,
            server_microseconds: 10.5,
            network_milliseconds: 40.0,
        },
    }
}
