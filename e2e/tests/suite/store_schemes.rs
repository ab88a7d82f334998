//! Store, schemes: what can be put together, what is refused in words, and what it comes to at the next request.

use e2e::{Failure, Lane, Page, Part, Setup, run};
use serde_json::{Value, json};

const CREDENTIAL: &str = "Credential";
const CARRIER: &str = "Carrier";
const REVOCATION: &str = "Revocation";
const STORE: &str = "Store";

/// The names on the screen, and those in the console.
const CREDENTIALS: [(&str, &str); 3] = [
    ("session ID", "session-id"),
    ("access token", "access-token"),
    ("access token and refresh token", "access-and-refresh"),
];
const CARRIERS: [(&str, &str); 4] = [
    ("cookie", "cookie"),
    ("Bearer, from localStorage", "local-storage"),
    ("Bearer, from sessionStorage", "session-storage"),
    ("Bearer, from page script’s memory", "memory"),
];
const REVOCATIONS: [(&str, &str); 4] = [
    ("the record is deleted", "record"),
    ("nothing: it expires", "expiry"),
    ("a denylist by jti", "denylist"),
    ("a version number of the user", "user-version"),
];

pub(crate) async fn open(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.go_to_store().await
}

/// Signs in, sends and signs out in both lanes; the statuses, and at last those of a request after it.
async fn life(page: &Page) -> anyhow::Result<Value> {
    page.console(
        "(async () => {
          const statuses = ({ stateful, stateless }) => [stateful.status, stateless.status];
          return [
            statuses(await playground.signIn('member', 'sample-password')),
            statuses(await playground.sendToBoth('/me')),
            statuses(await playground.signOut()),
            statuses(await playground.sendToBoth('/me')),
          ];
        })()",
    )
    .await
}

#[test]
fn every_combination_that_is_offered_works_and_the_others_say_why_not() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let lane = page.scheme_of("B");
        lane.says("Lane B: Stateless").await?;
        for (credential, credential_word) in CREDENTIALS {
            lane.pick(CREDENTIAL, credential).await?;
            let seen = lane
                .is("the credential", |seen| {
                    seen.offered(CREDENTIAL).1 == credential
                })
                .await?;
            let is_session = credential_word == "session-id";
            let why = if is_session {
                "Not offered: A session ID is revoked by deleting its record"
            } else {
                "Not offered: An access token has no record that could be deleted"
            };
            assert!(seen.text.contains(why), "{seen:#?}");
            let (offered, _) = seen.offered(REVOCATION);
            let sensible: Vec<&str> = REVOCATIONS
                .iter()
                .filter(|(_, word)| (*word == "record") == is_session)
                .map(|(name, _)| *name)
                .collect();
            assert_eq!(offered, sensible);
            for (carrier, carrier_word) in CARRIERS {
                lane.pick(CARRIER, carrier).await?;
                for (revocation, revocation_word) in REVOCATIONS {
                    if !sensible.contains(&revocation) {
                        continue;
                    }
                    lane.pick(REVOCATION, revocation).await?;
                    let wanted = json!([credential_word, carrier_word, revocation_word]);
                    // The other lane goes by the same scheme: they share nothing even then.
                    let both = page
                        .console(
                            "(async () => {
                              const { b } = await playground.schemes();
                              await playground.configure('a', b);
                              return [b.credential, b.carrier, b.revocation];
                            })()",
                        )
                        .await?;
                    assert_eq!(both, wanted);
                    let statuses = life(page).await?;
                    assert_eq!(
                        (&statuses[0], &statuses[1], &statuses[3]),
                        (&json!([200, 200]), &json!([200, 200]), &json!([401, 401])),
                        "{wanted}: {statuses}"
                    );
                    assert_eq!(statuses[2][0], statuses[2][1], "{wanted}: {statuses}");
                }
            }
        }
        Ok(())
    })
}

#[test]
fn a_preset_sets_all_axes_and_each_change_of_one_is_named() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let lane = page.scheme_of("A");
        let presets = page.schemes().await?["presets"].clone();
        for (name, word, meaning) in [
            ("Hybrid", "hybrid", "rotating refresh token"),
            ("JWT in a cookie", "token-in-cookie", "CSRF is back"),
            ("JWT and denylist", "denylist", "one read a request"),
            (
                "JWT and version",
                "user-version",
                "the user’s version number",
            ),
            ("Stateless", "stateless", "no record on the server"),
            ("Stateful", "stateful", "a record on the server"),
        ] {
            lane.choose("Preset", name).await?;
            let seen = lane.says(&format!("Lane A: {name}")).await?;
            assert!(seen.text.contains(meaning), "{name}: {}", seen.text);
            assert_eq!(page.schemes().await?["a"], presets[word], "{name}");
        }
        lane.pick(CARRIER, "Bearer, from page script’s memory")
            .await?;
        lane.says("Lane A: Own scheme").await?;
        assert_eq!(lane.chosen("Preset").await?, "own");
        lane.says("A scheme of your own.").await?;
        // Compare goes by it too, and it is still there after a reload.
        page.reload().await?;
        page.go_to_scene("Compare").await?;
        assert_eq!(page.scheme(Lane::Stateful).await?, "own");
        Ok(())
    })
}

/// Types into a field what is none, and then what is one.
async fn is_kept_as_typed(
    lane: &Part<'_>,
    label: &str,
    nonsense: &[&str],
    why: &str,
) -> anyhow::Result<()> {
    for typed in nonsense {
        lane.fill(label, typed).await?;
        let field = lane
            .field_is(label, |field| field.is_wrong && field.value == *typed)
            .await?;
        assert!(field.note.starts_with(why), "{typed}: {field:?}");
    }
    Ok(())
}

#[test]
fn lifetimes_end_what_they_say_and_nonsense_stays_as_typed() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let (a, b) = (page.scheme_of("A"), page.scheme_of("B"));
        let before = page.schemes().await?;
        let nonsense = ["soon", "-1", "0", "1.5", "1e3", "99999999999", "<b>1</b>"];
        let why = "Not used: it takes a whole number of seconds from 1 to 34,560,000";
        is_kept_as_typed(&a, "Idle timeout", &nonsense, why).await?;
        is_kept_as_typed(&b, "Access token", &nonsense, why).await?;
        let why = "Not used: it takes a whole number of seconds from 0 to";
        is_kept_as_typed(&a, "Touch interval", &["often", "-1"], why).await?;
        assert_eq!(page.schemes().await?, before, "nothing of it is used");

        for (lane, label, typed, words) in [
            (&a, "Idle timeout", "100", "1 min 40 s"),
            (&a, "Absolute timeout", "200", "3 min 20 s"),
            (&a, "Touch interval", "0", "0 s"),
            (&b, "Access token", "150", "2 min 30 s"),
            (&b, "Leeway", "20", "20 s"),
        ] {
            lane.fill(label, typed).await?;
            lane.field_is(label, |it| !it.is_wrong && it.words == words)
                .await?;
        }
        let schemes = page.schemes().await?;
        let [of_a, of_b] = ["a", "b"].map(|lane| schemes[lane]["lifetimes"].clone());
        assert_eq!(of_a["idleTimeout"], 100, "{of_a}");
        assert_eq!(
            (&of_b["accessToken"], &of_b["leeway"]),
            (&json!(150), &json!(20))
        );

        page.sign_member_in().await?;
        // A clock that stands before the sign-in refuses nobody.
        page.console("playground.clock(-3600)").await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        // Each use prolongs the session, up to its end; the token has its leeway.
        for (seconds, statuses) in [
            (80, [200, 200]),
            (155, [200, 200]),
            (175, [200, 401]),
            (201, [401, 401]),
        ] {
            page.console(&format!("playground.clock({seconds})"))
                .await?;
            assert_eq!(page.statuses_of("/me").await?, statuses, "{seconds} s");
        }
        a.tick("Sliding: use prolongs the session, and is written down")
            .await?;
        page.console("playground.clock(0)").await?;
        page.sign_member_in().await?;
        for (seconds, status) in [(80, 200), (101, 401)] {
            page.console(&format!("playground.clock({seconds})"))
                .await?;
            assert_eq!(page.statuses_of("/me").await?[0], status, "{seconds} s");
        }
        Ok(())
    })
}

/// What the last request of the left lane cost: milliseconds of network, and operations by their place.
async fn cost(page: &Page, place: &str) -> anyhow::Result<(f64, u32)> {
    let last = page.last_exchange(Lane::Stateful).await?;
    let steps = last["steps"].as_array().cloned().unwrap_or_default();
    let operations = steps
        .iter()
        .flat_map(|step| step["store"].as_array().cloned().unwrap_or_default())
        .filter(|operation| operation["place"] == place);
    let network = last["ledger"]["networkMilliseconds"].as_f64();
    Ok((network.unwrap_or_default(), operations.count() as u32))
}

#[test]
fn distance_costs_time_and_a_cache_makes_a_kill_late() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let lane = page.scheme_of("A");
        page.sign_member_in().await?;
        page.statuses_of("/me").await?;
        let (near, operations) = cost(page, "database").await?;
        assert!(operations > 0);
        for (distance, milliseconds, source) in [
            ("another region", 150.0, "Jeff Dean"),
            ("same zone", 0.5, "Jeff Dean"),
            ("same host", 0.05, "an assumption"),
            (
                "another zone of the region",
                1.0,
                "single-digit milliseconds",
            ),
        ] {
            lane.choose("Distance", distance).await?;
            let field = lane
                .field_is("There and back, ms", |it| {
                    it.value == milliseconds.to_string()
                })
                .await?;
            assert!(field.note.starts_with("Modelled"), "{field:?}");
            assert!(field.note.contains(source), "{field:?}");
            page.statuses_of("/me").await?;
            let (far, operations) = cost(page, "database").await?;
            let expected = near + f64::from(operations) * milliseconds;
            assert!(
                (far - expected).abs() < 0.01,
                "{distance}: {far}, {expected}"
            );
        }
        let why = "Not used: it takes milliseconds from 0 to 10,000";
        is_kept_as_typed(&lane, "There and back, ms", &["fast", "-1", "10001"], why).await?;
        lane.fill("There and back, ms", "7.5").await?;
        lane.field_is("There and back, ms", |it| {
            it.note.contains("Your own figure")
        })
        .await?;
        assert_eq!(lane.chosen("Distance").await?, "own");

        let cache = "Session cache, s";
        let why = "Not used: it takes a whole number of seconds";
        is_kept_as_typed(&lane, cache, &["long", "-5"], why).await?;
        lane.fill(cache, "60").await?;
        let field = lane.field_is(cache, |it| it.words == "1 min").await?;
        assert!(
            field.note.contains("takes up to this long to bite"),
            "{field:?}"
        );
        page.scheme_of("B")
            .says("No session cache. There is nothing to cache")
            .await?;

        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        let tables = page.part("Tables");
        tables.press_starting("Kill the session").await?;
        tables.says("sessions: empty").await?;
        assert_eq!(
            page.statuses_of("/me").await?[0],
            200,
            "the cache believes it"
        );
        assert_eq!(cost(page, "session-cache").await?.1, 1);
        assert_eq!(cost(page, "database").await?.1, 0);
        page.console("playground.clock(61)").await?;
        assert_eq!(page.statuses_of("/me").await?[0], 401);
        Ok(())
    })
}

#[test]
fn a_restart_takes_what_was_in_memory_and_says_so() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        let schemes = page.part("Schemes");
        page.sign_member_in().await?;
        schemes.press("Restart the servers").await?;
        let seen = schemes.says("Nothing was lost").await?;
        assert!(
            seen.says("The database stayed, with 1 session"),
            "{seen:#?}"
        );
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);

        page.scheme_of("A")
            .pick(STORE, "the server’s memory")
            .await?;
        page.sign_member_in().await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);
        schemes.press("Restart the servers").await?;
        let seen = schemes.says("and is gone").await?;
        assert!(
            seen.says("1 session or refresh token was in memory"),
            "{seen:#?}"
        );
        assert!(seen.says("Tokens stayed valid"), "{seen:#?}");
        assert_eq!(page.statuses_of("/me").await?, [401, 200]);
        page.go_to_scene("Compare").await?;
        page.past()
            .await?
            .rows
            .iter()
            .find(|row| row.text().contains("started the servers anew"))
            .ok_or_else(|| anyhow::anyhow!("the history says nothing of it"))?;
        Ok(())
    })
}
