//! Tokens signed and verified a second, for each algorithm: by the page's worker, and by npm's jose and jsrsasign in the
//! same page.

use crate::figure::{Bar, Figure};
use crate::measured::Measured;
use crate::peers;
use crate::ratio::{Ratio, Theirs};
use e2e::Page;
use serde::Deserialize;
use serde_json::json;

/// The algorithms, and how many times as many tokens as jose they must verify.
const ALGORITHMS: [(&str, Bar); 12] = [
    ("HS256", Bar::AtLeast(3.0)),
    ("HS384", Bar::None),
    ("HS512", Bar::None),
    ("RS256", Bar::None),
    ("RS384", Bar::None),
    ("RS512", Bar::None),
    ("PS256", Bar::None),
    ("PS384", Bar::None),
    ("PS512", Bar::None),
    ("ES256", Bar::None),
    ("ES384", Bar::None),
    ("EdDSA", Bar::None),
];

/// Those that stand in the table beside the peers.
const COMPARED: [&str; 4] = ["HS256", "ES256", "RS256", "EdDSA"];

/// The worker's own rates.
const OURS: &str = "\
const [names, done] = arguments;
playground.calibrateSignatures(names).then(done, (error) => done(String(error)));";

/// A peer's.
const THEIRS: &str = "\
const [address, names, done] = arguments;
import(address).then(({ rates }) => rates(names)).then(done, (error) => done(String(error)));";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate {
    algorithm: String,
    signed_per_second: f64,
    verified_per_second: f64,
}

/// All three, and their ratios.
pub async fn measure(page: &Page) -> anyhow::Result<Measured> {
    let lent = peers::folder().map(|folder| page.site().lend(folder));
    page.open().await?;
    let names: Vec<_> = ALGORITHMS.iter().map(|(name, _)| *name).collect();
    let ours = rates(page, OURS, vec![json!(names)]).await?;
    let mut measured = Measured::from(figures(&ours));
    for peer in ["jose", "jsrsasign"] {
        let theirs = match (&lent, peers::folder_with(&format!("{peer}.js"))) {
            (Some(lent), Some(_)) => {
                let address = format!("{lent}{peer}.js");
                Some(rates(page, THEIRS, vec![json!(address), json!(names)]).await?)
            }
            _ => None,
        };
        let ratios = ratios(peer, &ours, theirs.as_deref());
        measured.figures.extend(ratios.iter().map(Ratio::figure));
        let is_compared = |ratio: &Ratio| COMPARED.iter().any(|name| ratio.what.starts_with(name));
        measured
            .ratios
            .extend(ratios.into_iter().filter(is_compared));
    }
    Ok(measured)
}

fn figures(ours: &[Rate]) -> Vec<Figure> {
    let of = |rate: &Rate| {
        let line = |what, value| {
            let what = format!("{} {what}, here", rate.algorithm);
            Figure::new(what, value, "a second", Bar::None)
        };
        [
            line("verified", rate.verified_per_second),
            line("signed", rate.signed_per_second),
        ]
    };
    ours.iter().flat_map(of).collect()
}

/// A pair for each algorithm that the peer has.
fn ratios(peer: &str, ours: &[Rate], theirs: Option<&[Rate]>) -> Vec<Ratio> {
    let mut ratios = Vec::new();
    for (name, bar) in ALGORITHMS {
        let of = |rates: &[Rate]| {
            let rate = rates.iter().find(|rate| rate.algorithm == name)?;
            Some((rate.verified_per_second, rate.signed_per_second))
        };
        let Some(ours) = of(ours) else { continue };
        let theirs = match theirs.map(of) {
            None => (Theirs::Missing, Theirs::Missing),
            Some(Some((verified, signed))) => (Theirs::Value(verified), Theirs::Value(signed)),
            // It does not know this one.
            Some(None) => continue,
        };
        let bar = if peer == "jose" { bar } else { Bar::None };
        for (what, ours, theirs, bar) in [
            ("verified", ours.0, theirs.0, bar),
            ("signed", ours.1, theirs.1, Bar::None),
        ] {
            ratios.push(Ratio {
                what: format!("{name} {what}"),
                unit: "a second",
                ours,
                peer: peers::named(peer),
                theirs,
                bar,
            });
        }
    }
    ratios
}

async fn rates(
    page: &Page,
    script: &str,
    arguments: Vec<serde_json::Value>,
) -> anyhow::Result<Vec<Rate>> {
    let seen = page.async_script(script, arguments).await?;
    serde_json::from_value(seen.clone())
        .map_err(|_| anyhow::anyhow!("the page did not measure: {seen}"))
}
