//! Line by line: what became of it, and each of its attributes.

use leptos::prelude::*;
use protocol::LineOutcome;

use super::word::Word;
use crate::components::Prose;
use crate::state::CookieStudio;
use crate::state::memo;
use crate::wording::{self, cookie_studio};

/// How many octets of a line are shown.
const SHOWN_OCTETS: usize = 400;

/// The lines.
#[component]
pub(super) fn LineList() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let lines = memo(move || {
        studio
            .with_outcome(|outcome| outcome.lines.clone())
            .unwrap_or_default()
    });
    move || {
        lines.with(|lines| {
            if lines.is_empty() {
                view! {
                    <p class="empty">
                        <Prose text=cookie_studio::NO_LINES />
                    </p>
                }
                .into_any()
            } else {
                view! {
                    <ol class="cookie-lines" aria-label="Line by line">
                        {lines.iter().map(line_view).collect_view()}
                    </ol>
                }
                .into_any()
            }
        })
    }
}

fn line_view(line: &LineOutcome) -> impl IntoView + use<> {
    let (mark, word, why) = cookie_studio::fate(line);
    let attributes: Vec<_> = line
        .attributes
        .iter()
        .map(|read| {
            let (counts, said) = cookie_studio::attribute(read);
            let mut text = read.name.text.clone();
            if read.value.octets > 0 {
                text.push('=');
                text.push_str(&read.value.text);
            }
            if read.name.is_cut() || read.value.is_cut() {
                text.push('…');
            }
            view! {
                <div class:ignored=!counts>
                    <dt class="mono">{text}</dt>
                    <dd>
                        <Prose text=said />
                    </dd>
                </div>
            }
        })
        .collect();
    view! {
        <li>
            <p class="mono line-text">{shown(line)}</p>
            <p class="fate">
                <Word mark=mark word=word />
                " "
                <span>
                    <Prose text=why />
                </span>
            </p>
            <dl class="attributes">{attributes}</dl>
        </li>
    }
}

/// A line's text, the middle left out where it is long: its attributes are at the end.
fn shown(line: &LineOutcome) -> String {
    let text = &line.line.text;
    if text.len() <= SHOWN_OCTETS {
        return text.clone();
    }
    let half = SHOWN_OCTETS / 2;
    let start = &text[..text.floor_char_boundary(half)];
    let end = &text[text.ceil_char_boundary(text.len() - half)..];
    let end = if line.line.is_cut() { "" } else { end };
    format!(
        "{start} … {end} ({})",
        wording::counted(line.line.octets, "octet")
    )
}
