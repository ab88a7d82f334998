//! Store, the statelessness meter: what it says of both lanes, worked out again from what the console exports.

use e2e::{Failure, Page, Setup, Token, run};
use serde_json::Value;

/// What the meter says of one scheme, line by line.
type Column = Vec<String>;

/// What stands where there is nothing to say yet.
const NOTHING: &str = "–";

/// The columns of the meter: both lanes, and both sample runs.
async fn columns(page: &Page) -> anyhow::Result<Vec<Column>> {
    let seen = page.part("The statelessness meter").view().await?;
    let table = seen.table("The statelessness meter")?;
    let column = |place: usize| table.rows.iter().map(move |row| row.cells[place].clone());
    Ok((1..=4).map(|place| column(place).collect()).collect())
}

/// Waits until the meter says of both lanes what can be worked out from the exported exchanges.
async fn is_worked_out(page: &Page) -> anyhow::Result<Vec<Column>> {
    let schemes = page.schemes().await?;
    let all = page.exchanges().await?;
    let expected = [("a", "stateful"), ("b", "stateless")].map(|(letter, lane)| {
        let own = all
            .iter()
            .filter(|it| it["lane"] == lane && it["scheme"] == schemes[letter]);
        worked_out(&own.collect::<Vec<_>>(), &schemes[letter])
    });
    e2e::until("the meter as it can be worked out", async || {
        let seen = columns(page).await?;
        anyhow::ensure!(
            seen[..2] == expected,
            "it says {seen:#?}, and not {expected:#?}"
        );
        Ok(Some(seen))
    })
    .await
}

fn steps(exchange: &Value) -> impl Iterator<Item = &Value> {
    exchange["steps"].as_array().into_iter().flatten()
}

/// The steps of that name that took place.
fn took_place<'a>(exchange: &'a Value, names: &'a [&str]) -> impl Iterator<Item = &'a Value> {
    steps(exchange).filter(|step| {
        names.iter().any(|name| step["name"] == *name)
            && (step["outcome"] == "passed" || step["outcome"] == "noted")
    })
}

/// The store operations of these steps that were to know who the user is.
fn operations<'a>(steps: impl Iterator<Item = &'a Value>) -> Vec<&'a Value> {
    steps
        .flat_map(|step| step["store"].as_array().into_iter().flatten())
        .filter(|it| it["purpose"] == "authentication")
        .collect()
}

fn count(operations: &[&Value], access: &str) -> usize {
    let asked = operations
        .iter()
        .filter(|it| it["access"] == access && it["place"] != "session-cache");
    asked.count()
}

fn said(operations: &[&Value]) -> String {
    let one =
        |count: usize, name: &str| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
    format!(
        "{}, {}",
        one(count(operations, "read"), "read"),
        one(count(operations, "write"), "write")
    )
}

/// Such as `14 min 59 s`.
fn seconds_in_words(seconds: i64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// Until when the latest token of these is good, in seconds since 1970.
fn expiry(own: &[&Value]) -> f64 {
    let issued = own.iter().rev().find_map(|it| {
        let content: Value = serde_json::from_str(it["response"]["body"].as_str()?).ok()?;
        Token::read(content["access_token"].as_str()?).ok()
    });
    issued.map_or(0.0, |token| {
        token.payload["exp"].as_f64().unwrap_or_default()
    })
}

fn worked_out(own: &[&Value], scheme: &Value) -> Column {
    let good = own
        .iter()
        .filter(|it| it["status"].as_u64().is_some_and(|status| status < 400));
    let good: Vec<&Value> = good.copied().collect();
    let last = |path: &str| good.iter().rev().find(|it| it["path"] == path).copied();
    let requests: Vec<&Value> = good
        .iter()
        .filter(|it| {
            !["/login", "/logout", "/refresh"].contains(&it["path"].as_str().unwrap_or_default())
        })
        .filter(|it| took_place(it, &["userIdentified"]).next().is_some())
        .copied()
        .collect();
    let mut column = vec![String::from(NOTHING); 7];
    if !requests.is_empty() {
        let asked = requests.iter().map(|it| operations(steps(it)));
        let reads: usize = asked.clone().map(|all| count(&all, "read")).sum();
        let mean = (100.0 * reads as f64 / requests.len() as f64).round() / 100.0;
        column[0] = match requests.len() {
            1 => format!("{mean} (in 1 request)"),
            many => format!("{mean} (mean of {many} requests)"),
        };
        let without = asked.filter(|all| all.iter().all(|it| it["place"] != "database"));
        let requests = match requests.len() {
            1 => String::from("1 request"),
            many => format!("{many} requests"),
        };
        column[5] = format!("{} of {requests}", without.count());
    }
    if let Some(sign_in) = last("/login") {
        let made = ["sessionCreated", "tokenIssued", "refreshTokenIssued"];
        let written = operations(took_place(sign_in, &made));
        let rows = written.iter().filter(|it| it["access"] == "write");
        let rows: u64 = rows.filter_map(|it| it["rows"].as_u64()).sum();
        column[1] = rows.to_string();
    }
    if let Some(refresh) = last("/refresh") {
        column[2] = said(&operations(steps(refresh)));
    }
    if let Some(sign_out) = last("/logout") {
        let ends = [
            "sessionEnded",
            "tokenDenied",
            "tokenVersionRaised",
            "refreshFamilyEnded",
            "tokenOutlivesSignOut",
        ];
        let done = operations(took_place(sign_out, &ends));
        column[3] = if done.is_empty() {
            String::from("nothing: there is nothing to do")
        } else {
            said(&done)
        };
        let goes_on = took_place(sign_out, &["tokenOutlivesSignOut"])
            .next()
            .is_some();
        let cached = scheme["store"]["sessionCacheSeconds"]
            .as_i64()
            .unwrap_or_default();
        column[4] = if goes_on {
            let left = expiry(own) - sign_out["at"].as_f64().unwrap_or_default();
            format!("not before exp: {}", seconds_in_words(left.floor() as i64))
        } else if cached > 0 {
            format!(
                "a sign-out at once; a kill up to {}",
                seconds_in_words(cached)
            )
        } else {
            String::from("at once")
        };
        column[6] = String::from(if goes_on { "✕ not met" } else { "✓ met" });
    }
    column
}

/// Types it into the console, line by line.
async fn do_all(page: &Page, lines: &[&str]) -> anyhow::Result<()> {
    for line in lines {
        page.console(line).await?;
    }
    Ok(())
}

const SIGN_IN: &str = "playground.signIn('member', 'sample-password')";
const SIGN_OUT: &str = "playground.signOut()";
const ME: &str = "playground.sendToBoth('/me')";
const ORDERS: &str = "playground.sendToBoth('/orders')";

#[test]
fn the_meter_says_what_the_exported_exchanges_say() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let meter = page.part("The statelessness meter");
        let seen = meter
            .is("both sample runs", |seen| {
                seen.tables.first().is_some_and(|it| {
                    it.rows.iter().all(|row| row.cells[1] == NOTHING)
                        && it.rows[0].cells[3] != NOTHING
                })
            })
            .await?;
        for lane in ["Lane A", "Lane B"] {
            let lacking = format!("{lane}: not enough requests yet");
            assert!(seen.says(&lacking), "{seen:#?}");
        }

        do_all(page, &[SIGN_IN, ME, ORDERS, ME]).await?;
        is_worked_out(page).await?;
        do_all(page, &[SIGN_OUT]).await?;
        let columns = is_worked_out(page).await?;
        assert!(!meter.view().await?.says("not enough requests"));
        // The sample runs are of these very schemes: only how many requests there were may differ.
        for (lane, sample) in [(0, 2), (1, 3)] {
            for line in [1, 3, 6] {
                assert_eq!(columns[lane][line], columns[sample][line], "{columns:#?}");
            }
            let reads = |column: usize| columns[column][0].split(' ').next();
            assert_eq!(reads(lane), reads(sample), "{columns:#?}");
        }
        assert_eq!(columns[0][6], "✓ met");
        assert_eq!(columns[1][6], "✕ not met");
        assert_eq!(columns[1][5], "3 of 3 requests");
        Ok(())
    })
}

#[test]
fn state_comes_back_with_each_cure_and_the_meter_counts_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        for (a, b, wait) in [
            (
                "{ preset: 'stateful', store: { sessionCacheSeconds: 60 } }",
                "'hybrid'",
                301,
            ),
            ("'denylist'", "'user-version'", 0),
            (
                "{ preset: 'stateful', store: { place: 'server-memory' } }",
                "{ preset: 'denylist', store: { place: 'server-memory' } }",
                0,
            ),
        ] {
            let set_a = format!("playground.configure('a', {a})");
            let set_b = format!("playground.configure('b', {b})");
            let clock = format!("playground.clock({wait})");
            do_all(page, &[&set_a, &set_b, SIGN_IN, ME, ME, &clock, ME]).await?;
            is_worked_out(page).await?;
            do_all(page, &[SIGN_OUT]).await?;
            let columns = is_worked_out(page).await?;
            if wait > 0 {
                assert!(
                    columns[1][2].contains("read"),
                    "it was refreshed: {columns:#?}"
                );
                assert!(columns[0][4].contains("up to 1 min"), "{columns:#?}");
            }
        }
        Ok(())
    })
}
