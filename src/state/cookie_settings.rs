//! How the stateful server sets its session cookie, kept for the next visit. What a server makes of the settings is
//! never decided here.

use protocol::{
    Cookie, CookieLifetime, CookiePath, CookieSettings, Lane, SameSite, Site, Timestamp,
};

use crate::browser::{JsonObject, SettingsStorage};

/// Under which key they are kept.
const KEY: &str = "session_cookie_settings";

const SAME_SITE: [(&str, SameSite); 4] = [
    ("strict", SameSite::Strict),
    ("lax", SameSite::Lax),
    ("none", SameSite::None),
    ("default", SameSite::Default),
];
const PATHS: [(&str, CookiePath); 3] = [
    ("site", CookiePath::Site),
    ("root", CookiePath::Root),
    ("admin", CookiePath::Admin),
];
const LIFETIMES: [(&str, CookieLifetime); 3] = [
    ("session", CookieLifetime::AsSession),
    ("minute", CookieLifetime::OneMinute),
    ("closed", CookieLifetime::UntilClosed),
];

/// The settings of the last visit. What can't be read is as at the first one.
pub(super) fn read() -> CookieSettings {
    from_json(&SettingsStorage::read(KEY).unwrap_or_default())
}

/// Keeps the settings.
pub(super) fn write(settings: &CookieSettings) {
    if *settings == CookieSettings::default() {
        SettingsStorage::remove(KEY);
    } else {
        SettingsStorage::write(KEY, &settings_to_json(settings));
    }
}

/// As JSON.
pub(in crate::state) fn settings_to_json(settings: &CookieSettings) -> String {
    let secure = match settings.secure {
        None => "null",
        Some(false) => "false",
        Some(true) => "true",
    };
    format!(
        "{{\"httpOnly\":{},\"secure\":{secure},\"sameSite\":\"{}\",\"hostPrefix\":{},\"path\":\"{}\",\"lifetime\":\"{}\"}}",
        settings.http_only,
        word(&SAME_SITE, settings.same_site),
        settings.host_prefix,
        word(&PATHS, settings.path),
        word(&LIFETIMES, settings.lifetime),
    )
}

/// The settings that this describes; `None` where it describes none.
pub(in crate::state) fn settings_from_json(text: &str) -> Option<CookieSettings> {
    JsonObject::read(text).text("sameSite")?;
    Some(from_json(text))
}

fn from_json(text: &str) -> CookieSettings {
    let kept = JsonObject::read(text);
    let default = CookieSettings::default();
    CookieSettings {
        http_only: kept.flag("httpOnly").unwrap_or(default.http_only),
        secure: kept.flag("secure"),
        same_site: meant(&SAME_SITE, kept.text("sameSite")).unwrap_or(default.same_site),
        host_prefix: kept.flag("hostPrefix").unwrap_or(default.host_prefix),
        path: meant(&PATHS, kept.text("path")).unwrap_or(default.path),
        lifetime: meant(&LIFETIMES, kept.text("lifetime")).unwrap_or(default.lifetime),
    }
}

fn word<T: PartialEq>(words: &[(&'static str, T)], wanted: T) -> &'static str {
    let found = words.iter().find(|(_, meant)| *meant == wanted);
    found.map_or("", |(word, _)| word)
}

fn meant<T: Copy>(words: &[(&str, T)], word: Option<String>) -> Option<T> {
    let word = word?;
    let found = words.iter().find(|(known, _)| *known == word);
    found.map(|(_, meant)| *meant)
}

/// The session cookie's name in that lane, under these settings. The prefix: RFC 6265bis, 4.1.3.2.
pub(crate) const fn session_cookie_name(lane: Lane, settings: &CookieSettings) -> &'static str {
    let names = lane.names();
    if settings.host_prefix {
        names.host_session_cookie
    } else {
        names.session_cookie
    }
}

/// The line by which page script gives a cookie another value, and leaves all else as it is.
pub(crate) fn assigning_line(
    name: &str,
    value: &str,
    stored: Option<&Cookie>,
    site: &Site,
    now: Timestamp,
) -> String {
    let mut line = format!("{name}={value}");
    let Some(cookie) = stored else {
        line.push_str(&format!("; Path={}; SameSite=Lax", site.base_path));
        return line;
    };
    line.push_str("; Path=");
    line.push_str(&cookie.path);
    line.push_str(match cookie.same_site {
        SameSite::Strict => "; SameSite=Strict",
        SameSite::Lax => "; SameSite=Lax",
        SameSite::None => "; SameSite=None",
        SameSite::Default => "",
    });
    if cookie.secure {
        line.push_str("; Secure");
    }
    if let Some(expires) = cookie.expires {
        let seconds = (expires.milliseconds() - now.milliseconds()) / 1000;
        line.push_str(&format!("; Max-Age={seconds}"));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> Site {
        Site {
            origin: String::from("https://example.org"),
            base_path: String::from("/sub/"),
        }
    }

    #[test]
    fn settings_are_read_as_they_were_written() {
        for (_, same_site) in SAME_SITE {
            for (_, path) in PATHS {
                for (_, lifetime) in LIFETIMES {
                    for secure in [None, Some(true), Some(false)] {
                        let settings = CookieSettings {
                            http_only: secure.is_some(),
                            secure,
                            same_site,
                            host_prefix: secure.is_none(),
                            path,
                            lifetime,
                        };
                        assert_eq!(from_json(&settings_to_json(&settings)), settings);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_not_understood_is_as_at_the_first_visit() {
        for text in [
            "",
            "{",
            "{}",
            "[]",
            "null",
            "{\"sameSite\":\"loose\",\"path\":7}",
        ] {
            assert_eq!(from_json(text), CookieSettings::default(), "{text}");
        }
    }

    #[test]
    fn another_value_keeps_what_is_known_of_the_cookie() {
        let now = Timestamp::from_seconds(100);
        let line = |stored: Option<&Cookie>| assigning_line("sid", "new", stored, &site(), now);
        assert_eq!(line(None), "sid=new; Path=/sub/; SameSite=Lax");

        let mut cookie = Cookie {
            name: String::from("sid"),
            value: String::from("old"),
            domain: String::from("example.org"),
            host_only: true,
            path: String::from("/"),
            expires: Some(Timestamp::from_seconds(160)),
            secure: true,
            http_only: false,
            same_site: SameSite::Strict,
            created: now,
            attributes_known: true,
        };
        assert_eq!(
            line(Some(&cookie)),
            "sid=new; Path=/; SameSite=Strict; Secure; Max-Age=60"
        );
        cookie.same_site = SameSite::Default;
        cookie.secure = false;
        cookie.expires = None;
        assert_eq!(line(Some(&cookie)), "sid=new; Path=/");
    }
}
