//! Store, keys: rotation with an overlap and without one.

use e2e::{Failure, Lane, Page, Setup, Token, run};

/// The key ID in the header of the token that the browser holds.
async fn kid(page: &Page) -> anyhow::Result<String> {
    let token = Token::read(&page.token().await?.unwrap_or_default())?;
    Ok(token.header["kid"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn an_overlap_keeps_old_tokens_working_and_without_one_everyone_is_signed_out()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        let keys = page.part("Keys");
        let states = async |states: [&str; 3]| {
            keys.is(&format!("{states:?}"), |seen| {
                let Some(table) = seen.tables.first() else {
                    return false;
                };
                let mut found = table.column("state").unwrap_or_default();
                found.sort_unstable();
                let wanted = states.iter().filter(|it| !it.is_empty());
                found.len() == wanted.clone().count()
                    && found
                        .iter()
                        .zip(wanted)
                        .all(|(found, wanted)| found.starts_with(wanted))
            })
            .await
        };
        states(["signs and verifies", "", ""]).await?;
        page.sign_member_in().await?;
        let first = kid(page).await?;

        keys.press("Rotate with overlap").await?;
        let seen = keys.says("Tokens of the key before keep working").await?;
        assert!(seen.says("signs from now on"), "{seen:#?}");
        states(["signs and verifies", "verifies only, since", ""]).await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200], "the old token");
        page.sign_member_in().await?;
        let second = kid(page).await?;
        assert_ne!(first, second);
        let seen = keys.view().await?;
        let listed = seen.table("Keys by ID")?.column("key ID")?;
        for kid in [&first, &second] {
            assert!(listed.contains(&kid.as_str()), "{listed:?}");
        }

        keys.press("Rotate without overlap").await?;
        keys.says("whoever has one must sign in again, or refresh it")
            .await?;
        states(["refused since", "refused since", "signs and verifies"]).await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 401]);
        let last = page.last_exchange(Lane::Stateless).await?;
        assert!(
            last["verdict"].as_str().unwrap_or_default().contains("key"),
            "{last:#}"
        );
        page.sign_member_in().await?;
        assert_eq!(page.statuses_of("/me").await?, [200, 200]);

        // It is the database that remembers the keys.
        page.reload().await?;
        assert_eq!(
            page.statuses_of("/me").await?,
            page.after_new_start().map(u64::from)
        );
        if page.engine().has_files() {
            states(["refused since", "refused since", "signs and verifies"]).await?;
        }
        Ok(())
    })
}
