//! Memos that are made by one function for each type of value, and not by one for each closure: the bytes are waited
//! for.

use leptos::prelude::Memo;

/// A value that is worked out again where what it was worked out from has changed, and told on where it is another.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(
    work_out: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    let work_out: Box<dyn Fn() -> T + Send + Sync> = Box::new(work_out);
    Memo::new(move |_| work_out())
}
