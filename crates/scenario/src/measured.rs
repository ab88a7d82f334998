//! What the defaults stand on: times measured natively by `cargo xtask calibrate`, which writes this file. All in seconds.

/// Times of one machine, in seconds: medians of many runs, but for Redis's own times, which are means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// On what it was measured.
    pub machine: &'static str,
    /// When.
    pub date: &'static str,
    /// `GET` on a Redis on loopback, there and back: most of it is the way, and the waking of a core.
    pub redis_get: f64,
    /// `SET` on a Redis on loopback, there and back.
    pub redis_set: f64,
    /// What of a `GET` is Redis's own processor time while eight connections press: the inverse is the most that it
    /// answers a second.
    pub redis_get_service: f64,
    /// The same of a `SET`.
    pub redis_set_service: f64,
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
    machine: "2 cores, Intel(R) Xeon(R) Processor, Debian GNU/Linux 12 (bookworm)",
    date: "2026-11-26",
    redis_get: 0.000_072_8,
    redis_set: 0.000_071_2,
    redis_get_service: 0.000_006_45,
    redis_set_service: 0.000_006_72,
    sqlite_lookup: &[
        (1_000, 0.000_016_6),
        (10_000, 0.000_016_5),
        (100_000, 0.000_016_6),
        (1_000_000, 0.000_017_7),
    ],
    session_id_hash: 0.000_000_053_8,
    hs256: 0.000_001_77,
    es256: 0.000_173,
    rs256: 0.000_124,
    eddsa: 0.000_032_2,
    argon2id: 0.013_6,
};
