//! Looking at a token: the server's own verdict, and what can be read of it whatever is broken.

use protocol::{Inspection, Timestamp};

use crate::{Verifier, base64url, verify};

/// Verifies the token, and shows its header and payload as text: as far as their characters are base64url, whether or
/// not the rest of the token, or its number of parts, is right. Neither text is to be believed before the checks say so.
pub fn inspect(token: &str, verifier: &Verifier, now: Timestamp) -> Inspection {
    let mut parts = token.split('.');
    Inspection {
        checks: verify(token, verifier, now).steps,
        header: parts.next().and_then(base64url::readable),
        payload: parts.next().and_then(base64url::readable),
        key: protocol::KeyReport::default(),
    }
}
