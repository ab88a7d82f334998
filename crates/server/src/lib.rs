//! The auth server: routes, sign-in, sign-out, and the ordered checks of a request.
//!
//! It never asks a clock, a source of randomness or a browser for anything: time, chance and the store are arguments.
//! Everything it says about a request was written down by the code that did it, where it was done.

mod accounts;
mod answer;
mod application;
mod audit;
mod content;
mod environment;
mod origin;
mod password;
mod policy;
mod routes;
mod server;
mod session_cookie;
mod session_login;
mod sign_in;
mod token_login;
mod trace;

pub use accounts::{SAMPLE_PASSWORD, sample_accounts};
pub use environment::Environment;
pub use policy::Policy;
pub use routes::service_of;
pub use server::{Handled, Server};
pub use session_cookie::removal_lines;
