//! Store: what it looks like, empty, full and broken.

use crate::looks::look;
use e2e::{Failure, Setup, run};

#[test]
fn the_store_scene_is_accessible_when_empty_and_when_broken() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        page.part("The statelessness meter")
            .is("the sample runs", |seen| {
                seen.tables
                    .first()
                    .is_some_and(|it| it.rows[0].cells[3] != "–")
            })
            .await?;
        look(page, "store-empty").await?;
        page.scheme_of("A").fill("Idle timeout", "soon").await?;
        page.follow("#/store?a=%22hyb").await?;
        page.part("Schemes").says("can’t be read").await?;
        page.run_sql("DROP TABLE sessions; SELECT missing", "no such column")
            .await?;
        page.part("Tables").says("The table can’t be read").await?;
        look(page, "store-broken").await
    })
}

#[test]
fn the_store_scene_is_accessible_when_full() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.go_to_store().await?;
        page.scheme_of("B").choose("Preset", "Hybrid").await?;
        page.sign_member_in().await?;
        page.statuses_of("/me").await?;
        let care = page.part("Session care");
        care.group("Lane A")
            .press("Sign in on another device")
            .await?;
        page.part("Tables").says("sessions: 2 rows").await?;
        care.group("Lane A").press("Show my sessions").await?;
        care.says("Sessions as the answer lists them: 2").await?;
        page.run_sql(
            "SELECT * FROM sessions JOIN users ON users.id = user_id",
            "The result: 2 rows",
        )
        .await?;
        let races = page.part("Refresh tokens");
        for event in 0..4 {
            races.press("Step").await?;
            races
                .is("what the event came to", |seen| {
                    !seen.items[event].contains("(next)")
                })
                .await?;
        }
        page.part("Keys").press("Rotate without overlap").await?;
        page.part("Keys").says("refused since").await?;
        page.part("Growth").press("Fill to 10,000").await?;
        page.part("Growth").says("Done. 10,000 sessions").await?;
        look(page, "store-full").await
    })
}
