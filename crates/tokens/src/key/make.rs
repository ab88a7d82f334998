//! New keys. Chance comes from the caller alone: with the same, the same key is made.

use num_bigint_dig::prime::probably_prime;
use protocol::{KeyKind, KeyProgress, NewKey};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{BigUint, RsaPrivateKey};

use super::Key;
use super::material::{Material, Rsa};
use super::numbers::{self, RsaPrivate};

/// The public exponent that about everyone takes.
const EXPONENT: u32 = 65_537;
/// How many candidates are tried between two reports.
const BATCH: u32 = 16;
/// How often each prime is tested at random bases, besides Baillie–PSW. FIPS 186-5, B.3, asks for five at most.
const ROUNDS: usize = 5;
/// The longest secret, in octets.
const MOST_SECRET_OCTETS: u32 = 1024;

/// Makes a key. The making of an RSA pair takes seconds, and says how far it is. A length outside of what [`NewKey`]
/// names is taken as the nearest that it does; that of an RSA modulus goes in steps of 16 bits.
pub fn make_key(
    new: NewKey,
    random: &mut dyn FnMut(&mut [u8]),
    progress: &mut dyn FnMut(KeyProgress),
) -> Key {
    let (kind, octets) = match new {
        NewKey::Hmac { octets } => {
            let mut secret = vec![0; octets.clamp(1, MOST_SECRET_OCTETS) as usize];
            random(&mut secret);
            return Key::secret(secret);
        }
        NewKey::Rsa { bits } => return make_rsa(bits.clamp(2048, 4096), random, progress),
        NewKey::P256 => (KeyKind::P256, 32),
        NewKey::P384 => (KeyKind::P384, 48),
        NewKey::Ed25519 => (KeyKind::Ed25519, 32),
    };
    let mut private = vec![0; octets];
    loop {
        random(&mut private);
        let made = match kind {
            KeyKind::Ed25519 => numbers::edwards_private(&private, None),
            // One in four thousand million is beyond the order, and drawn again. FIPS 186-5, A.2.2.
            kind => numbers::elliptic_private(kind, &private, None),
        };
        if let Ok(key) = made {
            return key;
        }
    }
}

/// FIPS 186-5, A.1.3, but for its bounds on the search.
fn make_rsa(
    bits: u32,
    random: &mut dyn FnMut(&mut [u8]),
    progress: &mut dyn FnMut(KeyProgress),
) -> Key {
    let octets = (bits / 16) as usize;
    let mut so_far = KeyProgress::default();
    progress(so_far);
    loop {
        so_far.primes = 0;
        let p = prime(octets, random, &mut so_far, progress);
        let q = prime(octets, random, &mut so_far, progress);
        if let Some(key) = pair(p, q) {
            return key;
        }
    }
}

/// The next prime of that many octets that fits the public exponent.
fn prime(
    octets: usize,
    random: &mut dyn FnMut(&mut [u8]),
    so_far: &mut KeyProgress,
    progress: &mut dyn FnMut(KeyProgress),
) -> BigUint {
    let mut candidate = vec![0; octets];
    loop {
        random(&mut candidate);
        // With the upper two bits set the product of two is as long as it must be; with the lowest it is odd.
        if let [first, .., last] = candidate.as_mut_slice() {
            *first |= 0b1100_0000;
            *last |= 1;
        }
        so_far.candidates = so_far.candidates.saturating_add(1);
        let number = BigUint::from_bytes_be(&candidate);
        let found = &number % EXPONENT != BigUint::from(1_u32) && probably_prime(&number, ROUNDS);
        if found {
            so_far.primes += 1;
        }
        if found || so_far.candidates.is_multiple_of(BATCH) {
            progress(*so_far);
        }
        if found {
            return number;
        }
    }
}

/// The key of these primes, unless they are too near to each other. FIPS 186-5, A.1.3, 5.4.
fn pair(p: BigUint, q: BigUint) -> Option<Key> {
    let (larger, smaller) = if p > q { (&p, &q) } else { (&q, &p) };
    if (larger - smaller).bits() + 100 <= p.bits() {
        return None;
    }
    let key = RsaPrivateKey::from_p_q(p, q, BigUint::from(EXPONENT)).ok()?;
    let (n, e, d) = (
        key.n().to_bytes_be(),
        key.e().to_bytes_be(),
        key.d().to_bytes_be(),
    );
    let [p, q] = key.primes() else { return None };
    let (p, q) = (p.to_bytes_be(), q.to_bytes_be());
    let private = RsaPrivate {
        d: &d,
        primes: Some([&p, &q]),
    };
    let key = numbers::rsa_private(&n, &e, &private).ok()?;
    if let Material::Rsa(Rsa {
        pair: Some(pair), ..
    }) = &key.material
    {
        pair.take_as_sound();
    }
    Some(key)
}
