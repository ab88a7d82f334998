//! Tokens signed and verified a second, for each algorithm: by the page's worker, and by npm's jose in the same browser.

use crate::figure::{Bar, Figure};
use anyhow::Context;
use e2e::Page;
use serde::Deserialize;
use serde_json::json;
use std::path::PathBuf;

/// The algorithms, and how many times faster than jose they must verify.
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

/// The worker's own rates.
const OURS: &str = "\
const [names, done] = arguments;
playground.calibrateSignatures(names).then(done, (error) => done(String(error)));";

/// jose's rates: as many tokens of the same claims as half a second has room for, after a warm-up.
const JOSES: &str = "\
const [address, names, done] = arguments;
const rate = async (work) => {
  const until = async (milliseconds) => {
    const began = performance.now();
    let runs = 0;
    while (performance.now() - began < milliseconds) { await work(); runs += 1; }
    return 1000 * runs / (performance.now() - began);
  };
  await until(200);
  return until(500);
};
(async () => {
  const jose = await import(address);
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'ticket-or-passport', sub: '42', aud: 'api', iat: now, exp: now + 900, jti: 'AAAAAAAAAAAAAAAA', role: 'member', name: 'Mira Lind' };
  const rates = [];
  for (const algorithm of names) {
    const secret = crypto.getRandomValues(new Uint8Array(64));
    const pair = algorithm.startsWith('HS') ? { privateKey: secret, publicKey: secret } : await jose.generateKeyPair(algorithm);
    const sign = () => new jose.SignJWT(claims).setProtectedHeader({ alg: algorithm, typ: 'at+jwt', kid: '1' }).sign(pair.privateKey);
    const token = await sign();
    const terms = { issuer: claims.iss, audience: claims.aud, typ: 'at+jwt', algorithms: [algorithm] };
    const verify = () => jose.jwtVerify(token, pair.publicKey, terms);
    rates.push({ algorithm, signedPerSecond: await rate(sign), verifiedPerSecond: await rate(verify) });
  }
  return rates;
})().then(done, (error) => done(String(error)));";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate {
    algorithm: String,
    signed_per_second: f64,
    verified_per_second: f64,
}

/// Both, and their ratio.
pub async fn measure(page: &Page) -> anyhow::Result<Vec<Figure>> {
    let module = std::env::var_os("JOSE")
        .map(PathBuf::from)
        .context("JOSE must name jose's first module: run `cargo xtask bench`")?;
    let folder = module.parent().context("it is in a folder")?.to_owned();
    let address = format!("{}index.js", page.site().lend(folder));
    page.open().await?;
    let names: Vec<_> = ALGORITHMS.iter().map(|(name, _)| *name).collect();
    let ours = rates(page, OURS, vec![json!(names)]).await?;
    let joses = rates(page, JOSES, vec![json!(address), json!(names)]).await?;

    let mut figures = Vec::new();
    for (((name, bar), ours), jose) in ALGORITHMS.into_iter().zip(&ours).zip(&joses) {
        anyhow::ensure!(
            ours.algorithm == name && jose.algorithm == name,
            "another algorithm than {name} was measured"
        );
        let signed = (ours.signed_per_second, jose.signed_per_second);
        let verified = (ours.verified_per_second, jose.verified_per_second);
        for (what, (ours, jose), bar) in
            [("verified", verified, bar), ("signed", signed, Bar::None)]
        {
            let line = |whose: &str| format!("{name} {what}, {whose}");
            figures.push(Figure::new(line("here"), ours, "a second", Bar::None));
            figures.push(Figure::new(line("jose"), jose, "a second", Bar::None));
            figures.push(Figure::new(line("here ÷ jose"), ours / jose, "", bar));
        }
    }
    Ok(figures)
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
