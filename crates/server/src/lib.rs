//! The auth server: routes, sign-in, sign-out, and the ordered checks of a request.
//!
//! It never asks a clock, a source of randomness or a browser for anything: time, chance and the store are arguments.
//! Everything it says about a request was written down by the code that did it, where it was done.

mod access_cookie;
mod accounts;
mod administration;
mod answer;
mod application;
mod audit;
mod bearer;
mod claim;
mod clearing;
mod content;
mod cookie_field;
mod environment;
mod extent;
mod issuing;
mod known_session;
mod known_token;
mod origin;
mod password;
mod policy;
mod refresh;
mod refresh_cookie;
mod revocation;
mod routes;
mod server;
mod session_care;
mod session_cookie;
mod session_login;
mod sign_in;
mod token_login;
mod trace;

pub use accounts::{SAMPLE_PASSWORD, sample_accounts, trial_accounts};
pub use administration::{end_sign_ins, set_role, sign_user_out, suspend_user};
pub use answer::refusal;
pub use clearing::removal_lines;
pub use environment::Environment;
pub use policy::Policy;
pub use routes::service_of;
pub use server::{Handled, Server, Troubles};
