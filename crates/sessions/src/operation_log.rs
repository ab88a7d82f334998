//! What a store did since it was last asked. Never grows beyond its capacity.

use std::collections::VecDeque;

use protocol::{Access, Purpose, StoreOperation, StorePlace};

/// How many operations a store remembers. A request has a handful: whoever forgets to take them leaks no memory.
pub const OPERATION_LOG_CAPACITY: usize = 256;

/// The operations since they were last taken.
#[derive(Debug)]
pub(crate) struct OperationLog {
    purpose: Purpose,
    operations: VecDeque<StoreOperation>,
}

/// What one operation did, as the store counted it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    /// Rows that a read returned or a write changed.
    pub(crate) rows: usize,
    /// Steps of a full table scan.
    pub(crate) full_scan_steps: u32,
    /// Steps of SQLite's virtual machine.
    pub(crate) vm_steps: u32,
}

impl Counts {
    /// Those of an operation that has no steps to count.
    pub(crate) fn of(rows: usize) -> Self {
        Self {
            rows,
            ..Self::default()
        }
    }
}

impl OperationLog {
    pub(crate) const fn new() -> Self {
        Self {
            purpose: Purpose::Authentication,
            operations: VecDeque::new(),
        }
    }

    pub(crate) fn record(
        &mut self,
        access: Access,
        place: StorePlace,
        statement: &str,
        counts: Counts,
    ) {
        self.push(StoreOperation {
            access,
            place,
            purpose: self.purpose,
            statement: statement.to_owned(),
            rows: u32::try_from(counts.rows).unwrap_or(u32::MAX),
            full_scan_steps: counts.full_scan_steps,
            vm_steps: counts.vm_steps,
        });
    }

    /// Takes over an operation that another log has counted, for this one's purpose.
    pub(crate) fn take_over(&mut self, operation: StoreOperation) {
        self.push(StoreOperation {
            purpose: self.purpose,
            ..operation
        });
    }

    fn push(&mut self, operation: StoreOperation) {
        if self.operations.len() == OPERATION_LOG_CAPACITY {
            self.operations.pop_front();
        }
        self.operations.push_back(operation);
    }

    pub(crate) fn take(&mut self) -> Vec<StoreOperation> {
        std::mem::take(&mut self.operations).into()
    }

    pub(crate) const fn set_purpose(&mut self, purpose: Purpose) {
        self.purpose = purpose;
    }
}
