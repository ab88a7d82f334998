//! A request written by hand: what is well formed goes out as it stands, and the rest is answered in words.

use e2e::{Failure, Page, Setup, run, until};

const METHOD: &str = "Method";
const PATH: &str = "Path";
const FIELDS: &str = "Header fields, one per line";
const CONTENT: &str = "Content";

/// The fields that are marked as wrong, and whether the mistake is told with them.
const MARKED: &str = "return [...document.querySelectorAll('.by-hand [aria-invalid=true]')].map((it) =>
    [it.labels[0].textContent.trim(), document.getElementById(it.getAttribute('aria-describedby'))?.textContent !== ''])";

async fn open(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.sign_in().await?;
    page.unfold("Change it").await
}

#[test]
fn own_fields_and_content_are_sent_in_both_lanes() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            open(page).await?;
            page.choose_request("POST /orders").await?;
            page.fill(FIELDS, "X-Mood: curious\nAccept: application/json")
                .await?;
            page.fill(CONTENT, r#"{"item":"a bicycle"}"#).await?;
            let answers = page.send().await?;
            assert_eq!(answers.statuses(), [201, 201], "{answers:#?}");
            page.unfold("Request and response as sent").await?;
            for lane in page.answers().await?.both() {
                for words in [
                    "X-Mood: curious\n",
                    "Accept: application/json\n",
                    r#"{"item":"a bicycle"}"#,
                ] {
                    let request = lane.request.replace("\r\n", "\n");
                    assert!(request.contains(words), "no {words}: {request}");
                }
                assert!(lane.response.contains("a bicycle"), "{}", lane.response);
            }
        }
        Ok(())
    })
}

#[test]
fn method_and_path_can_be_written() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        for (method, path, status) in [
            ("DELETE", "/me", 405),
            ("PATCH", "/orders", 405),
            ("GET", "/me?from=here", 200),
            ("GET", "/elsewhere", 404),
            ("GET", "/<script>alert(1)</script>", 404),
        ] {
            page.fill(METHOD, method).await?;
            page.fill(PATH, path).await?;
            let answers = page.send().await?;
            assert_eq!(answers.statuses(), [status; 2], "{method} {path}");
            let asked = format!("{method} {path}");
            assert_eq!(answers.row[1], asked, "{:?}", answers.row);
        }
        Ok(())
    })
}

#[test]
fn what_is_not_well_formed_is_said_in_words_and_stays_as_it_was_typed() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            open(page).await?;
            for (field, typed, words) in [
                (METHOD, "GE T", "A method is one word"),
                (METHOD, "", "A method is one word"),
                (METHOD, "GËT", "A method is one word"),
                (PATH, "me", "The path starts with a slash"),
                (PATH, "/me and you", "no spaces"),
                (FIELDS, "no colon here", "a name, a colon and a value"),
                (FIELDS, "na me: value", "a name, a colon and a value"),
            ] {
                page.choose_request("GET /nowhere").await?;
                page.choose_request("GET /me").await?;
                let before = page.past().await?.rows.len();
                page.fill(field, typed).await?;
                page.press("Send to both").await?;
                until(&format!("“{words}” for {typed:?}"), async || {
                    Ok(page.alerts().await?.contains(words).then_some(()))
                })
                .await?;
                assert_eq!(page.filled(field).await?, typed);
                let marked = page.script(MARKED, Vec::new()).await?;
                assert_eq!(marked, serde_json::json!([[field, true]]), "{typed:?}");
                assert_eq!(page.past().await?.rows.len(), before, "{typed:?} was sent");
            }
            // Put right, it is no mistake any more.
            page.fill(FIELDS, "name: value").await?;
            assert_eq!(page.alerts().await?, "", "it is not said for ever");
            assert_eq!(
                page.script(MARKED, Vec::new()).await?,
                serde_json::json!([])
            );
            page.choose_request("GET /nowhere").await?;
            assert_eq!(page.send().await?.statuses(), [404, 404]);
        }
        Ok(())
    })
}

#[test]
fn content_that_the_server_can_not_read_is_refused_by_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        for typed in [
            "no JSON at all",
            "{}",
            r#"{"item":""}"#,
            r#"{"item":7}"#,
            "[1",
        ] {
            page.choose_request("POST /orders").await?;
            page.fill(CONTENT, typed).await?;
            let answers = page.send().await?;
            assert_eq!(answers.statuses(), [400, 400], "{typed}: {answers:#?}");
            for lane in answers.both() {
                let said = &lane.sentence;
                assert!(
                    said.contains("not the JSON that the server needs"),
                    "{said}"
                );
                lane.failure()?;
            }
            assert_eq!(page.filled(CONTENT).await?, typed);
            page.choose_request("GET /me").await?;
        }
        Ok(())
    })
}

#[test]
fn a_field_matters_in_the_lane_that_reads_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        page.choose_request("POST /orders").await?;
        page.fill(FIELDS, "Origin: https://elsewhere.example")
            .await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [403, 201], "{answers:#?}");
        let said = &answers.stateful.sentence;
        assert!(said.contains("comes from another site"), "{said}");
        let (failed, _) = answers.stateful.failure()?;
        let named = failed.text.contains("https://elsewhere.example");
        assert!(named, "{failed:#?}");
        assert!(answers.row[1].contains("they differ"), "{:?}", answers.row);

        // What someone writes into Authorization concerns the other lane alone.
        page.choose_request("GET /me").await?;
        page.fill(FIELDS, "Authorization: Bearer of.bad.news")
            .await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [200, 401], "{answers:#?}");
        Ok(())
    })
}

#[test]
fn the_open_form_fits_at_any_width() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        for width in [1440, 820, 390, 320] {
            page.set_width(width).await?;
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "{over} px too wide at {width}: {outside}");
        }
        Ok(())
    })
}
