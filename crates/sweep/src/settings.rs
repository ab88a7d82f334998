//! The settings of a load from what someone copied: a link, its fragment, or the settings' text alone.

use protocol::Simulation;

/// The run that a link, a fragment or a text holds.
///
/// # Errors
///
/// A sentence that says what can't be read.
pub fn settings(text: &str) -> Result<Simulation, String> {
    let text = text.trim();
    let load = match text.split_once('#') {
        None => text.to_owned(),
        Some((_, fragment)) => load_of(fragment)?,
    };
    scenario::from_text(&load).map_err(|problem| format!("These settings make no run: {problem}."))
}

fn load_of(fragment: &str) -> Result<String, String> {
    let query = fragment.strip_prefix("/fleet").ok_or(
        "This link leads to another scene than the fleet; its fragment begins with #/fleet.",
    )?;
    let value = query
        .trim_start_matches('?')
        .split('&')
        .find_map(|pair| pair.strip_prefix("load="));
    match value {
        None => Ok(String::new()),
        Some(value) => {
            decoded(value).ok_or_else(|| "The link's load is cut, or was changed.".to_owned())
        }
    }
}

/// The text without its percent-encoding (RFC 3986, 2.1).
fn decoded(text: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(octet) = rest.next() {
        if octet == b'%' {
            let (high, low) = (rest.next()?, rest.next()?);
            let digit = |octet: u8| char::from(octet).to_digit(16);
            octets.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
        } else {
            octets.push(octet);
        }
    }
    String::from_utf8(octets).ok()
}
