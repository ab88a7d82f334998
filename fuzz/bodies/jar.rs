//! `Set-Cookie` lines, one after the other, by the response and by page script: each has an outcome, and what is stored
//! can be selected.

use protocol::{Site, Timestamp};
use user_agent::{Jar, RequestContext, Source};

pub fn run(octets: &[u8]) {
    let text = String::from_utf8_lossy(octets);
    let site = Site {
        origin: "https://www.example.org".to_owned(),
        base_path: "/app/".to_owned(),
    };
    let context = RequestContext::new(&site, "/app/me", "GET");
    let mut jar = Jar::default();
    let mut now = Timestamp::from_seconds(1_700_000_000);
    for (index, line) in text.split('\n').enumerate() {
        let source = if index % 4 == 3 {
            Source::Script
        } else {
            Source::Http
        };
        let before = jar.cookies().len();
        jar.store(line, &context, source, now);
        // A line sets one cookie at most.
        assert!(jar.cookies().len() <= before + 1);
        now = now.plus_seconds(1);
    }
    jar.select(&context, now);
    jar.visible_to_script(&context, now);
}
