//! The form in which someone foresees what will come, before it is sent.

use leptos::prelude::*;
use protocol::Lane;

use crate::scenes::controls::select;
use crate::state::guide::{Guess, GuessedStatus, Reason, Tour};
use crate::wording::guide as words;

/// Both lanes' guesses.
pub(super) fn predicting(tour: Tour) -> AnyView {
    view! {
        <div class="tour-guesses" role="group" aria-label="What will come?">
            {Lane::BOTH.map(|lane| of_lane(tour, lane))}
        </div>
    }
    .into_any()
}

fn of_lane(tour: Tour, lane: Lane) -> AnyView {
    let (legend, name) = match lane {
        Lane::A => ("Ticket", "a"),
        Lane::B => ("Passport", "b"),
    };
    let guess = move || tour.guesses.with(|guesses| *lane.of(guesses));
    let change = move |change: fn(&mut Guess, usize), place| {
        tour.guesses
            .update(|guesses| change(lane.of_mut(guesses), place));
    };
    let statuses = with_open(GuessedStatus::ALL.map(words::guessed_status));
    let reasons = with_open(Reason::ALL.map(words::reason));
    let status = Signal::derive(move || place_of(&GuessedStatus::ALL, guess().status));
    let reason = Signal::derive(move || place_of(&Reason::ALL, guess().reason));
    let set_status = Callback::new(move |place| {
        change(
            |guess, place| guess.status = chosen(&GuessedStatus::ALL, place),
            place,
        );
    });
    let set_reason = Callback::new(move |place| {
        change(
            |guess, place| guess.reason = chosen(&Reason::ALL, place),
            place,
        );
    });
    view! {
        <fieldset class="axis">
            <legend>{legend}</legend>
            {select(format!("guess-{name}-status"), "Answer", statuses, status, set_status)}
            {select(format!("guess-{name}-reason"), "Reason", reasons, reason, set_reason)}
        </fieldset>
    }
    .into_any()
}

/// The first of them leaves the guess open.
fn with_open<const N: usize>(names: [&'static str; N]) -> Vec<String> {
    let open = std::iter::once("open");
    open.chain(names).map(str::to_owned).collect()
}

fn place_of<T: PartialEq>(all: &[T], one: Option<T>) -> usize {
    let place = one.and_then(|one| all.iter().position(|it| *it == one));
    place.map_or(0, |place| place + 1)
}

fn chosen<T: Copy>(all: &[T], place: usize) -> Option<T> {
    all.get(place.checked_sub(1)?).copied()
}
