//! The only place with prose: says each step, refusal and notice in English.
//!
//! A sentence may hold `code` between backticks; `components::prose` sets it. It never says anything that the facts
//! don't hold.

pub(crate) mod advice;
pub(crate) mod arrow;
mod check;
mod claim;
pub(crate) mod claims;
mod cookie;
pub(crate) mod cookie_studio;
mod editing;
mod event;
mod fleet;
mod guidance;
pub(crate) mod guide;
mod history;
mod key;
pub(crate) mod keys;
pub(crate) mod load;
mod loading;
mod notice;
mod number;
mod quantity;
mod reference;
mod rejection;
mod said;
mod scheme;
pub(crate) mod servers;
pub(crate) mod share;
mod sharing;
mod short_hash;
mod step;
pub(crate) mod store;
pub(crate) mod store_care;
pub(crate) mod store_console;
mod studio;
pub(crate) mod taking;
mod time;
mod token;
pub(crate) mod trial;
mod verdict;

pub(crate) use check::check_name;
pub(crate) use claim::{claim_meaning, is_date, moment, parameter_meaning};
pub(crate) use cookie::{
    assignment, held, http_only_note, initiator_word, readback, rule_against, script_attempt,
    stored_as, storing,
};
pub(crate) use editing::{
    COOKIE_NOT_TAKEN, bearer_note, cookie_value_note, draft_state, fell_back, no_cookie, part_note,
    refresh_cookie,
};
pub(crate) use event::{audit_event, event, offset, side};
pub(crate) use guidance::{ALL_TRIED, Experiment, FIRST_SEND, FIRST_SIGN_IN, experiment};
pub(crate) use history::{made_room, not_shown};
pub(crate) use key::{
    NO_PUBLIC_HALF, forgery, key_facts, key_power, key_problem, key_progress, key_summary, service,
};
pub(crate) use loading::{HOLDINGS_LOADING, HOLDINGS_NOT_LOADED, SCENE_LOADING, SCENE_NOT_LOADED};
pub(crate) use notice::{no_answer, persistence, set_aside};
pub(crate) use number::{fixed, grouped, plain};
pub(crate) use reference::reference;
pub(crate) use rejection::rejection;
pub(crate) use scheme::{
    NO_AUDIT_LOG, audit_log, carrier_word, credential_word, expects, kept_for_tokens, may_be_empty,
    preset_name, scheme_in_short, scheme_problem, scheme_title,
};
pub(crate) use sharing::{NO_TOKEN_YET, example_name, studio_notice};
pub(crate) use short_hash::short_hash;
pub(crate) use step::{party, step};
pub(crate) use studio::{
    agreement, blast_radius, cookie_room, leeway_problem, lifetime, right_signature, size,
    terms_state, token_source, verifier_step, verifier_verdict,
};
pub(crate) use time::{counted, duration, microseconds, milliseconds};
pub(crate) use token::{token_check_name, token_step};
pub(crate) use verdict::{Tone, Verdict, verdict};
