//! What a scheme costs, seen on a run among parties of their own: the very code that answers every request carries it
//! out, and nothing of it is kept.

use protocol::{Carrier, Errand, Exchange, Lane, PageContext, Presented, Scheme, Site};
use serde::Deserialize;
use server::{Environment, SAMPLE_PASSWORD};
use sessions::{KeyStore, ObserverAccess, Store};
use user_agent::Jar;

use crate::{Deployment, StartError};

/// How many requests there are between sign-in and sign-out.
const REQUESTS: usize = 10;

/// What page script keeps of a sign-in's answer.
#[derive(Deserialize)]
struct Kept {
    access_token: Option<String>,
    session_id: Option<String>,
}

/// Signs in by this scheme, asks ten times who the user is, signs out, and asks once more with what someone may have
/// kept. The store must be an empty one.
///
/// # Errors
/// Where the store fails.
pub fn sample_run<S: Store + KeyStore + ObserverAccess>(
    store: S,
    scheme: Scheme,
    environment: &mut Environment<'_>,
) -> Result<Vec<Exchange>, StartError> {
    let mut deployment = Deployment::start(store, Jar::default(), environment)?;
    deployment.set_schemes(&[scheme, Scheme::STATELESS]);
    let mut page = PageContext {
        site: Site {
            origin: String::from("https://example.org"),
            base_path: String::from("/"),
        },
        cookie: Some(String::new()),
        bearers: [None, None],
        user_agent: None,
    };
    let mut send = |page: &PageContext, method: &str, path: &str, body: String, credential| {
        let errand = Errand {
            lane: Lane::A,
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body,
            credential,
        };
        let mut carried = deployment.carry(page, &[errand], environment);
        carried.exchanges.remove(0)
    };

    let content =
        serde_json::json!({ "account": "member", "password": SAMPLE_PASSWORD }).to_string();
    let signed_in = send(&page, "POST", "/login", content, Presented::FromBrowser);
    let mut exchanges = vec![signed_in];
    keep(&mut page, &exchanges[0]);
    for _ in 0..REQUESTS {
        exchanges.push(send(
            &page,
            "GET",
            "/me",
            String::new(),
            Presented::FromBrowser,
        ));
    }
    let copy = copy(&page, scheme, exchanges.last());
    exchanges.push(send(
        &page,
        "POST",
        "/logout",
        String::new(),
        Presented::FromBrowser,
    ));
    exchanges.push(send(
        &page,
        "GET",
        "/me",
        String::new(),
        Presented::Copy(copy),
    ));
    Ok(exchanges)
}

/// What page script does with the answer to a sign-in: it keeps what it is to carry, and the browser its cookies.
fn keep(page: &mut PageContext, signed_in: &Exchange) {
    let content = signed_in
        .response
        .as_ref()
        .and_then(|response| serde_json::from_str::<Kept>(&response.body).ok());
    if let Some(kept) = content {
        page.bearers[0] = kept.access_token.or(kept.session_id);
    }
    let pairs = signed_in.cookies.iter().filter_map(|effect| {
        let line = effect.script_line.as_ref()?;
        Some(line.split(';').next().unwrap_or_default().to_owned())
    });
    page.cookie = Some(pairs.collect::<Vec<_>>().join("; "));
}

/// What someone on the way could have kept of the last request.
fn copy(page: &PageContext, scheme: Scheme, last: Option<&Exchange>) -> String {
    match scheme.carrier {
        Carrier::Cookie => last
            .and_then(|exchange| exchange.request.header("Cookie"))
            .unwrap_or_default()
            .to_owned(),
        Carrier::LocalStorage | Carrier::SessionStorage | Carrier::Memory => {
            page.bearers[0].clone().unwrap_or_default()
        }
    }
}
