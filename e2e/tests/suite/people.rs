//! For people: a sheet of keys, a second language, less motion, larger text, forced colours.

use crate::looks::{fits, look};
use e2e::{Failure, Page, Setup, run, until};
use serde_json::json;
use thirtyfour::Key;

async fn sheet_is_open(page: &Page) -> anyhow::Result<bool> {
    let open = page.script(
        "return document.querySelector('dialog')?.open ?? false",
        Vec::new(),
    );
    Ok(open.await? == true)
}

async fn sheet_becomes(page: &Page, open: bool) -> anyhow::Result<()> {
    until("the sheet of keys", async || {
        Ok((sheet_is_open(page).await? == open).then_some(()))
    })
    .await
}

#[test]
fn a_key_opens_the_sheet_of_keys_and_can_be_turned_off() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.tab_to("Send to both").await?;
        page.type_text("?").await?;
        sheet_becomes(page, true).await?;
        look(page, "keys-sheet").await?;
        page.type_keys(Key::Escape).await?;
        sheet_becomes(page, false).await?;
        // The focus is where it was.
        assert_eq!(page.focus().await?.name, "Send to both");

        // Where something is written, it is a character.
        page.enter("Password").await?;
        page.type_text("?").await?;
        assert!(!sheet_is_open(page).await?);

        page.press("Keyboard").await?;
        sheet_becomes(page, true).await?;
        page.tick("Open this sheet by the key ?").await?;
        page.press("Close").await?;
        sheet_becomes(page, false).await?;
        page.reload().await?;
        page.tab_to("Send to both").await?;
        page.type_text("?").await?;
        page.send().await?;
        assert!(!sheet_is_open(page).await?);
        Ok(())
    })
}

/// What a scene is called in German, and what is read there.
const GERMAN: [(&str, &str); 7] = [
    ("Vergleich", "Bei beiden anmelden"),
    ("Token", "Prüfungen"),
    ("Cookie", "Was gesetzt wurde"),
    ("Speicher", "Verfahren"),
    ("Flotte", "Zehn Server"),
    ("Führung", "Führung beginnen"),
    ("Beratung", "Was soll ich nehmen?"),
];

/// Words that every English sentence has some of, as they stand on the page besides what a machine reads.
const ENGLISH_LEFT: &str = r"
const left = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const { parentElement, data } = walker.currentNode;
  if (parentElement.closest('code, pre, textarea, script, style, .mono, [translate=no]') || !parentElement.checkVisibility()) continue;
  if (/^(SELECT|DELETE) /.test(data)) continue;
  if (/\b(the|of|and|is|are|with|for|not|this|that|has|by|to|its|from|you|your)\b/i.test(data)) left.push(data.trim());
}
return [...new Set(left)];
";

/// Opens all that is folded.
const UNFOLD: &str = "for (const it of document.querySelectorAll('details')) it.open = true";
/// The narrowest that WCAG 1.4.10 asks for, and two that people have.
const PHONES: [u32; 3] = [320, 360, 390];

#[test]
fn german_is_fetched_when_it_is_chosen_and_says_every_scene() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let is_of_german = |path: &String| path.contains("/language/");
        assert!(!page.site().requests().iter().any(is_of_german));
        page.press("Deutsch").await?;
        page.says("Der Server ist bereit.").await?;
        assert!(page.site().requests().iter().any(is_of_german));
        assert_eq!(
            page.script("return document.documentElement.lang", Vec::new())
                .await?,
            json!("de")
        );
        for (scene, words) in GERMAN {
            page.go_to_scene(scene).await?;
            page.says(words).await?;
            let left = page.script(ENGLISH_LEFT, Vec::new()).await?;
            assert_eq!(left, json!([]), "{scene}");
            // Its words are longer.
            page.script(UNFOLD, Vec::new()).await?;
            for width in PHONES {
                page.set_width(width).await?;
                fits(page, &format!("{scene}-german-{width}")).await?;
            }
            page.set_width(1440).await?;
        }
        page.go_to_scene("Vergleich").await?;
        look(page, "german-compare").await?;

        // It is spoken at the next visit, from the first word on; and English is a press away.
        page.reload().await?;
        page.says("Der Server ist bereit.").await?;
        page.press("English").await?;
        page.says("The server is ready.").await?;
        assert_eq!(page.send().await?.statuses(), page.after_new_start());
        Ok(())
    })
}

#[test]
fn what_happens_is_said_in_german_and_what_a_machine_reads_stays() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.press("Deutsch").await?;
        page.says("Der Server ist bereit.").await?;
        page.press("Bei beiden anmelden").await?;
        page.says("Angemeldet: Der Server führt einen Datensatz")
            .await?;
        page.delete_session_id().await?;
        page.press("An beide senden").await?;
        page.says("Die Anfrage enthält kein Cookie").await?;
        let exchange = page
            .console("(await playground.exchanges()).at(-1).response.body")
            .await?;
        assert!(
            exchange
                .as_str()
                .is_some_and(|body| body.contains("Mira Lind")),
            "{exchange}"
        );
        let left = page.script(ENGLISH_LEFT, Vec::new()).await?;
        assert_eq!(left, json!([]));
        look(page, "german-refused").await
    })
}

/// The scenes, as the header calls them.
const SCENES: [&str; 7] = [
    "Compare", "Token", "Cookie", "Store", "Fleet", "Guide", "Advice",
];

/// Spaces text as WCAG 1.4.12 has it.
const SPACE_TEXT: &str = r"
const sheet = new CSSStyleSheet();
sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
document.adoptedStyleSheets = [sheet];
";

/// Texts that are cut off by a box that can't be scrolled.
const CUT_OFF: &str = r"
const cut = [];
const hides = (box) => [getComputedStyle(box).overflowX, getComputedStyle(box).overflowY];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const { currentNode: text } = walker;
  let box = text.parentElement;
  if (!text.data.trim() || box.closest('option, .visually-hidden') || !box.checkVisibility()) continue;
  while (box !== document.body && box.tagName !== 'BUTTON' && hides(box).every((it) => it === 'visible')) box = box.parentElement;
  if (box === document.body || hides(box).some((it) => it === 'auto' || it === 'scroll')) continue;
  const range = document.createRange();
  range.selectNodeContents(text);
  const around = box.getBoundingClientRect();
  for (const of of range.getClientRects()) {
    if (of.right > around.right + 1 || of.left < around.left - 1 || of.bottom > around.bottom + 2 || of.top < around.top - 2) cut.push(text.data.trim());
  }
}
return [...new Set(cut)];
";

#[test]
fn text_with_more_space_is_cut_off_nowhere() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        page.script(SPACE_TEXT, Vec::new()).await?;
        for scene in SCENES {
            page.go_to_scene(scene).await?;
            page.taking_input().await?;
            for width in [1440, 390] {
                page.set_width(width).await?;
                until(&format!("{scene} within {width} px"), async || {
                    let (excess, what) = page.overflow().await?;
                    anyhow::ensure!(excess == 0, "{excess} px too wide: {what}");
                    let cut = page.script(CUT_OFF, Vec::new()).await?;
                    anyhow::ensure!(cut == json!([]), "cut off: {cut}");
                    Ok(Some(()))
                })
                .await?;
            }
        }
        Ok(())
    })
}

/// Widths of windows, in pixels, of which the least leaves a line what 512 pixels leave it with text of the usual size.
const WIDTHS: [u32; 3] = [1440, 1280, 1024];

#[test]
fn text_twice_as_large_sticks_out_nowhere() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.send().await?;
        page.script(
            "document.documentElement.style.fontSize = '200%'",
            Vec::new(),
        )
        .await?;
        for scene in SCENES {
            page.go_to_scene(scene).await?;
            page.taking_input().await?;
            for width in WIDTHS {
                page.set_width(width).await?;
                // Once what is loaded has found its place.
                until(&format!("{scene} within {width} px"), async || {
                    let (excess, what) = page.overflow().await?;
                    anyhow::ensure!(excess == 0, "{excess} px too wide: {what}");
                    Ok(Some(()))
                })
                .await?;
            }
        }
        Ok(())
    })
}

#[test]
fn in_forced_colours_what_is_chosen_and_pressed_can_still_be_told() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.force_colours().await?;
        page.sign_in().await?;
        page.put_token("edited.by.hand").await?;
        page.send().await?;
        for scene in SCENES {
            page.go_to_scene(scene).await?;
            page.taking_input().await?;
            page.picture(&format!("forced-{scene}")).await?;
        }
        // A border is left where a background told a button from the text around it.
        let bare = "return [...document.querySelectorAll('button.main')].filter((it) => it.checkVisibility() && \
                    getComputedStyle(it).borderStyle === 'none').map((it) => it.textContent)";
        assert_eq!(page.script(bare, Vec::new()).await?, json!([]));
        Ok(())
    })
}
