//! What a client meets, and what the server says that it did: every route of both lanes, over both stores.

mod application;
mod audit;
mod client;
mod cookie;
mod cookie_settings;
mod fixture;
mod forms;
mod plans;
mod scheme_plans;
mod schemes;
mod session;
mod sign_in;
mod sign_out;
mod sliding;
mod token;
mod token_content;
