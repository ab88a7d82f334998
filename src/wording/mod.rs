//! The only place with prose: says each step, refusal and notice in English.
//!
//! A sentence may hold `code` between backticks; `components::prose` sets it. It never says anything that the facts
//! don't hold.

pub(crate) mod arrow;
mod claim;
mod cookie;
pub(crate) mod cookie_studio;
mod editing;
mod event;
mod guidance;
mod history;
mod key;
mod loading;
mod notice;
mod reference;
mod rejection;
mod said;
mod sharing;
mod short_hash;
mod step;
mod studio;
mod time;
mod token;
mod verdict;

pub(crate) use claim::{claim_meaning, is_date, moment, parameter_meaning};
pub(crate) use cookie::{
    held, http_only_note, initiator_word, readback, rule_against, script_attempt, stored_as,
    storing,
};
pub(crate) use editing::{cookie_value_note, draft_state, part_note};
pub(crate) use event::{audit_event, event, offset};
pub(crate) use guidance::{ALL_TRIED, Experiment, FIRST_SEND, FIRST_SIGN_IN, experiment};
pub(crate) use history::{made_room, not_shown};
pub(crate) use key::{
    NO_PUBLIC_HALF, forgery, key_facts, key_power, key_problem, key_progress, key_summary, service,
};
pub(crate) use loading::{SCENE_LOADING, SCENE_NOT_LOADED};
pub(crate) use notice::{no_answer, persistence, set_aside};
pub(crate) use reference::reference;
pub(crate) use rejection::rejection;
pub(crate) use sharing::{NO_TOKEN_YET, example_name, studio_notice};
pub(crate) use short_hash::short_hash;
pub(crate) use step::{check_name, party, step};
pub(crate) use studio::{
    agreement, blast_radius, cookie_room, leeway_problem, lifetime, right_signature, size,
    terms_state, token_source, verifier_step, verifier_verdict,
};
pub(crate) use time::{duration, microseconds};
pub(crate) use token::{token_check_name, token_step};
pub(crate) use verdict::{Tone, Verdict, verdict};
