//! Tests of reading, signing and verifying tokens, from outside.

mod broken;
mod checks;
mod claims;
mod corpus;
mod fixture;
mod header;
mod inspection;
mod jwk_problems;
mod key_problems;
mod key_properties;
mod large;
mod properties;
mod reading;
mod round_trips;
mod signing;
mod standards;
mod terms;
mod text;
