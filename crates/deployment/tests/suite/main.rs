//! The whole way of a request: from what page script sees to the database, and back into the browser.

mod agreement;
mod agreement_of_schemes;
mod audit;
mod browser;
mod calibration;
mod chance;
mod clock;
mod cookies;
mod copies;
mod flights;
mod injection;
mod kill;
mod ledger;
mod model;
mod observer;
mod passwords;
mod previews;
mod properties;
mod repeatable;
mod sample_runs;
mod scheme_space;
mod server_memory;
mod services;
mod settings;
mod way;
