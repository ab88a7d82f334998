//! A token in the first line, under the key that the rest is: each check has an outcome, and one verdict follows.

use protocol::{GivenKey, InspectionOptions, KeyEncoding, Timestamp, TokenOutcome};
use tokens::{Algorithm, Verifier, check_order, inspect, verify, with_options};

const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

pub fn run(octets: &[u8]) {
    let text = String::from_utf8_lossy(octets);
    let (token, key) = text.split_once('\n').unwrap_or((&text, ""));
    let names = Algorithm::ALL.map(|algorithm| algorithm.name().to_owned());
    let options = InspectionOptions {
        key: Some(GivenKey {
            text: key.to_owned(),
            encoding: KeyEncoding::Detect,
        }),
        algorithms: Some(names.into()),
        ..InspectionOptions::default()
    };
    let (verifier, report) = with_options(&Verifier::default(), &options);
    assert!(report.is_some_and(|report| report.keys.len() == verifier.keys.len()));

    let inspection = inspect(token, &verifier, NOW);
    let checks = inspection.checks.iter().map(|step| step.check);
    assert!(checks.eq(check_order()));

    // One check at most has failed, and what follows it has not run.
    let failed = |outcome: &TokenOutcome| matches!(outcome, TokenOutcome::Failed(_));
    let first = inspection
        .checks
        .iter()
        .position(|step| failed(&step.outcome));
    let after = first.map_or(inspection.checks.len(), |index| index + 1);
    for step in &inspection.checks[after..] {
        assert_eq!(step.outcome, TokenOutcome::NotReached);
    }
    let verification = verify(token, &verifier, NOW);
    assert_eq!(verification.claims.is_some(), first.is_none());
}
