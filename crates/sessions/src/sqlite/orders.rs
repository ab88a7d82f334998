//! Orders in SQLite.

use protocol::Timestamp;
use rusqlite::params;

use super::{SqliteStore, limit, moment, store_error, unknown_user};
use crate::{LISTED_ORDERS_LIMIT, Order, OrderStore, StoreError, statement};

impl OrderStore for SqliteStore {
    fn orders_of(&mut self, user: u32) -> Result<Vec<Order>, StoreError> {
        self.read(
            statement::ORDERS_OF,
            params![user, limit(LISTED_ORDERS_LIMIT)],
            |row| {
                Ok(Order {
                    id: row.get(0)?,
                    user: row.get(1)?,
                    item: row.get(2)?,
                    created: moment(row, 3)?,
                })
            },
        )
    }

    fn add_order(
        &mut self,
        user: u32,
        item: &str,
        created: Timestamp,
    ) -> Result<Order, StoreError> {
        self.write(
            statement::ADD_ORDER,
            params![user, item, created.milliseconds()],
        )
        .map_err(|error| unknown_user(&error, user).unwrap_or_else(|| store_error(error)))?;
        // SQLite numbers them itself, one after the last.
        let id =
            u32::try_from(self.connection.last_insert_rowid()).map_err(|_| StoreError::Full)?;
        Ok(Order {
            id,
            user,
            item: item.to_owned(),
            created,
        })
    }
}
