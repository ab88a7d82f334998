//! All that was measured: for people as a table, for the model as the text of its file.

use std::fmt::Write;

use anyhow::Context;
use machine::Machine;
use tokens::Algorithm;

use crate::checks::TokenCost;
use crate::lookups::Lookup;
use crate::remote_store::{OperationCost, StoreCosts};
use crate::repeat::Cost;

/// Where the constant begins in the model's file.
const CONSTANT: &str = "/// What was measured.\npub const MEASURED: Measured = Measured {";

/// All that was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Findings {
    /// On what, and when.
    pub machine: Machine,
    /// A real Redis.
    pub store: StoreCosts,
    /// SQLite, by size.
    pub lookups: Vec<Lookup>,
    /// The hash of a session ID.
    pub session_id_hash: Cost,
    /// Tokens, by algorithm.
    pub tokens: Vec<TokenCost>,
    /// The hash of a password.
    pub password_hash: Cost,
}

impl Findings {
    /// What all checks of a token cost, by algorithm; 0 where it was not measured.
    pub fn token_checks(&self, algorithm: Algorithm) -> f64 {
        self.tokens
            .iter()
            .find(|token| token.algorithm == algorithm)
            .map_or(0.0, |token| token.checks.seconds)
    }

    /// A line for each figure: the median, and of how many runs.
    pub fn table(&self) -> String {
        let Machine {
            cores,
            processor,
            system,
            date,
        } = &self.machine;
        let mut text = format!("Measured on {date}: {cores} cores, {processor}, {system}.\n\n");
        let mut line = |what: &str, seconds: f64, more: &str| {
            // Writing to a string never fails.
            let _ = writeln!(text, "{what:<46} {:>10}   {more}", duration(seconds));
        };
        let runs = |cost: &Cost| format!("median of {} runs", thousands(cost.runs));
        let store = &self.store;
        for (name, cost) in [("GET", &store.get), ("SET", &store.set)] {
            operation_lines(&mut line, name, &store.version, cost);
        }
        for lookup in &self.lookups {
            let what = format!("SQLite lookup among {}", thousands(lookup.sessions));
            line(&what, lookup.cost.seconds, &runs(&lookup.cost));
        }
        let hash = &self.session_id_hash;
        line("SHA-256 of a session ID", hash.seconds, &runs(hash));
        for token in &self.tokens {
            let name = token.algorithm.name();
            let what = format!("{name}: all checks of {} octets", token.octets);
            line(&what, token.checks.seconds, &runs(&token.checks));
            let what = format!("{name}: the signature alone");
            line(&what, token.signature.seconds, &runs(&token.signature));
        }
        let password = &self.password_hash;
        line(
            "argon2id, 19 MiB, 2 passes",
            password.seconds,
            &runs(password),
        );
        text
    }

    /// The model's constant, as Rust.
    fn constant(&self) -> String {
        let Machine {
            cores,
            processor,
            system,
            date,
        } = &self.machine;
        let mut text = format!("{CONSTANT}\n");
        let machine = format!("{cores} cores, {processor}, {system}");
        let mut field = |name: &str, value: String| {
            let _ = writeln!(text, "    {name}: {value},");
        };
        field("machine", format!("{machine:?}"));
        field("date", format!("{date:?}"));
        field("redis_get", literal(self.store.get.round_trip.seconds));
        field("redis_set", literal(self.store.set.round_trip.seconds));
        field("redis_get_service", literal(self.store.get.service));
        field("redis_set_service", literal(self.store.set.service));
        let mut rows = String::new();
        for lookup in &self.lookups {
            let _ = write!(
                rows,
                "({}, {}),",
                underscored(&lookup.sessions.to_string()),
                literal(lookup.cost.seconds)
            );
        }
        field("sqlite_lookup", format!("&[{rows}]"));
        field("session_id_hash", literal(self.session_id_hash.seconds));
        for (name, algorithm) in [
            ("hs256", Algorithm::Hs256),
            ("es256", Algorithm::Es256),
            ("rs256", Algorithm::Rs256),
            ("eddsa", Algorithm::EdDsa),
        ] {
            field(name, literal(self.token_checks(algorithm)));
        }
        field("argon2id", literal(self.password_hash.seconds));
        text.push_str("};\n");
        text
    }
}

/// The text of the model's file with these findings as its constant: what stands before it stays.
///
/// # Errors
/// Where the text has no such constant.
pub fn with_constant(file: &str, findings: &Findings) -> anyhow::Result<String> {
    let (before, _) = file
        .split_once(CONSTANT)
        .with_context(|| format!("the model's file must hold `{CONSTANT}`"))?;
    Ok(format!("{before}{}", findings.constant()))
}

fn operation_lines(
    line: &mut impl FnMut(&str, f64, &str),
    name: &str,
    version: &str,
    cost: &OperationCost,
) {
    let runs = thousands(cost.round_trip.runs);
    line(
        &format!("Redis {version}, {name}: there and back"),
        cost.round_trip.seconds,
        &format!(
            "median of {runs} runs; mean {}, p99 {}",
            duration(cost.round_trip_mean),
            duration(cost.round_trip_p99)
        ),
    );
    line(
        &format!("Redis {version}, {name}: of Redis itself"),
        cost.service,
        &format!(
            "at {} a second over 8 connections; {} with one",
            thousands(cost.most_per_second as u32),
            duration(cost.service_alone)
        ),
    );
}

/// Three digits, in the unit that fits.
pub fn duration(seconds: f64) -> String {
    let (value, unit) = match seconds.abs() {
        below if below < 0.000_001 => (seconds * 1e9, "ns"),
        below if below < 0.001 => (seconds * 1e6, "µs"),
        below if below < 1.0 => (seconds * 1e3, "ms"),
        _ => (seconds, "s"),
    };
    let digits = match value.abs() {
        below if below < 10.0 => 2,
        below if below < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.digits$} {unit}")
}

/// With commas.
pub fn thousands(number: u32) -> String {
    grouped(&number.to_string(), ',')
}

/// As Rust writes a long literal.
fn underscored(digits: &str) -> String {
    grouped(digits, '_')
}

fn grouped(digits: &str, separator: char) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Seconds as a literal, with three digits that count: no more is known.
fn literal(seconds: f64) -> String {
    if seconds <= 0.0 {
        return "0.0".to_owned();
    }
    let digits = (2.0 - seconds.log10().floor()).clamp(1.0, 15.0) as usize;
    let text = format!("{seconds:.digits$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let mut fraction_text = String::new();
    for (place, digit) in fraction.chars().enumerate() {
        if place > 0 && place % 3 == 0 {
            fraction_text.push('_');
        }
        fraction_text.push(digit);
    }
    format!("{}.{fraction_text}", underscored(whole))
}
