//! What the diagrams play: the exchange that each lane shows.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{Calibration, Lane};

use crate::browser::reduced_motion;
use crate::components::{Picture, Score, arrows, picked_server, unanswered};
use crate::state::memo;
use crate::state::{Playground, Recorded};
use crate::wording::arrow::{diagram, diagram_unanswered};

/// What the lanes show. The lanes of the entry that is looked at play; one that it left out keeps its picture.
pub(super) fn of_history(playground: Playground) -> Memo<Score> {
    memo(move || {
        // Not tracked: figures that come later must not change what plays.
        let calibration = playground.calibration.get_untracked();
        // A stream shows finished pictures; its last one plays.
        let still = playground.streams.get() || reduced_motion();
        let entry = playground.shown_entry();
        let key = entry
            .as_ref()
            .map_or((0, 0), |entry| (entry.number, entry.at.milliseconds()));
        let pictures = Lane::BOTH.map(|lane| {
            playground
                .shown(lane)
                .map_or_else(empty, |recorded| picture(&recorded, calibration.as_ref()))
        });
        let plays = Lane::BOTH.map(|lane| {
            entry
                .as_ref()
                .is_some_and(|entry| entry.lane(lane).is_some())
        });
        Score::new(key, pictures, plays, still)
    })
}

fn empty() -> Picture {
    Picture {
        title: String::from(crate::wording::arrow::DIAGRAM_EMPTY),
        ..Picture::default()
    }
}

fn picture(recorded: &Recorded, calibration: Option<&Calibration>) -> Picture {
    match recorded.exchange() {
        Some(exchange) => Picture {
            arrows: Arc::new(arrows(exchange, calibration)),
            title: diagram(exchange),
            server: picked_server(exchange),
        },
        None => Picture {
            arrows: Arc::new(unanswered(&recorded.errand)),
            title: diagram_unanswered(&recorded.errand),
            server: None,
        },
    }
}
