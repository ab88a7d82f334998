//! What servers whose tokens have a record write into their audit log: whom it is about, and what tells the credential from
//! others.

use protocol::{AuditEvent, Carrier, Lane, Preset, Scheme};
use sessions::AuditEntry;

use crate::client::{Client, refresh, sign_out};
use crate::fixture::{MEMBER, NOW, World, get, sign_in, worlds};
use crate::refresh::secret;

/// The fixture's first random bytes are all 1.
const JTI: &str = "AQEBAQEBAQEBAQEB";
const FAMILY: &str = "01010101";

/// What happens to a world and a client that has signed in, and the entries of it, oldest first.
type Deed = fn(&mut World, &mut Client);

#[track_caller]
fn check(scheme: Scheme, deed: Deed, expected: &[(AuditEvent, Option<u32>, Option<&str>)]) {
    for mut world in worlds() {
        world.schemes[1] = scheme;
        let mut client = Client::signed_in(&mut world, Lane::B);
        deed(&mut world, &mut client);
        let mut entries = world.audit();
        entries.reverse();
        let expected: Vec<_> = (1..)
            .zip(expected)
            .map(|(id, (event, user, subject))| AuditEntry {
                id,
                at: NOW,
                event: *event,
                lane: Some(Lane::B),
                user: *user,
                subject: subject.map(str::to_owned),
            })
            .collect();
        assert_eq!(entries, expected, "{scheme:?}");
    }
}

fn signs_out(world: &mut World, client: &mut Client) {
    client.send(world, Lane::B, &sign_out());
}

fn is_refused_afterwards(world: &mut World, client: &mut Client) {
    let copy = client.clone();
    signs_out(world, client);
    world.send(Lane::B, &copy.on(Lane::B, get("/me")));
}

#[test]
fn each_scheme_with_a_record_writes_down_what_happened() {
    use AuditEvent::{RefreshTokenReused, RequestRefused, SignInRefused, SignedIn, SignedOut};
    let member = Some(MEMBER);
    let (jti, family) = (Some(JTI), Some(FAMILY));
    let hash = secret(99).hash().to_string();
    for preset in [Preset::Denylist, Preset::UserVersion] {
        check(
            preset.scheme(),
            is_refused_afterwards,
            &[
                (SignedIn, member, jti),
                (SignedOut, member, jti),
                (RequestRefused, member, jti),
            ],
        );
    }
    check(
        Preset::Hybrid.scheme(),
        |world, client| {
            client.refresh(world, Lane::B);
            client.clone().refresh(world, Lane::B);
            client.refresh(world, Lane::B);
            client.refresh(world, Lane::B);
            signs_out(world, client);
        },
        &[
            (SignedIn, member, family),
            (RefreshTokenReused, member, family),
        ],
    );
    check(
        Preset::Hybrid.scheme(),
        |world, client| {
            let mut copy = client.clone();
            signs_out(world, client);
            copy.refresh(world, Lane::B);
            let invented = secret(99).as_str().to_owned();
            copy.cookies.insert(String::from("refresh_token"), invented);
            copy.refresh(world, Lane::B);
            // Everyday and meaningless: not written down.
            world.send(Lane::B, &refresh());
            world.send(Lane::B, &get("/me"));
        },
        &[
            (SignedIn, member, family),
            (SignedOut, member, family),
            (RequestRefused, member, family),
            (RequestRefused, None, hash.get(..8)),
        ],
    );
    check(
        Preset::Hybrid.scheme(),
        |world, _| {
            world.send(Lane::B, &sign_in("member", "wrong"));
            world.send(Lane::B, &sign_in("suspended", server::SAMPLE_PASSWORD));
        },
        &[
            (SignedIn, member, family),
            (SignInRefused, member, None),
            (SignInRefused, Some(13), None),
        ],
    );
}

/// Its tables stay as they are: that is the lesson. In a cookie a token has no more of a record than elsewhere.
#[test]
fn a_token_without_a_record_leaves_none() {
    for carrier in Carrier::ALL {
        let scheme = Scheme {
            carrier,
            ..Scheme::STATELESS
        };
        check(scheme, is_refused_afterwards, &[]);
    }
}
