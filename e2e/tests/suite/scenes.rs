//! Scenes by the address's fragment; and the ledger, which keeps the application's own reads apart.

use e2e::{Failure, Page, Setup, run, until};

const CURRENT: &str = "return [...document.querySelectorAll('nav a[aria-current=page]')].map((it) => it.textContent.trim()).join()";

async fn current_is(page: &Page, name: &str) -> anyhow::Result<()> {
    until(&format!("“{name}” as the current scene"), async || {
        Ok((page.script(CURRENT, Vec::new()).await? == name).then_some(()))
    })
    .await
}

#[test]
fn the_header_says_which_scene_is_shown_and_there_is_none_for_what_is_unknown()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            page.open().await?;
            current_is(page, "Compare").await?;
            for unknown in ["#/nowhere", "#/Compare", "#/<img src=x>"] {
                page.follow(unknown).await?;
                page.says("There is no scene").await?;
                page.says("This is Compare").await?;
                current_is(page, "").await?;
                assert!(page.offers("Sign in to both").await?, "{unknown}");
            }
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "{over} px too wide at {width}: {outside}");
            page.follow("#/compare").await?;
            current_is(page, "Compare").await?;
            until("the banner gone", async || {
                let words = "return document.body.innerText.includes('There is no scene')";
                Ok((page.script(words, Vec::new()).await? == false).then_some(()))
            })
            .await?;
            page.reload().await?;
            current_is(page, "Compare").await?;
        }
        Ok(())
    })
}

#[test]
fn a_change_of_the_fragment_takes_nothing_away() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.paste_over("Payload", "{ mine }").await?;
        for fragment in ["#/nowhere", "#/compare", ""] {
            page.follow(fragment).await?;
            page.holds("Payload", "{ mine }").await?;
        }
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        Ok(())
    })
}

#[test]
fn the_ledger_keeps_the_applications_own_apart() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        for (request, reads) in [("GET /me", ""), ("GET /orders", "+ 1 of the application")] {
            page.choose_request(request).await?;
            let answers = page.send().await?;
            for (lane, own_reads) in answers.both().into_iter().zip([1, 0]) {
                let said = lane.application.get("Store reads");
                assert_eq!(said.map_or("", String::as_str), reads, "{request}");
                assert_eq!(lane.cost("Store reads")?, own_reads.to_string());
            }
        }
        Ok(())
    })
}

const FOCUS: &str = "\
const field = document.querySelector('main textarea, main input[type=password]');
field?.focus();
return field !== null && document.activeElement === field;";

/// The browser's own *back* takes a scene away under the caret.
#[test]
fn a_scene_can_be_left_in_the_midst_of_typing() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let scenes = [
            ("#/token", "Token"),
            ("#/cookie", "Cookie"),
            ("#/compare", "Compare"),
        ];
        for _ in 0..2 {
            for (fragment, name) in scenes {
                page.follow(fragment).await?;
                current_is(page, name).await?;
                until(&format!("a field of {name} with the focus"), async || {
                    Ok((page.script(FOCUS, Vec::new()).await? == true).then_some(()))
                })
                .await?;
            }
        }
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        Ok(())
    })
}
