//! What the worker's program has in parts of its own: the database, and the lab. A release build loads them when they are
//! first asked for; in any other build they are there.

use std::pin::Pin;

use wasm_bindgen_futures::spawn_local;
use wasm_split_helpers::SplitLoaderError;
#[cfg(split)]
use wasm_split_helpers::wasm_split;

use crate::database::{self, Busy};
use crate::early::MakeWhole;
use crate::{lab, runtime, scope};

type Opening = Pin<Box<dyn Future<Output = Result<MakeWhole, Busy>>>>;

/// Opens the database, and gives what makes a server whole with it.
///
/// # Errors
/// Where the part did not come.
pub(crate) async fn open_database() -> Result<Result<MakeWhole, Busy>, SplitLoaderError> {
    #[cfg(split)]
    let opening = database_part().await?;
    #[cfg(not(split))]
    let opening = database_part()?;
    Ok(opening.await)
}

/// Takes the lab's role, once its part is there.
pub(crate) fn begin_lab() {
    spawn_local(async {
        #[cfg(split)]
        let begun = lab_part().await;
        #[cfg(not(split))]
        let begun = lab_part();
        if let Err(error) = begun {
            lab::died(error.to_string());
        }
    });
}

#[cfg_attr(split, wasm_split(database, fallible))]
fn database_part() -> Result<Opening, SplitLoaderError> {
    Ok(Box::pin(async {
        let grain = scope::timer_grain_microseconds();
        let opened = database::open().await?;
        let make_whole: MakeWhole = Box::new(move |early| runtime::start(early, opened, grain));
        Ok(make_whole)
    }))
}

#[cfg_attr(split, wasm_split(lab, fallible))]
fn lab_part() -> Result<(), SplitLoaderError> {
    lab::open();
    Ok(())
}
