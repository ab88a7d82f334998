//! Tests of reading, signing and verifying tokens, from outside.

mod checks;
mod claims;
mod fixture;
mod header;
mod inspection;
mod large;
mod properties;
mod signing;
mod standards;
mod text;
