//! What can be taken along of what happened: a request as a command, the history as a file; and what another's file holds.
//! Nothing of it leaves the page by itself.

mod cookies;
mod credentials;
mod curl;
mod fetch;
mod given_cookies;
mod har;
mod moment;
mod opened_har;
mod picture;
mod steps;
mod whole_har;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod har_tests;

pub(crate) use curl::curl;
pub(crate) use fetch::fetch;
pub(crate) use given_cookies::GivenCookies;
pub(crate) use opened_har::{Found, OpenedHar};
pub(crate) use picture::{file_stem, picture_lines};
pub(crate) use steps::{all_steps, steps_of};
