//! Session care: a user's own sessions through the real routes, and what an administrator does.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AdminAct, Credential, Errand, Header, Lane, Presented, UserRow};

use crate::browser::local_time;
use crate::components::{ToolButton, VerdictLine};
use crate::scenes::controls::{
    Line, code, columns, data, line, named_button, note, section, select, status, table, text,
    value,
};
use crate::state::store::{MySession, my_sessions};
use crate::state::{Playground, memo};
use crate::wording::{self, Verdict, store, store_care};

/// The password of every sample account: public, and filled in.
pub(super) const SAMPLE_PASSWORD: &str = "sample-password";
/// Devices to sign in on, by what they say of themselves.
const DEVICES: [(&str, &str); 3] = [
    (
        "a phone",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    ),
    (
        "a laptop",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    ),
    (
        "a television",
        "Mozilla/5.0 (SMART-TV; Linux; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/8.0 TV Safari/537.36",
    ),
];
/// How many characters of it a server keeps.
const KEPT_OF_DEVICE: usize = 100;
/// The roles there are.
const ROLES: [&str; 2] = ["member", "admin"];

/// The section.
pub(super) fn care(playground: Playground) -> AnyView {
    let content = view! {
        <div class="two-lanes">{Lane::BOTH.map(|lane| lane_care(playground, lane))}</div>
        <h3>"An administrator"</h3>
        {administrator(playground)}
    }
    .into_any();
    section(
        "store-care",
        "Session care",
        "what a user sees, and an administrator",
        "Users list their sessions, and end them after giving the password again (ASVS 7.5.2). An administrator ends any (7.4.5), suspends accounts (7.4.2) and changes roles.",
        content,
    )
}

fn errand(lane: Lane, method: &str, path: &str, body: String) -> Errand {
    Errand {
        lane,
        method: String::from(method),
        path: String::from(path),
        headers: Vec::new(),
        body,
        credential: Presented::FromBrowser,
    }
}

/// What a lane's user can do. A handle: copy it freely.
#[derive(Clone, Copy)]
struct Care {
    playground: Playground,
    lane: Lane,
    password: RwSignal<String>,
    sessions: RwSignal<Option<Vec<MySession>>>,
    answer: RwSignal<Option<Verdict>>,
}

impl Care {
    /// Sends it, and says what came of it.
    async fn send(self, errand: Errand) -> Option<String> {
        let recorded = self.playground.send(vec![errand]).await.pop()?;
        self.answer.try_set(Some(wording::verdict(&recorded)));
        let response = recorded.exchange()?.response.as_ref()?;
        (response.status < 400).then(|| response.body.clone())
    }

    async fn list(self) {
        let listed = self
            .send(errand(self.lane, "GET", "/sessions", String::new()))
            .await;
        self.sessions
            .try_set(listed.map(|content| my_sessions(&content)));
    }

    /// Ends sessions, and lists what is left.
    async fn end(self, path: &'static str, session: Option<String>) {
        let password = self.password.get_untracked();
        let mut content = serde_json::json!({ "password": password });
        if let Some(session) = session {
            content["session"] = session.into();
        }
        let errand = errand(self.lane, "POST", path, content.to_string());
        if self.send(errand).await.is_some() {
            let said = self.answer.get_untracked();
            self.list().await;
            self.answer.try_set(said);
        }
    }
}

fn lane_care(playground: Playground, lane: Lane) -> AnyView {
    let credential = memo(move || playground.scheme(lane).credential);
    let care = Care {
        playground,
        lane,
        password: RwSignal::new(String::from(SAMPLE_PASSWORD)),
        sessions: RwSignal::new(None),
        answer: RwSignal::new(None),
    };
    let heading = format!("store-care-{lane}");
    let labelled_by = heading.clone();
    view! {
        <div class="lane-scheme" role="group" aria-labelledby=labelled_by>
            <h3 id=heading>{store::lane_title(lane)} ": my sessions"</h3>
            {other_device(care)}
            {move || {
                match credential.get() {
                    Credential::SessionId => my_sessions_view(care),
                    Credential::AccessToken => note(
                        "There are none to list: the server keeps no record of who is signed in by a token. “My sessions” needs a lane with session IDs.",
                    ),
                    Credential::AccessAndRefresh => note(
                        "There are none to list: the server keeps families of refresh tokens, which “Tables” shows, and no sessions. “My sessions” needs a lane with session IDs.",
                    ),
                }
            }}
        </div>
    }
    .into_any()
}

fn my_sessions_view(care: Care) -> AnyView {
    let id = format!("store-password-{}", care.lane);
    let list = move |()| spawn_local(async move { care.list().await });
    let end_others =
        move |()| spawn_local(async move { care.end("/sessions/end-others", None).await });
    view! {
        <div class="tools">
            <ToolButton label="Show my sessions" main=true on_press=Callback::new(list) />
            <ToolButton label="End all others" on_press=Callback::new(end_others) />
        </div>
        <span class="pick">
            <label for=id.clone()>"Password, to end a session"</label>
            " "
            <input
                id=id
                type="password"
                autocomplete="off"
                prop:value=move || care.password.get()
                on:input:target=move |event| care.password.set(event.target().value())
            />
        </span>
        <div role="status">
            {move || care.answer.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })}
        </div>
        {move || care.sessions.get().map(|sessions| list_view(care, sessions))}
    }
    .into_any()
}

fn list_view(care: Care, sessions: Vec<MySession>) -> AnyView {
    if sessions.is_empty() {
        return view! { <p class="empty">"The answer lists no sessions."</p> }.into_any();
    }
    let count = sessions.len();
    let lines = sessions
        .into_iter()
        .map(|session| {
            let hash = wording::short_hash(&session.id);
            let this = if session.is_current { "this one" } else { "" };
            let name = format!("End the session {hash}");
            let end = named_button("End", name, move || {
                let id = session.id.clone();
                spawn_local(async move { care.end("/sessions/end", Some(id)).await });
            });
            line(vec![
                code(hash),
                data(device_words(session.device)),
                text(local_time(session.last_seen)),
                text(this),
                end,
            ])
        })
        .collect();
    let caption = format!("Sessions as the answer lists them: {count} (counted)");
    let names = columns(&["session", "device", "last seen", "which", "end it"]);
    table(caption, names, lines)
}

/// What a device says of itself. The server keeps the beginning alone.
fn device_words(device: String) -> String {
    if device.chars().nth(KEPT_OF_DEVICE - 1).is_some() {
        device + "…"
    } else {
        device
    }
}

fn other_device(care: Care) -> AnyView {
    let device = RwSignal::new(0);
    let sign_in = move |()| {
        let content = serde_json::json!({
            "account": "member",
            "password": care.password.get_untracked(),
        });
        let (_, user_agent) = DEVICES[device.get_untracked()];
        let errand = Errand {
            headers: vec![Header::new("User-Agent", user_agent)],
            credential: Presented::OtherDevice,
            ..errand(care.lane, "POST", "/login", content.to_string())
        };
        spawn_local(async move {
            care.send(errand).await;
        });
    };
    let names = DEVICES.map(|(name, _)| String::from(name)).to_vec();
    let is_shown_above = move || care.playground.scheme(care.lane).credential.is_token();
    view! {
        <div class="picks">
            {select(
                format!("store-device-{}", care.lane),
                "Device",
                names,
                Signal::derive(move || device.get()),
                Callback::new(move |place: usize| device.set(place.min(DEVICES.len() - 1))),
            )}
            <ToolButton label="Sign in on another device" on_press=Callback::new(sign_in) />
        </div>
        <div role="status">
            {move || {
                is_shown_above()
                    .then(|| {
                        care.answer.get().map(|verdict| view! { <VerdictLine verdict=verdict /> })
                    })
            }}
        </div>
        {note("It signs the member in elsewhere: the answer never reaches this browser.")}
    }
    .into_any()
}

fn administrator(playground: Playground) -> AnyView {
    let said = RwSignal::new(None::<String>);
    let users = memo(move || {
        playground.observation.with(|seen| {
            seen.as_ref()
                .map(|seen| seen.users.clone())
                .unwrap_or_default()
        })
    });
    let act = Callback::new(move |act: AdminAct| {
        spawn_local(async move {
            let words = match playground.administer(act.clone()).await {
                Ok(outcome) => store_care::administered(&act, &outcome, playground.clock()),
                Err(why) => why,
            };
            said.try_set(Some(words));
        });
    });
    view! {
        {move || {
            let users = users.get();
            if users.is_empty() {
                return view! { <p class="empty">"No users were seen yet."</p> }.into_any();
            }
            let lines = users.into_iter().map(|user| user_line(user, act)).collect();
            let names = columns(&["user", "account", "name", "role", "suspended", "sign out everywhere"]);
            table(String::from("Users, as an administrator sees them"), names, lines)
        }}
        {status(said)}
    }
    .into_any()
}

fn user_line(user: UserRow, act: Callback<AdminAct>) -> Line {
    let id = user.id;
    let role = user.role.clone();
    let roles = ROLES
        .map(|name| {
            let is_chosen = name == role;
            view! {
                <option value=name prop:selected=is_chosen>
                    {name}
                </option>
            }
        })
        .collect_view();
    let set_role = move |role: String| act.run(AdminAct::SetRole { user: id, role });
    let suspend = move |suspended| {
        act.run(AdminAct::Suspend {
            user: id,
            suspended,
        });
    };
    let sign_out = Lane::BOTH.map(|lane| {
        let name = format!("{} sign out user {id} everywhere", store::lane_title(lane));
        named_button(store::lane_title(lane), name, move || {
            act.run(AdminAct::SignOutUser { lane, user: id });
        })
    });
    line(vec![
        code(format!("#{id}")),
        value(user.account),
        value(user.name),
        view! {
            <select
                aria-label=format!("Role of user {id}")
                on:change:target=move |event| set_role(event.target().value())
            >
                {roles}
            </select>
        }
        .into_any(),
        view! {
            <input
                type="checkbox"
                aria-label=format!("User {id} is suspended")
                prop:checked=user.suspended
                on:change:target=move |event| suspend(event.target().checked())
            />
        }
        .into_any(),
        view! { <span class="tools">{sign_out}</span> }.into_any(),
    ])
}
