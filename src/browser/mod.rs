//! Every touch of the browser: the worker, cookies, storage, the console's API. Nothing else in the page names web-sys.

mod boot;
mod clipboard;
mod clock;
mod console_api;
mod cookies;
mod field;
mod file;
mod fragment;
mod frame;
mod json;
mod lab;
mod motion;
mod place;
mod same_place;
mod storage;
mod theme;
mod url;
mod worker_link;

pub(crate) use clipboard::copy;
pub(crate) use clock::{date_times, local_time, now};
pub(crate) use console_api::install as install_console_api;
pub(crate) use cookies::Cookies;
pub(crate) use field::{caret, fill, focus, go_to, has_focus};
pub(crate) use file::{save_file, take_file};
pub(crate) use fragment::{fragment, go_to_fragment};
pub(crate) use frame::{each_frame, next_frame};
pub(crate) use json::{JsonObject, quoted};
pub(crate) use lab::Lab;
pub(crate) use motion::{before_print, reduced_motion};
pub(crate) use place::{page_address, site, user_agent};
pub(crate) use same_place::go_to_same_place;
pub(crate) use storage::{BearerStorage, SettingsStorage, is_storage_allowed};
pub(crate) use theme::{Theme, current_theme, set_theme};
pub(crate) use url::place_of;
pub(crate) use worker_link::{LinkState, NoAnswer, WorkerLink};
