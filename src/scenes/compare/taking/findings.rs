//! What is in a HAR that someone opened: its tokens and cookies, each with a way into its studio. Whatever stands in the
//! file is shown as text.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{HarCookie, HarFindings, HarToken};

use crate::browser::{focus, go_to_fragment};
use crate::components::{Prose, ToolButton};
use crate::route::Scene;
use crate::scenes::controls::{
    Line, code, columns, data, line, named_button, table, text, wrapped,
};
use crate::state::Playground;
use crate::state::taking::{Found, GivenCookies, OpenedHar};
use crate::wording::taking as say;

/// How many rows are shown at first, and how many more at each press.
const ROWS_AT_ONCE: usize = 20;
/// How many characters of a value, and of a URL, are shown.
const SHOWN: usize = 160;
/// How many characters of a token are shown.
const SHOWN_OF_TOKEN: usize = 32;

/// The panel.
pub(super) fn view(playground: Playground, opened: OpenedHar) -> AnyView {
    let panel = move |Found { name, findings }: Found| {
        let is_empty = findings.tokens.is_empty() && findings.cookies.is_empty();
        let nothing = is_empty.then(|| {
            view! {
                <p class="note">
                    <Prose text=say::NOTHING_FOUND />
                </p>
            }
        });
        view! {
            <p>
                <Prose text=say::summary(&name, &findings) />
            </p>
            {nothing}
            {tokens(playground, &findings)}
            {cookies(playground, &findings)}
        }
    };
    let close = move |()| {
        opened.close();
        focus("#open-har");
    };
    view! {
        <section class="har" aria-labelledby="har">
            <h3 id="har">"What is in the HAR"</h3>
            {move || opened.found.get().map(panel)}
            <div class="tools">
                <ToolButton label="Close the HAR" on_press=Callback::new(close) />
            </div>
        </section>
    }
    .into_any()
}

fn tokens(playground: Playground, findings: &Arc<HarFindings>) -> AnyView {
    let rows = findings.tokens.len();
    let in_all = findings.tokens_in_all;
    let findings = Arc::clone(findings);
    let names = [
        "token",
        "algorithm",
        "seen first in",
        "of",
        "times",
        "studio",
    ];
    list("Tokens", &names, rows, in_all, move |place| {
        token_line(playground, place, &findings.tokens[place])
    })
}

fn token_line(playground: Playground, place: usize, found: &HarToken) -> Line {
    let token = found.token.clone();
    line(vec![
        code(cut(&found.token, SHOWN_OF_TOKEN)),
        code(found.algorithm.clone()),
        wrapped(say::place(&found.place, &found.name)),
        data(cut(&found.url, SHOWN)),
        text(found.times.to_string()),
        named_button(
            "Open in Token",
            format!("Open in Token: token {}", place + 1),
            move || {
                playground.for_studio.set(Some(token.clone()));
                go_to_fragment(Scene::Token.link());
            },
        ),
    ])
}

fn cookies(playground: Playground, findings: &Arc<HarFindings>) -> AnyView {
    let rows = findings.cookies.len();
    let in_all = findings.cookies_in_all;
    let findings = Arc::clone(findings);
    let names = ["cookie", "how", "seen first with", "times", "studio"];
    list("Cookies", &names, rows, in_all, move |place| {
        cookie_line(playground, place, &findings)
    })
}

fn cookie_line(playground: Playground, place: usize, findings: &Arc<HarFindings>) -> Line {
    let found: &HarCookie = &findings.cookies[place];
    let how = if found.was_set {
        say::SET_BY_ANSWER
    } else {
        say::SENT_BY_REQUEST
    };
    let findings = Arc::clone(findings);
    line(vec![
        data(cut(&found.line, SHOWN)),
        text(how),
        data(cut(&found.url, SHOWN)),
        text(found.times.to_string()),
        named_button(
            "Open in Cookie",
            format!("Open in Cookie: cookie {}", place + 1),
            move || {
                let given = GivenCookies::of(&findings.cookies, place);
                playground.for_cookie_studio.set(Some(given));
                go_to_fragment(Scene::Cookie.link());
            },
        ),
    ])
}

/// A table of which more is shown at each press.
fn list(
    caption: &'static str,
    names: &[&'static str],
    rows: usize,
    in_all: u32,
    row: impl Fn(usize) -> Line + Send + Sync + 'static,
) -> AnyView {
    if rows == 0 {
        return ().into_any();
    }
    let shown = RwSignal::new(ROWS_AT_ONCE);
    let columns = columns(names);
    let not_listed = (in_all as usize > rows).then(|| say::not_listed(rows, in_all));
    view! {
        {move || {
            let lines = (0..rows.min(shown.get())).map(&row).collect();
            table(caption.to_owned(), columns.clone(), lines)
        }}
        <Show when=move || { rows > ROWS_AT_ONCE }>
            <ToolButton
                label="Show more rows"
                idle=Signal::derive(move || shown.get() >= rows)
                name=format!("Show more rows of {caption}")
                on_press=Callback::new(move |()| shown.update(|shown| *shown += ROWS_AT_ONCE))
            />
        </Show>
        {not_listed.map(|words| view! { <p class="note">{words}</p> })}
    }
    .into_any()
}

fn cut(value: &str, characters: usize) -> String {
    match value.char_indices().nth(characters) {
        None => value.to_owned(),
        Some((end, _)) => format!("{}…", &value[..end]),
    }
}
