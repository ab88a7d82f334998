//! What a key is made of, in the forms that jsonwebtoken computes with: prepared once, when the key is read or made.

use std::sync::{Mutex, OnceLock, PoisonError};

use num_bigint_dig::prime::probably_prime;
use protocol::KeyKind;
use rsa::BigUint;

/// The last pair that was found to be sound.
static LAST_SOUND: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// What a key is made of.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Material {
    /// Secret octets.
    Secret(Vec<u8>),
    /// RSA, both halves or the public one.
    Rsa(Rsa),
    /// A curve, both halves or the public one.
    Curve(Curve),
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Rsa {
    pub(super) bits: u32,
    /// The modulus, big-endian, without leading zeros.
    pub(super) n: Vec<u8>,
    /// The public exponent, likewise.
    pub(super) e: Vec<u8>,
    pub(super) pair: Option<RsaPair>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Curve {
    /// P-256, P-384 or Ed25519.
    pub(super) kind: KeyKind,
    /// The point: uncompressed (SEC 1, 2.3.3), or the 32 octets of Ed25519.
    pub(super) public: Vec<u8>,
    /// The private key as PKCS#8, without the public one: that is computed at each signature in any case.
    pub(super) private: Option<Vec<u8>>,
}

/// The private half of an RSA key.
#[derive(Clone)]
pub(super) struct RsaPair {
    pkcs1: Vec<u8>,
    primes: Vec<BigUint>,
    sound: OnceLock<bool>,
}

impl RsaPair {
    pub(super) fn new(pkcs1: Vec<u8>, primes: Vec<BigUint>) -> Self {
        Self {
            pkcs1,
            primes,
            sound: OnceLock::new(),
        }
    }

    /// The key as `RSAPrivateKey`. RFC 8017, A.1.2.
    pub(super) fn pkcs1(&self) -> &[u8] {
        &self.pkcs1
    }

    /// Whether the numbers that are called primes are. That takes as long as some signatures: it is asked before the
    /// first one alone, and not again of a key that is read anew for each. No composite number is known that passes this
    /// test (Baillie–PSW).
    pub(super) fn is_sound(&self) -> bool {
        *self.sound.get_or_init(|| {
            let mut last = LAST_SOUND.lock().unwrap_or_else(PoisonError::into_inner);
            if *last == self.pkcs1 {
                return true;
            }
            let sound = self.primes.iter().all(|prime| probably_prime(prime, 0));
            if sound {
                last.clone_from(&self.pkcs1);
            }
            sound
        })
    }

    /// Takes the primes as proven, by who has just found them.
    pub(super) fn take_as_sound(&self) {
        self.sound.get_or_init(|| true);
    }
}

impl PartialEq for RsaPair {
    fn eq(&self, other: &Self) -> bool {
        self.pkcs1 == other.pkcs1
    }
}

impl Eq for RsaPair {}

/// How many octets these are.
pub(super) fn length(octets: &[u8]) -> u32 {
    u32::try_from(octets.len()).unwrap_or(u32::MAX)
}
