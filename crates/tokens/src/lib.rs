//! JWT: reading, signing, and verifying as an ordered list of checks. RFC 7515, 7517 to 7519, 8037, 8725.
//!
//! [`verify`] walks one table of checks and says of each what it saw; [`inspect`] is the same walk, for people who look
//! on; [`sign`] makes the tokens that the server issues; [`read_keys`] and [`make_key`] bring the keys. jsonwebtoken
//! computes and compares signatures. All else is decided here: the strictness of base64url and JSON, the choice of the
//! key and what it is good for, and the claims.
//!
//! - It never reads a clock: `now` is an argument. Nor does it choose by chance: that is an argument too, but for what
//!   jsonwebtoken takes while it signs with RSA.
//! - It never takes the header's word for the algorithm: the verifier's list decides.
//! - It never accepts `none`.
//! - It never follows `jku`, `x5u`, `x5c` or `jwk`: a header that brings its own key is read as if it did not. RFC 8725,
//!   3.10; ASVS 9.1.3.
//! - It never fails on broken input: a broken token yields what could be read, and what is wrong with it.

mod algorithm;
mod base64url;
mod checks;
mod claims;
mod excerpt;
mod inspect;
mod key;
mod measure;
mod numeric_date;
mod object;
mod reading;
mod sign;
mod verify;

pub use algorithm::Algorithm;
pub use claims::Claims;
pub use inspect::{inspect, with_options};
pub use key::{Key, jwks, make_key, read_keys};
pub use measure::measure;
pub use sign::{sign, sign_given, signature};
pub use verify::{
    TimedStep, TimedVerification, Verification, Verifier, check_order, verify, verify_timed,
};
