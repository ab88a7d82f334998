//! Links that keep both lanes' schemes: copied, followed by someone else, and broken.

use crate::store_schemes::open;
use e2e::{Failure, Setup, run};

#[test]
fn a_link_brings_both_schemes_back_and_a_broken_one_changes_nothing() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.catch_copies();
        open(page).await?;
        let schemes = page.part("Schemes");
        page.scheme_of("A").choose("Preset", "Hybrid").await?;
        page.scheme_of("B")
            .choose("Preset", "JWT and denylist")
            .await?;
        page.scheme_of("B").fill("Access token", "77").await?;
        page.scheme_of("A").fill("Grace window", "11").await?;
        page.scheme_of("A").choose("Distance", "same zone").await?;
        let wanted = page.schemes().await?;
        assert_eq!(wanted["a"]["lifetimes"]["refreshGrace"], 11, "{wanted:#}");
        schemes.press("Copy a link to these schemes").await?;
        schemes.says("copied").await?;
        let link = &page.copied().await?;
        assert!(link.starts_with(&page.site().url()), "{link}");

        // Someone else opens it, who has other schemes.
        page.console("playground.configure('a', 'stateful')")
            .await?;
        page.console("playground.configure('b', 'user-version')")
            .await?;
        page.leave().await?;
        page.follow(link).await?;
        page.running().await?;
        schemes
            .says("The lanes follow the link’s schemes now.")
            .await?;
        assert_eq!(page.schemes().await?, wanted);
        page.scheme_of("A").says("Lane A: Hybrid").await?;

        for (broken, said) in [
            (&link[..link.len() - 3], "can’t be read"),
            ("#/store?a=%22hyb", "can’t be read"),
            ("#/store?c=1", "can’t be read"),
            ("#/store?a=%22nonsense%22", "can’t be used"),
            (
                "#/store?b=%7B%22revocation%22%3A%22record%22%7D",
                "can’t be used",
            ),
            ("#/store?a=%7B%22colour%22%3A1%7D", "has no “colour”"),
        ] {
            page.follow(broken).await?;
            schemes
                .is("what is wrong with the link", |seen| {
                    seen.says(said) && seen.says("Your schemes are unchanged")
                })
                .await?;
            assert_eq!(page.schemes().await?, wanted, "{broken}");
        }
        Ok(())
    })
}
