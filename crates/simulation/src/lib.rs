//! The load model: requests of users, a balancer, servers with queues, a store that all of them share, and one or two
//! designs on the same arrivals. A discrete-event simulation; the same settings give the same bytes everywhere. It asks
//! no clock, and never touches a real server.
//!
//! # One request
//!
//! It arrives, takes the network's time, and is given to a server by the balancer (or waits in the one queue). When it
//! comes to the head of the queue, the server looks at what it carries and works without a break: the check, the
//! application's own work, and a password's hash where the user must sign in. Then its operations on the store follow one
//! after another: the round trip, the wait for a connection, the operation. A server is not held by a request that waits
//! for the store. The answer takes the network's time again, as long as the way there.
//!
//! Both lanes see the same arrivals: the same gaps, users, networks and work. Each is then simulated on its own.
//!
//! # What the model leaves out
//!
//! - A server works at one request at a time, in the order of arrival; real ones share their cores among several. A
//!   server of several cores is several servers with a shared queue.
//! - Servers don't slow down with load: no garbage is collected, no caches run cold, no threads are switched.
//! - The network has no bandwidth and loses nothing. Connections are open already.
//! - The store works at each operation alike, however many records it has; replicas and shards are no part of it.
//! - Balancers see at once that a server is down, and how many requests are under way at each one. A real one of several
//!   balancers knows only its own.
//! - Nobody retries: who is refused or fails comes again with the next request. Retries make an overload worse.
//! - All users are signed in at the start. A user who is refused signs in with the next request, on the server that this
//!   one leads to. With the hash of the ID as balancer, a user keeps the server also with a new ID.
//! - A request that waits for a user who has given up is dropped when it comes to the head of the queue; what a server
//!   or the store has begun is done.
//! - A store that is down, or not reached, says so at once; a real one often lets callers wait for a timeout.
//! - Operations on the store come after the server's work; in a real server the session's comes first. What is busy for
//!   how long stays the same.
//! - Tokens are renewed once in a quarter of an hour, each user's at its own time; with a new key that has not reached all
//!   servers, those that were renewed since are refused there. A server whose clock is ahead refuses those that have less
//!   than that left, and, from a quarter of an hour, sessions as idle too long; one that is behind refuses nothing.
//! - Bursts of which a hundred pass from one arrival to the next are none.
//! - At most a million requests are under way in each lane; one more fails.

mod batch;
mod chance;
mod changes;
mod events;
mod faults;
mod fleet;
mod histogram;
mod knee;
mod lane;
mod load;
mod outcome;
mod run;
mod series;
mod store;
mod theory;
mod workload;
mod wrong;

pub use knee::{knees, sweep};
pub use run::{Run, simulate};
pub use theory::{check_theory, erlang_c, theory};
