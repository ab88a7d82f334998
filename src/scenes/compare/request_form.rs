//! The request: chosen from the server's routes, or written by hand.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{Errand, Header, Lane, Presented};

use crate::state::Playground;

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
    let trouble = RwSignal::new(None::<&'static str>);

    let choose = move |event| {
        let place: Option<usize> = event_target_value(&event).parse().ok();
        if let Some(place) = place {
            fields.choose(place);
            trouble.set(None);
        }
    };
    // A press of Enter in a field presses the button, too. The form itself is not submitted: browsers would lay out the whole
    // page first, to look for what to fill in later.
    let send = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        let written = Written {
            method: method.get(),
            path: path.get(),
            headers: headers.get(),
            body: body.get(),
        };
        match written.errands() {
            Ok(errands) => {
                trouble.set(None);
                spawn_local(async move {
                    playground.send(errands).await;
                });
            }
            Err(sentence) => trouble.set(Some(sentence)),
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
            <details class="by-hand">
                <summary>"Change it"</summary>
                <div class="by-hand-fields">
                    <Field label="Method" id="method" value=method />
                    <Field label="Path" id="path" value=path />
                    <label for="headers">"Header fields, one per line"</label>
                    <textarea
                        id="headers"
                        class="mono"
                        rows="2"
                        spellcheck="false"
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
            <p class="note trouble" role="alert">
                {trouble}
            </p>
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
) -> impl IntoView {
    view! {
        <label for=id>{label}</label>
        <input
            id=id
            class="mono"
            autocomplete="off"
            autocapitalize="off"
            spellcheck="false"
            prop:value=move || value.get()
            on:input=move |event| value.set(event_target_value(&event))
        />
    }
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
    fn errands(&self) -> Result<Vec<Errand>, &'static str> {
        let method = self.method.trim();
        if method.is_empty() || !method.bytes().all(is_token_byte) {
            return Err("A method is one word, such as GET.");
        }
        let path = self.path.trim();
        if !path.starts_with('/') || path.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err("The path starts with a slash and has no spaces, such as /me.");
        }
        let headers = self
            .headers
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(parse_header)
            .collect::<Option<Vec<_>>>()
            .ok_or("A header field is a name, a colon and a value, such as Accept: text/html.")?;
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
        for (method, path, headers) in [
            ("", "/me", ""),
            ("GE T", "/me", ""),
            ("GET\r\nX: y", "/me", ""),
            ("GET", "me", ""),
            ("GET", "/me now", ""),
            ("GET", "/me\u{7}", ""),
            ("GET", "/me", "no colon"),
            ("GET", "/me", ": no name"),
            ("GET", "/me", "na me: value"),
        ] {
            assert!(
                written(method, path, headers).errands().is_err(),
                "{method:?} {path:?} {headers:?}"
            );
        }
    }
}
