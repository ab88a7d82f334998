//! What to start from.

use leptos::prelude::GetUntracked;

use crate::browser::site;
use crate::state::Playground;

/// The URL that answers in most examples.
const URL: &str = "https://app.example.org/login";
/// The URL that is asked in most of them.
const TO: &str = "https://app.example.org/account";

/// An example: its name, the lines, the URL that answered with them, and the one that is asked.
pub(super) struct Example {
    pub(super) name: &'static str,
    pub(super) lines: String,
    pub(super) url: String,
    pub(super) to: String,
    /// Whether it is of this page's own server: what that has really sent is then better.
    pub(super) is_here: bool,
}

/// All of them.
pub(super) fn examples() -> Vec<Example> {
    let site = site();
    let mut examples = vec![
        example(
            "Good practice",
            "Set-Cookie: __Host-sid=9f8e7d6c5b4a; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=28800",
        ),
        Example {
            name: "The default here",
            lines: format!(
                "Set-Cookie: sid=9f8e7d6c5b4a; Path={}; SameSite=Lax; Max-Age=28800",
                site.base_path
            ),
            url: format!("{}{}login", site.origin, site.base_path),
            to: format!("{}{}me", site.origin, site.base_path),
            is_here: true,
        },
        example(
            "None without Secure",
            "Set-Cookie: sid=9f8e7d6c5b4a; Path=/; SameSite=None",
        ),
        example(
            "__Host- with a Domain",
            "Set-Cookie: __Host-sid=9f8e7d6c5b4a; Path=/; Secure; Domain=example.org",
        ),
        example(
            "Parent domain",
            "Set-Cookie: sid=9f8e7d6c5b4a; Domain=example.org; Path=/; Secure; HttpOnly; SameSite=Lax",
        ),
        example(
            "Foreign domain",
            "Set-Cookie: sid=9f8e7d6c5b4a; Domain=example.com; Path=/; Secure",
        ),
        example(
            "Removed",
            "Set-Cookie: sid=9f8e7d6c5b4a; Path=/; Secure\nSet-Cookie: sid=; Path=/; Secure; Max-Age=0",
        ),
        example("Too large", ""),
        example(
            "Several lines",
            "Set-Cookie: theme=dark; Path=/; Max-Age=99999999\nSet-Cookie: sid=9f8e7d6c5b4a; Path=/account; Secure; HttpOnly; SameSite=Strict\nSet-Cookie: cart=3; Expires=Thu, 31 Dec 2099 23:59:59 GMT; Max-Age=600; Partitioned\nSet-Cookie: ad=77; SameSite=None\nSet-Cookie: lang=en; Domain=org",
        ),
    ];
    for example in &mut examples {
        if example.lines.is_empty() {
            example.lines = format!(
                "Set-Cookie: cart={}; Path=/; Secure",
                "9f8e7d6c".repeat(512)
            );
        }
        if example.name == "Parent domain" {
            example.to = String::from("https://shop.example.org/");
        }
    }
    examples
}

/// The lines that this page's own server answered with last.
pub(super) fn sent_here(playground: Playground) -> Option<String> {
    let lines: Vec<String> = playground
        .cookies_set
        .iter()
        .flat_map(|set| set.get_untracked())
        .map(|set| format!("Set-Cookie: {}", set.effect.line))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

fn example(name: &'static str, lines: &str) -> Example {
    Example {
        name,
        lines: lines.to_owned(),
        url: String::from(URL),
        to: String::from(TO),
        is_here: false,
    }
}
