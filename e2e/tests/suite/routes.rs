//! Each request that the page offers, for each who may ask: what both lanes answer, and what it cost.

use e2e::{Answers, Failure, Page, Setup, run};

const REQUESTS: [&str; 5] = [
    "GET /me",
    "GET /orders",
    "POST /orders",
    "GET /admin/users",
    "GET /nowhere",
];

/// Sends each request, and compares status and sentence of both lanes.
async fn all_requests(page: &Page, expected: [(u16, &str); 5]) -> anyhow::Result<()> {
    for (request, (status, words)) in REQUESTS.into_iter().zip(expected) {
        page.choose_request(request).await?;
        let answers = page.send().await?;
        assert_eq!(answers.statuses(), [status; 2], "{request}: {answers:#?}");
        assert!(answers.row[1].starts_with(request), "{:?}", answers.row);
        for lane in answers.both() {
            let said = &lane.sentence;
            assert!(said.contains(words), "{request}: {said} and not {words}");
        }
    }
    Ok(())
}

#[test]
fn who_is_not_signed_in_is_asked_to() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        let unknown = (401, "The request carries no");
        let nothing = (404, "There is nothing at this path");
        all_requests(page, [unknown, unknown, unknown, unknown, nothing]).await
    })
}

#[test]
fn a_member_is_known_and_may_not_do_everything() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        let known = "user #42";
        let expected = [
            (200, known),
            (200, known),
            (201, known),
            (403, "your role does not allow this"),
            (404, "There is nothing at this path"),
        ];
        all_requests(page, expected).await
    })
}

#[test]
fn an_administrator_sees_all_users() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.choose_account("administrator").await?;
        page.sign_in().await?;
        let known = "user #1";
        let nothing = (404, "There is nothing at this path");
        let all = [
            (200, known),
            (200, known),
            (201, known),
            (200, known),
            nothing,
        ];
        all_requests(page, all).await?;
        page.choose_request("GET /admin/users").await?;
        for response in responses(page, &page.send().await?).await? {
            for name in ["Mira Lind", "Ada Kern", "suspended"] {
                assert!(response.contains(name), "no {name}: {response}");
            }
        }
        Ok(())
    })
}

#[test]
fn an_order_that_was_placed_is_there_afterwards() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        page.choose_request("GET /orders").await?;
        for response in responses(page, &page.send().await?).await? {
            assert!(!response.contains("a cup of tea"), "{response}");
        }
        page.choose_request("POST /orders").await?;
        for response in responses(page, &page.send().await?).await? {
            assert!(response.starts_with("HTTP/1.1 201 Created"), "{response}");
            assert!(response.contains("a cup of tea"), "{response}");
        }
        page.choose_request("GET /orders").await?;
        for response in responses(page, &page.send().await?).await? {
            assert!(response.contains("a cup of tea"), "{response}");
        }
        Ok(())
    })
}

/// What the application reads for itself counts for nobody's sign-in.
#[test]
fn the_ledger_keeps_the_applications_own_reads_apart() -> Result<(), Failure> {
    run(Setup::default(), async |page| {
        page.open().await?;
        page.sign_in().await?;
        for (request, reads, writes) in [("GET /orders", 1, 0), ("POST /orders", 0, 1)] {
            page.choose_request(request).await?;
            let answers = page.send().await?;
            let costs = answers.both().map(|lane| {
                ["Store reads", "Store writes", "Signature checks"]
                    .map(|name| lane.cost(name).unwrap_or("missing"))
            });
            assert_eq!(costs, [["1", "0", "0"], ["0", "0", "1"]], "{request}");
            // The statements themselves stand in both lanes.
            let statements = answers.both().map(|lane| lane.sql().len());
            assert_eq!(statements, [2, 1], "{request}: {answers:#?}");
            let all = page.console("playground.exchanges()").await?;
            let last = all.as_array().map(|all| &all[all.len() - 2..]);
            for exchange in last.into_iter().flatten() {
                let application = &exchange["ledger"]["application"];
                assert_eq!(application["reads"], reads, "{request}: {exchange:#}");
                assert_eq!(application["writes"], writes, "{request}: {exchange:#}");
            }
        }
        Ok(())
    })
}

/// Both responses as sent; the answers make sure that they are there.
async fn responses(page: &Page, _seen: &Answers) -> anyhow::Result<[String; 2]> {
    page.unfold("Request and response as sent").await?;
    let answers = page.answers().await?;
    Ok(answers.both().map(|lane| lane.response.clone()))
}
