//! Orders: the application's own data, which has nothing to do with who is signed in. Never decides who may see one.

use protocol::Timestamp;

/// How many of a user's orders are listed at most.
pub const LISTED_ORDERS_LIMIT: usize = 20;

/// What a user ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The order's number: they count up from 1, over all users.
    pub id: u32,
    /// Whose it is.
    pub user: u32,
    /// What was ordered, as the user wrote it.
    pub item: String,
    /// When it was ordered.
    pub created: Timestamp,
}
