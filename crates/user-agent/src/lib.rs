//! The browser's rules for cookies: what is stored, what a request carries, and why not.
//!
//! The rules are those of RFC 6265bis in its draft 22 (draft-ietf-httpbis-rfc6265bis-22); section numbers are that
//! draft's. A [`Jar`] stores `Set-Cookie` lines (5.6 and 5.7), selects what a request carries (5.8.3), and takes over
//! what page script really finds in `document.cookie`. Each decision names the rule that made it. [`try_jar`] tries the
//! same on an empty jar, for whoever wants to see what becomes of a line.
//!
//! This crate never asks a clock (`now` is an argument), never touches the real browser (it returns the lines that
//! page script is to assign), and never fails: any text has a defined outcome.
//!
//! What the model leaves out:
//! - The public suffix list (5.7, step 9) is not carried. A `Domain` of a single label, such as `com`, counts as a
//!   public suffix; `co.uk` does not.
//! - Host names are compared in lower case and never converted by IDNA (5.1.2): an origin is in ASCII already.
//! - Two hosts are one site only if a request's [`protocol::Initiator`] says so; nothing is computed from URLs (5.2).
//! - Jars have no upper number of cookies, and nothing is evicted for space (5.7).
//! - A cookie without a lifetime outlasts the browser's end, as the jar does not learn of it.
//! - `Partitioned` and `Priority` are not in the draft; they are ignored as unknown.

mod context;
mod date;
mod grade;
mod jar;
mod matching;
mod matrix;
mod order;
mod pasted;
mod reconciliation;
mod retrieval;
mod script;
mod set_cookie;
mod storage;
mod trial;

pub use context::{RequestContext, SameSiteDefaults, Source, https_only, trustworthy_localhost};
pub use date::cookie_date;
pub use jar::Jar;
pub use matching::{default_path, domain_matches, path_matches};
pub use reconciliation::{Beginning, Change};
pub use retrieval::Selection;
pub use trial::try_jar;
