//! What scenes keep while another one is shown. It is made when the scene is first opened, so that until then it costs
//! the page's start nothing.

use leptos::prelude::*;

/// The owner of what lives as long as the page.
#[derive(Clone)]
pub(crate) struct PageLife(Owner);

impl PageLife {
    /// Begins where it is called: what will be kept lives as long as the caller.
    pub(crate) fn begin() {
        provide_context(Self(Owner::current().unwrap_or_default()));
    }

    /// What is kept of this kind, made where there is nothing yet. Everything on the page finds it as a context.
    pub(crate) fn keep<T: Clone + Send + Sync + 'static>(make: impl FnOnce() -> T) -> T {
        let Self(owner) = expect_context::<Self>();
        owner.with(|| {
            use_context::<T>().unwrap_or_else(|| {
                let made = make();
                provide_context(made.clone());
                made
            })
        })
    }
}
