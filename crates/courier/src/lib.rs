//! Carries bytes between a browser's threads, and keeps them awake while messages follow close upon each other.

mod awake;
mod parcel;
mod watch;

pub use awake::message_sent;
pub use parcel::{pack, unpack};
