//! What the defaults stand on: times measured natively by `cargo xtask calibrate`, which writes this file. All in seconds.

/// Times of one machine, in seconds: medians.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// On what it was measured.
    pub machine: &'static str,
    /// When.
    pub date: &'static str,
    /// `GET` on a Redis on loopback, there and back.
    pub redis_get: f64,
    /// `SET` on a Redis on loopback, there and back.
    pub redis_set: f64,
    /// A session's lookup in SQLite, by the number of sessions there.
    pub sqlite_lookup: &'static [(u64, f64)],
    /// The hash of a session ID.
    pub session_id_hash: f64,
    /// The check of a token with an HS256 signature.
    pub hs256: f64,
    /// The check of a token with an ES256 signature.
    pub es256: f64,
    /// The check of a token with an RS256 signature.
    pub rs256: f64,
    /// The check of a token with an EdDSA signature.
    pub eddsa: f64,
    /// A password's hash.
    pub argon2id: f64,
}

/// What was measured.
pub const MEASURED: Measured = Measured {
    machine: "two cores, Linux",
    date: "2026-11-26",
    redis_get: 0.000_03,
    redis_set: 0.000_032,
    sqlite_lookup: &[
        (1_000, 0.000_004),
        (10_000, 0.000_005),
        (100_000, 0.000_006),
        (1_000_000, 0.000_008),
    ],
    session_id_hash: 0.000_000_5,
    hs256: 0.000_004,
    es256: 0.000_16,
    rs256: 0.000_12,
    eddsa: 0.000_06,
    argon2id: 0.022,
};
