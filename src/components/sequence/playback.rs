//! Where the playback is: one position for both lanes. It moves frame by frame while it plays, and not at all
//! otherwise.

use std::ops::Range;
use std::sync::Arc;

use leptos::prelude::*;
use protocol::Lane;

use super::model::Arrow;
use super::timeline::Timeline;
use crate::browser::each_frame;

/// The speeds that one can choose.
pub(crate) const SPEEDS: [f64; 5] = [0.25, 0.5, 1.0, 2.0, 4.0];

/// What one lane's diagram shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Picture {
    /// Its arrows; none where nothing happened yet.
    pub(crate) arrows: Arc<Vec<Arrow>>,
    /// What it shows, in a line.
    pub(crate) title: String,
    /// Which of several servers answered.
    pub(crate) server: Option<u32>,
}

/// What there is to play.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Score {
    /// Tells it from all others: a new one plays from its start.
    key: (u32, i64),
    /// By lane.
    pictures: [Picture; 2],
    /// Whether nothing may move.
    still: bool,
    /// When each arrow plays.
    timeline: Timeline,
}

impl Score {
    /// Lays out what there is to play. A lane that does not play keeps its finished picture of before; where nothing
    /// may move, both are finished at once.
    pub(crate) fn new(
        key: (u32, i64),
        pictures: [Picture; 2],
        plays: [bool; 2],
        still: bool,
    ) -> Self {
        let lanes: Vec<&[Arrow]> = pictures
            .iter()
            .zip(plays)
            .map(|(picture, plays)| {
                if plays {
                    picture.arrows.as_slice()
                } else {
                    &[]
                }
            })
            .collect();
        let timeline = Timeline::of(&lanes);
        Self {
            key,
            pictures,
            still,
            timeline,
        }
    }
}

/// A position in one score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Moment {
    /// Of which score.
    key: (u32, i64),
    /// Milliseconds of playback.
    position: f64,
    /// How far it plays, in milliseconds of playback; not beyond `position` where it rests.
    until: f64,
}

/// The playback. A handle: copy it freely.
#[derive(Clone, Copy)]
pub(crate) struct Playback {
    score: Memo<Score>,
    moment: RwSignal<Moment>,
    running: StoredValue<bool>,
    /// How fast it plays: 1 is as laid out.
    pub(crate) speed: RwSignal<f64>,
}

impl Playback {
    /// Plays each new score from its start.
    pub(crate) fn of(score: Memo<Score>) -> Self {
        let playback = Self {
            score,
            moment: RwSignal::new(Moment::default()),
            running: StoredValue::new(false),
            speed: RwSignal::new(1.0),
        };
        Effect::new(move |_| {
            if playback.moves() && !playback.running.get_value() {
                playback.running.set_value(true);
                each_frame(move |elapsed| playback.advance(elapsed));
            }
        });
        playback
    }

    /// The arrows of a lane's diagram.
    pub(crate) fn arrows(self, lane: Lane) -> Arc<Vec<Arrow>> {
        self.score
            .with(|score| Arc::clone(&score.pictures[place(lane)].arrows))
    }

    /// What a lane's diagram shows, in a line.
    pub(crate) fn title(self, lane: Lane) -> String {
        self.score
            .with(|score| score.pictures[place(lane)].title.clone())
    }

    /// Which of several servers answered in a lane.
    pub(crate) fn server(self, lane: Lane) -> Option<u32> {
        self.score.with(|score| score.pictures[place(lane)].server)
    }

    /// Whether there is anything to play.
    pub(crate) fn is_empty(self) -> bool {
        self.score.with(|score| score.timeline.end <= 0.0)
    }

    /// Whether it plays to the end by itself.
    pub(crate) fn plays(self) -> bool {
        let moment = self.moment();
        moment.position < moment.until
            && self.score.with(|score| moment.until >= score.timeline.end)
    }

    /// Whether nothing is left to play.
    pub(crate) fn is_over(self) -> bool {
        let position = self.moment().position;
        self.score.with(|score| position >= score.timeline.end)
    }

    /// Whether nothing was played yet.
    pub(crate) fn is_at_start(self) -> bool {
        self.moment().position <= 0.0
    }

    /// How much slower the playback is than what it shows.
    pub(crate) fn factor(self) -> f64 {
        self.score.with(|score| score.timeline.factor) / self.speed.get()
    }

    /// How much of an arrow is drawn: 0 before it starts, 1 once it has arrived.
    pub(crate) fn progress(self, lane: Lane, index: usize) -> f64 {
        let position = self.moment().position;
        self.score.with(|score| {
            let span = score.timeline.lanes.get(place(lane));
            let drawn = span
                .and_then(|lane| lane.get(index))
                .map_or(1.0, |span| drawn(span, position));
            if score.still { drawn.floor() } else { drawn }
        })
    }

    /// Rests where it plays, plays where it rests.
    pub(crate) fn toggle(self) {
        if untrack(|| self.plays()) {
            self.pause();
        } else {
            self.play();
        }
    }

    /// Goes on where it was, or from the start where it was over.
    fn play(self) {
        let from = if untrack(|| self.is_over()) {
            0.0
        } else {
            untrack(|| self.moment()).position
        };
        self.go(from, self.end());
    }

    /// Rests where it is.
    fn pause(self) {
        let position = untrack(|| self.moment()).position;
        self.go(position, position);
    }

    /// Plays from the start.
    pub(crate) fn replay(self) {
        self.go(0.0, self.end());
    }

    /// Shows the finished picture.
    pub(crate) fn finish(self) {
        self.go(self.end(), self.end());
    }

    /// Plays on to where the next arrow has arrived, and rests there.
    pub(crate) fn step_forward(self) {
        let moment = untrack(|| self.moment());
        // Asked again while it steps: that arrow is there at once, and the next one starts.
        let stepping = moment.until > moment.position && moment.until < self.end();
        let from = if stepping {
            moment.until
        } else {
            moment.position
        };
        let halt = self
            .score
            .with_untracked(|score| score.timeline.halt_after(from));
        let still = self.score.with_untracked(|score| score.still);
        self.go(if still { halt } else { from }, halt);
    }

    /// Goes back to where the arrow before had arrived.
    pub(crate) fn step_back(self) {
        let position = untrack(|| self.moment()).position;
        let halt = self
            .score
            .with_untracked(|score| score.timeline.halt_before(position));
        self.go(halt, halt);
    }

    fn end(self) -> f64 {
        self.score.with_untracked(|score| score.timeline.end)
    }

    fn go(self, position: f64, until: f64) {
        self.moment.set(Moment {
            key: self.score.with_untracked(|score| score.key),
            position,
            until,
        });
    }

    /// The position in this score; a new one starts at its start, or is finished where nothing may move.
    fn moment(self) -> Moment {
        let (key, still) = self.score.with(|score| (score.key, score.still));
        let moment = self.moment.get();
        if moment.key == key {
            return moment;
        }
        let end = self.score.with(|score| score.timeline.end);
        Moment {
            key,
            position: if still { end } else { 0.0 },
            until: end,
        }
    }

    fn moves(self) -> bool {
        let moment = self.moment();
        moment.position < moment.until
    }

    /// One frame further. Whether more are to come.
    fn advance(self, elapsed_milliseconds: f64) -> bool {
        // The scene may have gone in the meantime, and its signals with it.
        let Some(speed) = self.speed.try_get_untracked() else {
            return false;
        };
        let moment = untrack(|| self.moment());
        let position = (moment.position + elapsed_milliseconds * speed).min(moment.until);
        let goes_on = position < moment.until;
        self.running.set_value(goes_on);
        if position > moment.position {
            self.go(position, moment.until);
        }
        goes_on
    }
}

/// The lane's place in arrays by lane.
const fn place(lane: Lane) -> usize {
    match lane {
        Lane::A => 0,
        Lane::B => 1,
    }
}

fn drawn(span: &Range<f64>, position: f64) -> f64 {
    if position >= span.end {
        1.0
    } else if position <= span.start {
        0.0
    } else {
        (position - span.start) / (span.end - span.start)
    }
}
