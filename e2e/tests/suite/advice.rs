//! Which should I use: questions, an answer with reasons, the scheme put into a lane, a checklist, a link.

use crate::looks::look;
use e2e::{Failure, Lane, Setup, run};
use serde_json::json;

const ADVICE: &str = "Which should I use?";

#[test]
fn the_answer_follows_the_questions_and_can_be_put_into_a_lane() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_scene("Advice").await?;
        let advice = page.part(ADVICE);
        advice.shows("No answer yet").await?;
        assert!(advice.is_idle("Print").await?);
        look(page, "advice-empty").await?;

        advice
            .pick("How many servers", "Several, in one place")
            .await?;
        advice.shows("Some questions are open.").await?;
        advice.pick("Who asks?", "Browsers").await?;
        advice
            .pick("How soon must a sign-out", "With the next request")
            .await?;
        advice
            .pick("Who has to know", "These servers alone")
            .await?;
        advice.pick("Is there a store", "Yes, nearby").await?;
        advice
            .pick("How soon must a changed role", "Within minutes")
            .await?;
        let seen = advice
            .is("the answer", |seen| {
                seen.text.contains("Stateful") && !seen.text.contains("are open")
            })
            .await?;
        assert!(seen.text.contains("7.4.1"), "{}", seen.text);
        assert!(seen.text.contains("3.3.4"), "{}", seen.text);
        assert!(!seen.text.contains("9.1.1"), "{}", seen.text);
        assert!(advice.is_idle("Put it into lane A").await?);

        // Others who can’t ask, and a sign-out at once, can’t both be had: that is said.
        advice
            .pick(
                "Who has to know",
                "Others too, which can’t ask: offline, or of another owner",
            )
            .await?;
        advice.shows("can’t be had").await?;
        advice.says("Hybrid").await?;
        advice.shows("9.1.1").await?;
        advice.press("Put it into lane B").await?;
        advice.shows("It is in lane B now").await?;
        look(page, "advice-answered").await?;
        advice.follow("go to Compare and sign in").await?;
        page.sign_in().await?;
        assert_eq!(page.send().await?.statuses(), [200, 200]);
        assert_eq!(page.scheme(Lane::Stateless).await?, "Hybrid");
        Ok(())
    })
}

#[test]
fn a_reason_leads_to_the_experiment_that_shows_it() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.follow(&format!("{}#/advice?q=111111", page.site().url()))
            .await?;
        let advice = page.part(ADVICE);
        advice.shows("One server is its own store.").await?;
        advice.follow("See it: Kill the session").await?;
        page.part("Kill the session").shows("stop 7 of 13").await?;
        Ok(())
    })
}

#[test]
fn a_link_holds_the_answers_and_a_broken_one_is_said() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        page.open().await?;
        page.go_to_scene("Advice").await?;
        let advice = page.part(ADVICE);
        advice
            .pick("How many servers", "Many, in several places")
            .await?;
        advice
            .pick("Who has to know", "Other services too, which can ask")
            .await?;
        advice.press("Copy a link to these answers").await?;
        let link = page.copied().await?;
        assert!(link.ends_with("#/advice?q=300200"), "{link}");
        // What shares all that is set has them too.
        page.press("Share").await?;
        page.part("Share").press("Copy the link").await?;
        let shared = page.copied().await?;
        assert!(shared.contains("#/advice?q=300200&"), "{shared}");
        page.part("Share").press("Close").await?;
        advice.press("Clear the answers").await?;
        advice.shows("No answer yet").await?;
        page.follow(&link).await?;
        advice
            .shows("Other services verify with a public key alone")
            .await?;
        for broken in ["9", "1111111", "", "%00", "11111x"] {
            page.follow(&format!("{}#/advice?q={broken}", page.site().url()))
                .await?;
            advice.says("The link’s answers can’t be read").await?;
            // What was answered stays.
            advice
                .shows("Other services verify with a public key alone")
                .await?;
        }
        Ok(())
    })
}

#[test]
fn printed_it_is_the_answer_alone() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.before_each_load(
            "window.print = () => { window.printed = (window.printed ?? 0) + 1; };",
        );
        page.open().await?;
        page.follow(&format!(
            "{}#/advice?request=GET%20%2Fme&q=211111",
            page.site().url()
        ))
        .await?;
        let advice = page.part(ADVICE);
        advice.shows("7.4.1").await?;
        advice.press("Print").await?;
        assert_eq!(
            page.script("return window.printed", Vec::new()).await?,
            json!(1)
        );
        Ok(())
    })
}
