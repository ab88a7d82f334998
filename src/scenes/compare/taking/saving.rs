//! Writes what is taken along, and gives it to the browser.

use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Lane;

use super::Work;
use crate::browser::{Picture, next_task, save_file};
use crate::components::Playback;
use crate::scenes::saving::{Kind, save_picture};
use crate::state::Playground;
use crate::state::taking::{all_steps, file_stem, picture_lines};
use crate::wording::{self, taking as say};

/// How far the outermost parties stand out of the drawing, in pixels.
const MARGIN: f64 = 46.0;

/// A lane's diagram, as what it is wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// Which lane's.
    pub(super) lane: Lane,
    /// As what.
    pub(super) kind: Kind,
}

/// Saves the history as a HAR.
pub(super) fn save_har(playground: Playground, with_credentials: bool) -> Work {
    async move {
        let text = playground.har(with_credentials).await;
        let name = if with_credentials {
            "ticket-or-passport-with-credentials.har"
        } else {
            "ticket-or-passport.har"
        };
        let outcome = save_file(name, text.as_bytes());
        if with_credentials && outcome.is_ok() {
            say::saved_with_credentials(name)
        } else {
            say::saved(name, outcome)
        }
    }
    .boxed_local()
}

/// Saves all steps.
pub(super) fn save_steps(playground: Playground) -> Work {
    async move {
        let log = playground.log();
        let entries: Vec<_> = log.entries().map(|entry| &**entry).collect();
        let text = all_steps(&entries);
        let name = "ticket-or-passport-steps.json";
        say::saved(name, save_file(name, text.as_bytes()))
    }
    .boxed_local()
}

/// Saves a lane's diagram, as it is once it has played.
pub(super) fn save_diagram(playground: Playground, playback: Playback, wanted: Wanted) -> Work {
    async move {
        playback.finish();
        next_task().await;
        let Wanted { lane, kind } = wanted;
        let selector = format!("#section-{lane} svg.sequence");
        let own = wording::scheme_title(&playground.scheme_now(lane));
        let name = format!("{own}, {}", wording::side(lane));
        let title = untrack(|| playback.title(lane));
        let shown = untrack(|| playground.shown(lane));
        let picture = Picture::framed(&selector, MARGIN, |room| {
            picture_lines(&name, &title, shown.as_deref(), room)
        });
        let Some(picture) = picture else {
            return say::NO_DIAGRAM.to_owned();
        };
        save_picture(picture, &file_stem(lane), kind).await
    }
    .boxed_local()
}

/// Says what it came to.
pub(super) fn say_what_comes(said: RwSignal<Option<String>>, work: Work) {
    spawn_local(async move {
        let words = work.await;
        said.try_set(Some(words));
    });
}
