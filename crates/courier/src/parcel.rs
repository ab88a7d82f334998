//! Bytes as they are handed from thread to thread: a `Uint8Array` whose buffer is given away with it.

use std::cell::RefCell;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// A new buffer is at least this large, so that it does for what comes back in it. In octets.
const LEAST_OCTETS: u32 = 4 * 1024;
/// A larger one is not kept. In octets.
const MOST_OCTETS: u32 = 64 * 1024;

thread_local! {
    /// The buffer that came last: what is sent next goes in it, as making one costs more than filling it.
    static SPARE: RefCell<Option<ArrayBuffer>> = const { RefCell::new(None) };
    static GIVEN_AWAY: Array = Array::new_with_length(1);
}

/// These bytes as a message, and what is to be transferred with it. Both are for one `postMessage` at once.
pub fn pack(bytes: &[u8]) -> (Uint8Array, Array) {
    let octets = u32::try_from(bytes.len()).expect("WebAssembly's memory has 32 bits");
    let buffer = SPARE
        .take()
        .filter(|spare| spare.byte_length() >= octets)
        .unwrap_or_else(|| ArrayBuffer::new(octets.max(LEAST_OCTETS)));
    let message = Uint8Array::new_with_byte_offset_and_length(&buffer, 0, octets);
    message.copy_from(bytes);
    let transfer = GIVEN_AWAY.with(Clone::clone);
    transfer.set(0, buffer.into());
    (message, transfer)
}

/// The bytes of a message; `None` where it is none of [`pack`]'s.
pub fn unpack(message: &JsValue) -> Option<Vec<u8>> {
    let message: &Uint8Array = message.dyn_ref()?;
    let bytes = message.to_vec();
    let buffer = message.buffer();
    if buffer.byte_length() <= MOST_OCTETS {
        SPARE.set(Some(buffer));
    }
    Some(bytes)
}
