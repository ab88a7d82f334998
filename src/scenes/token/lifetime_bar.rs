//! When the token was issued, from when and until when it is valid, and where the clock is: a picture with its text.

use leptos::prelude::*;
use protocol::Timestamp;

use super::texts::{Texts, numeric_date};
use crate::components::Prose;
use crate::state::Playground;
use crate::state::memo;
use crate::wording;

/// The picture's width, in percent: its letters stay as large as any, however narrow it is.
const WIDTH: f64 = 100.0;
/// What stays free at both ends.
const MARGIN: f64 = 6.0;

/// Issued, valid from, expires.
type Moments = [Option<Timestamp>; 3];

/// The bar.
#[component]
pub(super) fn LifetimeBar() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let texts = expect_context::<Memo<Texts>>();
    let moments = memo(move || {
        texts.with(|texts| {
            ["iat", "nbf", "exp"].map(|name| texts.claim(name).and_then(numeric_date))
        })
    });
    let clock = move || {
        let offset = playground.clock_offset_seconds.get();
        playground.second.get().plus_seconds(offset)
    };
    let said = memo(move || {
        let [issued, not_before, expires] = moments.get();
        wording::lifetime(issued, not_before, expires, clock())
    });
    view! {
        {move || drawing(moments.get(), clock())}
        <p class="note">{move || view! { <Prose text=said.get() /> }}</p>
    }
}

fn drawing(moments: Moments, clock: Timestamp) -> Option<AnyView> {
    let scale = Scale::of(moments, clock)?;
    let [issued, not_before, expires] = moments.map(|at| at.map(|at| scale.place(at)));
    let start = not_before.or(issued).unwrap_or(0.0);
    let end = expires.unwrap_or(WIDTH);
    let percent = |place: f64| format!("{place:.2}%");
    let ticks: Vec<_> = [("iat", issued), ("nbf", not_before), ("exp", expires)]
        .into_iter()
        .filter_map(|(name, place)| Some((name, place?)))
        .filter(|(name, place)| *name != "nbf" || issued != Some(*place))
        .map(|(name, place)| {
            let x = percent(place);
            view! {
                <line x1=x.clone() x2=x.clone() y1="20" y2="36" />
                <text x=x y="52">
                    {name}
                </text>
            }
        })
        .collect();
    let now = percent(scale.place(clock));
    let (start, width) = (percent(start), percent((end - start).max(0.0)));
    Some(
        view! {
            <svg class="lifetime" role="img" aria-label="Lifetime">
                <rect class="whole" x="0" y="25" width="100%" height="6" rx="3" />
                <rect class="valid" x=start y="25" width=width height="6" />
                {ticks}
                <line class="now" x1=now.clone() x2=now.clone() y1="16" y2="40" />
                <text class="now" x=now y="12">
                    "now"
                </text>
            </svg>
        }
        .into_any(),
    )
}

/// What leads from moments to places.
struct Scale {
    first: f64,
    span: f64,
}

impl Scale {
    /// `None` where there is no moment but now.
    fn of(moments: Moments, clock: Timestamp) -> Option<Self> {
        let known = moments.into_iter().flatten();
        let all: Vec<f64> = known
            .chain([clock])
            .map(|at| at.milliseconds() as f64)
            .collect();
        let first = all.iter().copied().reduce(f64::min)?;
        let last = all.iter().copied().reduce(f64::max)?;
        (all.len() > 1).then(|| Self {
            first,
            span: (last - first).max(1.0),
        })
    }

    fn place(&self, at: Timestamp) -> f64 {
        let part = (at.milliseconds() as f64 - self.first) / self.span;
        MARGIN + part * (WIDTH - 2.0 * MARGIN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_keep_their_order_and_stay_inside() {
        let at = |seconds| Some(Timestamp::from_seconds(seconds));
        let clock = Timestamp::from_seconds(50);
        assert!(Scale::of([None; 3], clock).is_none());
        for moments in [
            [at(0), at(10), at(100)],
            [at(50), None, None],
            [at(i64::MIN / 1000), None, at(i64::MAX / 1000)],
        ] {
            let scale = Scale::of(moments, clock).expect("there are moments");
            let mut places: Vec<f64> = moments
                .into_iter()
                .flatten()
                .map(|at| scale.place(at))
                .collect();
            assert!(places.is_sorted(), "{places:?}");
            places.push(scale.place(clock));
            assert!(places.iter().all(|place| (0.0..=WIDTH).contains(place)));
        }
    }
}
