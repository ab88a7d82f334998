//! Who may sign in, and what is said to those who may not.

use e2e::{Failure, LaneView, Page, Setup, run};
use serde_json::Value;

#[test]
fn an_administrator_signs_in() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_account("administrator").await?;
        assert_eq!(page.sign_in().await?.statuses(), [200, 200]);
        let answers = page.send().await?;
        for lane in answers.both() {
            assert!(lane.sentence.contains("user #1."), "{}", lane.sentence);
            let knows = lane.steps.iter().any(|step| step.text.contains("Ada Kern"));
            assert!(knows, "{:#?}", lane.steps);
        }
        Ok(())
    })
}

#[test]
fn a_suspended_account_is_told_so() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_account("suspended").await?;
        let answers = page.sign_in().await?;
        assert_eq!(answers.statuses(), [403, 403], "{answers:#?}");
        for lane in answers.both() {
            assert!(
                lane.sentence.contains("user #13 is suspended"),
                "{}",
                lane.sentence
            );
        }
        no_credential(page).await
    })
}

#[test]
fn a_wrong_password_and_an_unknown_account_get_the_same_answer_at_the_same_cost()
-> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.type_password("wrong").await?;
        let wrong = page.sign_in().await?;
        page.type_account("nobody").await?;
        page.type_password("sample-password").await?;
        let unknown = page.sign_in().await?;
        for answers in [&wrong, &unknown] {
            assert_eq!(answers.statuses(), [401, 401], "{answers:#?}");
            for lane in answers.both() {
                is_account_or_password(lane)?;
            }
        }
        let all = page.console("playground.exchanges()").await?;
        let responses: Vec<&Value> = all
            .as_array()
            .expect("a list")
            .iter()
            .map(|exchange| &exchange["response"])
            .collect();
        assert_eq!(responses.len(), 4, "{responses:#?}");
        assert_eq!(responses[0], responses[2], "the stateful lane tells which");
        assert_eq!(responses[1], responses[3], "the stateless lane tells which");
        no_credential(page).await
    })
}

fn is_account_or_password(lane: &LaneView) -> anyhow::Result<()> {
    assert!(
        lane.sentence.contains("Account or password is wrong"),
        "{}",
        lane.sentence
    );
    assert_eq!(lane.cost("Password hashes")?, "1");
    lane.failure()?;
    Ok(())
}

#[test]
fn an_empty_account_is_refused() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_account("another").await?;
        let answers = page.sign_in().await?;
        for lane in answers.both() {
            assert!(lane.status.starts_with('✕'), "{}", lane.status);
            assert!((400..500).contains(&lane.status_code()), "{}", lane.status);
        }
        no_credential(page).await
    })
}

#[test]
fn a_new_sign_in_ends_the_old_session() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let old = page.session_id().await?.expect("the cookie is there");
        page.choose_account("administrator").await?;
        page.sign_in().await?;
        let new = page.session_id().await?.expect("the cookie is there");
        assert_ne!(old, new);
        let sessions = page.console("playground.sessions()").await?;
        assert_eq!(sessions.as_array().map(Vec::len), Some(1), "{sessions}");
        page.put_session_id(&old).await?;
        assert_eq!(page.send().await?.statuses(), [401, 200]);
        Ok(())
    })
}

async fn no_credential(page: &Page) -> anyhow::Result<()> {
    assert_eq!(page.session_id().await?, None);
    assert_eq!(page.token().await?, None);
    Ok(())
}
