//! The token, edited in the lane: each of its three views carries to the others, and at each change the lane says what
//! the next request would meet.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use e2e::{Failure, Lane, Page, Setup, compact, run};

const COMPACT: &str = "Access token";
const HEADER: &str = "Header";
const PAYLOAD: &str = "Payload";
const PUT_BACK: &str = "Put back the issued one";
const RE_SIGN: &str = "Re-sign as the server would";
const KEEP_SIGNATURE: &str = "Keep the old signature";
const ADMIN: &str = "Make it say admin";
const LANE: Lane = Lane::Stateless;

const ACCEPTED: &str = "user #42";
const MISMATCH: &str = "The signature does not match";
const GOES_BY_IT: &str = "The token says role admin, the users table says member.";
const EDITED: &str = "Edited: the browser still holds another token";
const NOT_EDITED: &str = "This is the token that the browser holds";

/// Opens the page and signs in; the issued token.
async fn signed_in(page: &Page) -> anyhow::Result<String> {
    page.open().await?;
    page.sign_in().await?;
    let token = page.token().await?.expect("the token is there");
    page.holds(COMPACT, &token).await?;
    page.would_meet(LANE, ACCEPTED).await?;
    Ok(token)
}

/// Numbers change with each second: what is left is the same.
fn without_numbers(sentence: &str) -> String {
    sentence.chars().filter(|it| !it.is_ascii_digit()).collect()
}

#[test]
fn the_editor_shows_the_very_token_and_each_view_carries_to_the_others() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            let token = signed_in(page).await?;
            page.holds(HEADER, &compact::part(&token, 0)).await?;
            page.holds(PAYLOAD, &compact::part(&token, 1)).await?;
            page.browser_panel(LANE, NOT_EDITED).await?;

            for payload in [
                r#"{"sub":"42"}"#,
                "{ \"z\" : 1,\n\t\"a\": 2 }\n",
                "  {\"a\":1.50,\"a\":1e3,\"é\":\"\\u00e9 🎫\"}",
                "no JSON at all",
                "",
            ] {
                page.paste_over(PAYLOAD, payload).await?;
                page.holds(
                    COMPACT,
                    &compact::with(&token, 1, &compact::encoded(payload)),
                )
                .await?;
                page.holds(HEADER, &compact::part(&token, 0)).await?;
                page.holds(PAYLOAD, payload).await?;
                page.browser_panel(LANE, EDITED).await?;
            }
            let header = "{\"typ\":\"at+jwt\" ,\n \"alg\":\"HS256\"}";
            page.paste_over(HEADER, header).await?;
            page.holds(
                COMPACT,
                &compact::with(&compact::with(&token, 1, ""), 0, &compact::encoded(header)),
            )
            .await?;
            let payload = "{\n  \"sub\": \"7\" }";
            page.paste_over(
                COMPACT,
                &compact::with(&token, 1, &compact::encoded(payload)),
            )
            .await?;
            page.holds(PAYLOAD, payload).await?;
            page.holds(HEADER, &compact::part(&token, 0)).await?;

            // The browser holds what it held, until it is given another one.
            assert_eq!(page.token().await?.as_deref(), Some(token.as_str()));
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "{over} px too wide at {width}: {outside}");
        }
        Ok(())
    })
}

#[test]
fn what_a_field_can_not_show_stays_in_the_token_byte_for_byte() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        for payload in [
            &b"{\r\n\"sub\":\"42\"\r\n}"[..],
            &b"{\"a\":\"\xff\xfe\"}"[..],
            &b"\0\x01{}"[..],
        ] {
            let odd = compact::with(&token, 1, &URL_SAFE_NO_PAD.encode(payload));
            page.paste_over(COMPACT, &odd).await?;
            page.would_meet(LANE, MISMATCH).await?;
            page.paste_over(HEADER, "{}").await?;
            page.holds(COMPACT, &compact::with(&odd, 0, &compact::encoded("{}")))
                .await?;
        }
        Ok(())
    })
}

/// Which view is typed over, and with what; whether it is signed afterwards; what comes.
type Edit = (&'static str, &'static str, String, bool, &'static str);

fn edits(token: &str) -> Vec<Edit> {
    let [header, payload] = [0, 1].map(|place| compact::part(token, place));
    let signature = token.rsplit('.').next().unwrap_or_default();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let expired = payload.replacen("\"exp\":1", "\"exp\":", 1);
    vec![
        (
            "another role",
            PAYLOAD,
            payload.replace("member", "admin"),
            false,
            MISMATCH,
        ),
        ("a space", PAYLOAD, format!("{payload} "), false, MISMATCH),
        (
            "another signature",
            COMPACT,
            compact::with(token, 2, &format!("{other}{}", &signature[1..])),
            false,
            MISMATCH,
        ),
        (
            "a bad header",
            COMPACT,
            format!("!{token}"),
            false,
            "The header has a character that base64url does not have, at position 1: “!”",
        ),
        (
            "a bad payload",
            COMPACT,
            compact::with(token, 1, "ey+J"),
            false,
            "The payload has a character that base64url does not have, at position 3: “+”",
        ),
        (
            "a bad signature",
            COMPACT,
            format!("{token}="),
            false,
            "The signature has a character that base64url does not have, at position 44: “=”",
        ),
        (
            "a broken header",
            HEADER,
            String::from("{\"alg\":\"HS256\",\n oops}"),
            false,
            "The header is not JSON: line 2, column 2.",
        ),
        (
            "a broken payload, signed",
            PAYLOAD,
            String::from("{\n \"sub\": \"42\",\n  oops}"),
            true,
            "The payload is not JSON: line 3, column 3.",
        ),
        (
            "a list, signed",
            PAYLOAD,
            String::from("[]"),
            true,
            "The payload is JSON, but not an object.",
        ),
        (
            "nothing expires, signed",
            PAYLOAD,
            String::from("{}"),
            true,
            "is missing, and the server needs it",
        ),
        (
            "long expired, signed",
            PAYLOAD,
            expired,
            true,
            "The token expired",
        ),
        (
            "spaces, signed",
            PAYLOAD,
            payload.replace(',', " ,\n"),
            true,
            ACCEPTED,
        ),
        (
            "no algorithm",
            HEADER,
            String::from(r#"{"alg":"none"}"#),
            false,
            "an unsigned token",
        ),
        ("header first", HEADER, format!(" {header}"), true, ACCEPTED),
        (
            "a word",
            COMPACT,
            String::from("hello"),
            false,
            "This one has 1",
        ),
        (
            "five parts",
            COMPACT,
            String::from("a.b.c.d.e"),
            false,
            "encrypted token",
        ),
    ]
}

#[test]
fn what_is_said_before_is_what_the_server_says_after() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        for (edit, field, text, is_signed, words) in edits(&token) {
            page.paste_over(field, &text).await?;
            if is_signed {
                page.press_in(LANE, RE_SIGN).await?;
            }
            let next = page.would_meet(LANE, words).await;
            let next = next.map_err(|error| error.context(edit))?;
            assert_eq!(
                page.token().await?.as_deref(),
                Some(token.as_str()),
                "{edit}: nothing is put into the browser unasked"
            );
            let edited = page.filled(COMPACT).await?;
            page.put_into_browser(LANE).await?;
            page.browser_panel(LANE, NOT_EDITED).await?;
            assert_eq!(page.token().await?, Some(edited), "{edit}");
            let answer = page.send().await?.stateless;
            assert_eq!(answer.status, next.status, "{edit}: {answer:#?}");
            assert_eq!(
                without_numbers(&answer.sentence),
                without_numbers(&next.sentence),
                "{edit}"
            );
            page.press_in(LANE, PUT_BACK).await?;
            page.holds(COMPACT, &token).await?;
            page.put_into_browser(LANE).await?;
            page.would_meet(LANE, ACCEPTED).await?;
        }
        assert_eq!(page.token().await?, Some(token));
        Ok(())
    })
}

#[test]
fn an_emptied_token_meets_what_was_said_of_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.paste_over(COMPACT, "").await?;
        let next = page.would_meet(LANE, "✕ 401").await?;
        page.put_into_browser(LANE).await?;
        page.newest("token").await?;
        let answer = page.send().await?.stateless;
        assert_eq!(answer.sentence, next.sentence);
        Ok(())
    })
}

#[test]
fn with_the_servers_signature_it_is_believed_and_with_the_old_one_not() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        let token = signed_in(page).await?;
        page.press_in(LANE, ADMIN).await?;
        let promoted = compact::part(&token, 1).replace(r#""role":"member""#, r#""role":"admin""#);
        page.holds(PAYLOAD, &promoted).await?;
        page.would_meet(LANE, MISMATCH).await?;

        page.press_in(LANE, RE_SIGN).await?;
        page.would_meet(LANE, ACCEPTED).await?;
        page.press_in(LANE, KEEP_SIGNATURE).await?;
        page.would_meet(LANE, MISMATCH).await?;
        page.holds(
            COMPACT,
            &compact::with(&token, 1, &compact::encoded(&promoted)),
        )
        .await?;
        page.choose_request("GET /admin/users").await?;
        page.put_into_browser(LANE).await?;
        assert_eq!(page.send().await?.statuses(), [403, 401]);
        let on_the_server = page.answers().await?.stateless.on_the_server;
        assert!(!on_the_server.contains(GOES_BY_IT), "{on_the_server}");

        page.press_in(LANE, RE_SIGN).await?;
        page.would_meet(LANE, ACCEPTED).await?;
        page.put_into_browser(LANE).await?;
        assert_eq!(page.send().await?.statuses(), [403, 200]);
        page.lane_is(LANE, GOES_BY_IT, |seen| {
            seen.on_the_server.contains(GOES_BY_IT)
        })
        .await?;

        page.press_in(LANE, KEEP_SIGNATURE).await?;
        page.would_meet(LANE, MISMATCH).await?;
        page.put_into_browser(LANE).await?;
        assert_eq!(page.send().await?.statuses(), [403, 401]);
        page.lane_is(LANE, "nobody who goes by it", |seen| {
            !seen.on_the_server.contains(GOES_BY_IT)
        })
        .await?;

        page.press_in(LANE, PUT_BACK).await?;
        page.holds(COMPACT, &token).await?;
        page.put_into_browser(LANE).await?;
        assert_eq!(page.send().await?.statuses(), [403, 403]);
        assert_eq!(page.token().await?, Some(token));
        Ok(())
    })
}

#[test]
fn by_the_clock_alone_it_expires_and_the_lane_says_so() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        signed_in(page).await?;
        page.move_clock("+15 min").await?;
        page.move_clock("+15 min").await?;
        page.would_meet(LANE, "The token expired").await?;
        page.browser_panel(LANE, NOT_EDITED).await?;
        page.move_clock("back to now").await?;
        page.would_meet(LANE, ACCEPTED).await?;
        Ok(())
    })
}
