//! The request: chosen from the server's routes, or written by hand.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Errand, Header, Lane, Presented};

use crate::state::{Playground, memo};

/// The IDs of the fields, and of what is said of a mistake in one.
const METHOD: &str = "method";
const PATH: &str = "path";
const HEADERS: &str = "headers";
const MISTAKE: &str = "request-mistake";

/// The requests to choose from: method, path, content.
const REQUESTS: [(&str, &str, &str); 5] = [
    ("GET", "/me", ""),
    ("GET", "/orders", ""),
    ("POST", "/orders", "{\"item\":\"a cup of tea\"}"),
    ("GET", "/admin/users", ""),
    ("GET", "/nowhere", ""),
];

/// What a link calls them.
const NAMES: [&str; REQUESTS.len()] = [
    "GET /me",
    "GET /orders",
    "POST /orders",
    "GET /admin/users",
    "GET /nowhere",
];

/// What is written in the fields.
#[derive(Clone, Copy)]
pub(in crate::scenes) struct RequestFields {
    /// The place of the request that was chosen last, in the list.
    chosen: RwSignal<usize>,
    method: RwSignal<String>,
    path: RwSignal<String>,
    headers: RwSignal<String>,
    body: RwSignal<String>,
}

impl RequestFields {
    /// With the first request of the list.
    pub(super) fn new() -> Self {
        let (method, path, body) = REQUESTS[0];
        Self {
            chosen: RwSignal::new(0),
            method: RwSignal::new(String::from(method)),
            path: RwSignal::new(String::from(path)),
            headers: RwSignal::new(String::new()),
            body: RwSignal::new(String::from(body)),
        }
    }

    /// The chosen request, as a link names it; `None` for one that was written by hand. Tracked.
    pub(in crate::scenes) fn named(self) -> Option<&'static str> {
        let (method, path, body) = REQUESTS.get(self.chosen.get()).copied()?;
        let is_as_chosen = self.method.with(|it| it == method)
            && self.path.with(|it| it == path)
            && self.body.with(|it| it == body)
            && self.headers.with(String::is_empty);
        is_as_chosen.then(|| NAMES.get(self.chosen.get()).copied())?
    }

    /// Chooses the request of that name. Whether another one was chosen; `None` where there is no such request.
    pub(in crate::scenes) fn choose_named(self, name: &str) -> Option<bool> {
        let place = NAMES.iter().position(|it| *it == name)?;
        let is_other = untrack(move || self.named()) != Some(name);
        self.choose(place);
        Some(is_other)
    }

    /// The request as it is typed now.
    fn written(self) -> Written {
        Written {
            method: self.method.get(),
            path: self.path.get(),
            headers: self.headers.get(),
            body: self.body.get(),
        }
    }

    fn choose(self, place: usize) {
        if let Some((method, path, body)) = REQUESTS.get(place) {
            self.chosen.set(place);
            self.method.set((*method).to_owned());
            self.path.set((*path).to_owned());
            self.body.set((*body).to_owned());
            self.headers.set(String::new());
        }
    }
}

/// The request, and what sends it to both lanes.
#[component]
pub(crate) fn RequestForm() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let fields: RequestFields = expect_context();
    let RequestFields {
        chosen,
        method,
        path,
        headers,
        body,
    } = fields;
    // A mistake is told once it was sent, and then for as long as it is one.
    let was_refused = RwSignal::new(false);
    let mistake = memo(move || {
        let written = was_refused.get().then(|| fields.written());
        written.and_then(|it| it.errands().err())
    });

    let choose = move |event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(place) = place {
            fields.choose(place);
            was_refused.set(false);
        }
    };
    // A press of Enter in a field presses the button, too. The form itself is not submitted: browsers would lay out the whole
    // page first, to look for what to fill in later.
    let send = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let errands = untrack(move || fields.written()).errands();
        was_refused.set(errands.is_err());
        if let Ok(errands) = errands {
            spawn_local(async move {
                playground.send(errands).await;
            });
        }
    };
    let sign_out = move |_| {
        spawn_local(async move {
            playground.sign_out().await;
        });
    };

    view! {
        <form class="group request-form">
            <label for="request">"Request"</label>
            <select
                id="request"
                class="mono"
                on:change=choose
                prop:value=move || chosen.get().to_string()
            >
                {REQUESTS
                    .into_iter()
                    .enumerate()
                    .map(|(index, (method, path, _))| {
                        view! { <option value=index.to_string()>{format!("{method} {path}")}</option> }
                    })
                    .collect_view()}
            </select>
            <button type="submit" id="send" class="main" on:click=send>
                "Send to both"
            </button>
            <button type="button" id="sign-out" class="quiet" on:click=sign_out>
                "Sign out of both"
            </button>
            <p class="note trouble" id=MISTAKE role="alert">
                {move || mistake.get().map(|it| it.says)}
            </p>
            <details class="by-hand">
                <summary>"Change it"</summary>
                <div class="by-hand-fields">
                    <Field label="Method" id=METHOD value=method mistake=mistake />
                    <Field label="Path" id=PATH value=path mistake=mistake />
                    <label for=HEADERS>"Header fields, one per line"</label>
                    <textarea
                        id=HEADERS
                        class="mono"
                        rows="2"
                        spellcheck="false"
                        aria-invalid=move || is_in(mistake, HEADERS).to_string()
                        aria-describedby=move || is_in(mistake, HEADERS).then_some(MISTAKE)
                        prop:value=move || headers.get()
                        on:input=move |event| headers.set(event_target_value(&event))
                    ></textarea>
                    <label for="body">"Content"</label>
                    <textarea
                        id="body"
                        class="mono"
                        rows="2"
                        spellcheck="false"
                        prop:value=move || body.get()
                        on:input=move |event| body.set(event_target_value(&event))
                    ></textarea>
                </div>
            </details>
        </form>
    }
}

#[component]
fn Field(
    /// What it is.
    label: &'static str,
    /// Its element's ID.
    id: &'static str,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with the request.
    mistake: Memo<Option<Mistake>>,
) -> impl IntoView {
    view! {
        <label for=id>{label}</label>
        <input
            id=id
            class="mono"
            aria-invalid=move || is_in(mistake, id).to_string()
            aria-describedby=move || is_in(mistake, id).then_some(MISTAKE)
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
}

fn is_in(mistake: Memo<Option<Mistake>>, field: &str) -> bool {
    mistake.with(|mistake| mistake.is_some_and(|it| it.field == field))
}

/// What is wrong with a request as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mistake {
    /// The ID of the field that it is in.
    field: &'static str,
    says: &'static str,
}

/// A request as it was typed.
#[derive(Clone, Debug)]
struct Written {
    method: String,
    path: String,
    headers: String,
    body: String,
}

impl Written {
    /// The same errand for both lanes, or what is wrong with it.
    fn errands(&self) -> Result<Vec<Errand>, Mistake> {
        let method = self.method.trim();
        if method.is_empty() || !method.bytes().all(is_token_byte) {
            return Err(Mistake {
                field: METHOD,
                says: "A method is one word, such as GET.",
            });
        }
        let path = self.path.trim();
        if !path.starts_with('/') || path.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(Mistake {
                field: PATH,
                says: "The path starts with a slash and has no spaces, such as /me.",
            });
        }
        let headers = self
            .headers
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(parse_header)
            .collect::<Option<Vec<_>>>()
            .ok_or(Mistake {
                field: HEADERS,
                says: "A header field is a name, a colon and a value, such as Accept: text/html.",
            })?;
        Ok(Lane::BOTH
            .into_iter()
            .map(|lane| Errand {
                lane,
                method: method.to_owned(),
                path: path.to_owned(),
                headers: headers.clone(),
                body: self.body.clone(),
                credential: Presented::FromBrowser,
            })
            .collect())
    }
}

fn parse_header(line: &str) -> Option<Header> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let well_formed = !name.is_empty() && name.bytes().all(is_token_byte);
    well_formed.then(|| Header::new(name, value.trim()))
}

/// What names and methods are made of. RFC 9110, 5.6.2.
const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(method: &str, path: &str, headers: &str) -> Written {
        Written {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: headers.to_owned(),
            body: String::new(),
        }
    }

    #[test]
    fn what_is_well_formed_goes_to_both_lanes() {
        let errands = written(" DELETE ", "/me?x=1", "Accept: text/html\n\nX-A:b:c")
            .errands()
            .expect("it is well formed");
        assert_eq!(errands.len(), 2);
        assert_eq!(errands[0].method, "DELETE");
        assert_eq!(
            errands[1].headers,
            [
                Header::new("Accept", "text/html"),
                Header::new("X-A", "b:c")
            ]
        );
    }

    #[test]
    fn what_is_not_is_refused_with_a_sentence() {
        for (method, path, headers, field) in [
            ("", "/me", "", METHOD),
            ("GE T", "/me", "", METHOD),
            ("GET\r\nX: y", "/me", "", METHOD),
            ("GET", "me", "", PATH),
            ("GET", "/me now", "", PATH),
            ("GET", "/me\u{7}", "", PATH),
            ("GET", "/me", "no colon", HEADERS),
            ("GET", "/me", ": no name", HEADERS),
            ("GET", "/me", "na me: value", HEADERS),
        ] {
            let mistake = written(method, path, headers).errands().err();
            assert_eq!(
                mistake.map(|it| it.field),
                Some(field),
                "{method:?} {path:?} {headers:?}"
            );
        }
    }
}
