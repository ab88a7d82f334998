//! Whatever is typed or pasted into the token's editor: nothing of it runs, nothing breaks, it stays as it was typed,
//! and the verdict comes.

use e2e::{Failure, Lane, Page, Setup, run, until};

const COMPACT: &str = "Access token";
const LANE: Lane = Lane::Stateless;
/// What would be noticed as standing still, on a machine under load.
const STANDS_STILL_MILLISECONDS: f64 = 3000.0;
/// From a key press in the field that has the focus to what is painted of it.
const KEY_PRESS: &str = "\
const done = arguments[0];
const start = performance.now();
document.execCommand('insertText', false, '!');
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));";

async fn open(page: &Page) -> anyhow::Result<()> {
    page.open().await?;
    page.sign_in().await?;
    page.script("window.ran = 0", Vec::new()).await?;
    page.would_meet(LANE, "user #42").await?;
    Ok(())
}

#[test]
fn whatever_is_typed_stays_and_nothing_of_it_runs() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        open(page).await?;
        for field in [COMPACT, "Header", "Payload"] {
            for typed in [
                "",
                "..",
                "....",
                "\u{1}\u{7f}\t\u{200e}",
                "🎫.🛂.🔑",
                "<img src=x onerror=window.ran=1>",
                "</textarea><script>window.ran=1</script>",
                "`code` {{ }} ${window.ran=1}",
                "__proto__",
            ] {
                page.paste_over(field, typed).await?;
                page.would_meet(LANE, "✕ 401").await?;
                assert_eq!(page.filled(field).await?, typed, "in {field}");
            }
            page.press_in(LANE, "Put back the issued one").await?;
            page.would_meet(LANE, "user #42").await?;
        }
        let ran = page.script("return window.ran", Vec::new()).await?;
        assert_eq!(ran, 0);
        let images = "return document.querySelectorAll('img, main script').length";
        assert_eq!(page.script(images, Vec::new()).await?, 0);
        Ok(())
    })
}

#[test]
fn a_token_of_a_megabyte_is_kept_plain_and_judged() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        for width in [1440, 390] {
            page.set_width(width).await?;
            open(page).await?;
            let huge = format!("{}.{}.x", "a".repeat(500_000), "b".repeat(500_000));
            page.paste_over(COMPACT, &huge).await?;
            page.would_meet(LANE, "The server takes").await?;
            assert!(page.filled(COMPACT).await? == huge, "at {width}");
            let coloured = page
                .script(
                    "const field = document.activeElement;
                     return field.parentElement.querySelector('[aria-hidden=true]').textContent.length",
                    Vec::new(),
                )
                .await?;
            assert_eq!(coloured, 0, "so long a token is not coloured");

            let took = page.async_script(KEY_PRESS, Vec::new()).await?;
            let took = took.as_f64().unwrap_or(f64::INFINITY);
            assert!(
                took < STANDS_STILL_MILLISECONDS,
                "a key press takes {took} ms at {width}"
            );
            page.would_meet(LANE, "The server takes").await?;
            let (over, outside) = page.overflow().await?;
            assert!(over <= 0, "{over} px too wide at {width}: {outside}");

            // It can go all the way, and back.
            page.put_into_browser(LANE).await?;
            let answer = page.send().await?.stateless;
            assert_eq!(answer.status_code(), 431, "{}", answer.sentence);
            page.press_in(LANE, "Undo").await?;
            until("the text before the last key press", async || {
                Ok((page.filled(COMPACT).await? == huge).then_some(()))
            })
            .await?;
            page.press_in(LANE, "Undo").await?;
            page.would_meet(LANE, "user #42").await?;
            page.put_into_browser(LANE).await?;
            assert_eq!(page.send().await?.statuses(), [200, 200]);
        }
        Ok(())
    })
}
