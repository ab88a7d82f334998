//! What crosses the boundary between page and worker, and what every part of the program speaks of.
//!
//! Plain data: public fields, no behaviour beyond constructors, small accessors and `Display`. It never holds anything
//! that a compact binary format can't carry (untagged enums, flattened or skipped fields, JSON values), and never a
//! sentence for people: those are said by the page's `wording`.

mod administration;
mod audit;
mod cookie;
mod exchange;
mod fact;
mod fleet;
mod har;
mod http_message;
mod jar;
mod key;
mod lane;
mod ledger;
mod message;
mod observation;
mod rejection;
mod scene;
mod scheme;
mod simulation;
mod simulation_report;
mod step;
mod table;
mod time;
mod token;

pub use administration::{AdminAct, AdminOutcome, RefreshRow, Rotation, UserRow};
pub use audit::{AuditEvent, AuditRow};
pub use cookie::{
    Cookie, CookieEffect, CookieHeld, CookieLifetime, CookiePath, CookieRule, CookieSettings,
    IgnoredAttribute, Initiator, SameSite, Storing,
};
pub use exchange::{Errand, Exchange, PageContext, Presented, Site};
pub use fact::Fact;
pub use fleet::{
    Balancer, ChosenBy, Fault, FaultKind, FaultOutcome, FaultTrial, Fleet, FleetChange, FleetKeys,
    FleetProblem, FleetView, LaneOutcome, RoundOutcome, Scheduled, ServerView,
};
pub use har::{HarCookie, HarFindings, HarPlace, HarProblem, HarToken};
pub use http_message::{Header, Request, Response};
pub use jar::{
    AttributeEffect, AttributeKind, AttributeRead, CookieFate, CookieGrade, CookieText, Defaults,
    Excerpt, GradeFinding, JarDecision, JarOutcome, JarTrial, LineOutcome, MatrixCell, Pasted,
    Place, TrialRequest,
};
pub use key::{
    GivenKey, HeldKey, KeyEncoding, KeyFacts, KeyFormat, KeyKind, KeyProblem, KeyProgress,
    KeyReport, LabOrder, LabReport, MadeKey, NewKey, PublicHalf, ServerAlgorithm, Service,
    SignatureRate, Signer, SigningProblem,
};
pub use lane::{Lane, LaneNames};
pub use ledger::{Ledger, StoreCost};
pub use message::{
    BuildId, Command, Envelope, EnvelopeError, Notice, Opening, PageMessage, Persistence, Reply,
    ServerMessage, SetAside, SetAsideReason, Settings,
};
pub use observation::{CalibratedCost, Calibration, KeyRow, Observation, SessionRow};
pub use rejection::Rejection;
pub use scene::{SceneCommand, SceneReply, Sealed};
pub use scheme::{
    Carrier, Credential, Lifetime, Lifetimes, Preset, Revocation, Scheme, SchemeProblem,
    StorePlace, StoreSettings,
};
pub use simulation::{
    Arrivals, Distribution, LaneModel, Prices, Queue, Records, Simulation, SimulationProblem,
    StoreModel,
};
pub use simulation_report::{
    FleetFrame, Knee, LaneReport, Latency, Limit, LoadOrder, LoadReport, MonthlyCost, Overload,
    SeriesPoint, SimulationReport, SweepPoint, TheoryRow, TheorySystem, Varied,
};
pub use step::{Access, Check, Cost, Outcome, Party, Purpose, Step, StoreOperation};
pub use table::{
    Batch, Filled, GrowthPoint, ImportProblem, SqlOutcome, SqlProblem, SqlResult, SqlValue, Table,
    TablePage, TableQuery,
};
pub use time::Timestamp;
pub use token::{
    Inspection, InspectionOptions, TokenCheck, TokenFact, TokenOutcome, TokenPart, TokenRejection,
    TokenStep,
};
