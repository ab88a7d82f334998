//! What left the page and its workers, by the browser's own record of its network.

use anyhow::{Context, ensure};
use serde_json::Value;

/// The record has one event a line.
const STARTED: &str = "URL_REQUEST_START_JOB";

/// Fails if anything of this origin asked for something elsewhere. What the browser does for itself has another origin,
/// or none. That the record misses nothing is checked against what the site was asked for.
pub(crate) fn check(
    requests: &[Asked],
    origin: &str,
    site_requests: &[String],
) -> anyhow::Result<()> {
    for path in site_requests {
        let url = format!("{origin}{path}");
        // Of a frame the record tells the fragment too.
        let is_it = |request: &Asked| request.url.split('#').next() == Some(&url);
        ensure!(
            requests.iter().any(is_it),
            "the browser's record misses {url}"
        );
    }
    let strays: Vec<&str> = requests
        .iter()
        .filter(|request| request.initiator.as_deref() == Some(origin))
        .map(|request| request.url.as_str())
        .filter(|url| !is_own(url, origin))
        .collect();
    ensure!(strays.is_empty(), "requests left the site: {strays:#?}");
    Ok(())
}

/// A request that the browser began.
pub(crate) struct Asked {
    pub(crate) url: String,
    /// The origin of the document or worker that asked.
    pub(crate) initiator: Option<String>,
}

fn is_own(url: &str, origin: &str) -> bool {
    url.strip_prefix(origin)
        .is_some_and(|rest| rest.starts_with('/'))
        || url.starts_with("data:")
        || url.starts_with("blob:")
}

/// Each request that Chromium began, its workers' too, by its own record.
pub(crate) fn read(record: &str) -> anyhow::Result<Vec<Asked>> {
    let mut lines = record.lines();
    let constants = lines.next().context("the record is empty")?;
    let constants = constants.trim_end_matches(',');
    let constants: Value =
        serde_json::from_str(&format!("{constants}}}")).context("the record begins otherwise")?;
    let started = constants["constants"]["logEventTypes"][STARTED]
        .as_u64()
        .context("the record knows no requests")?;
    Ok(lines
        .filter_map(|line| serde_json::from_str::<Value>(line.trim_end_matches(',')).ok())
        .filter(|event| event["type"].as_u64() == Some(started))
        .filter_map(|event| {
            let text = |name: &str| event["params"][name].as_str().map(str::to_owned);
            Some(Asked {
                url: text("url")?,
                initiator: text("initiator"),
            })
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{check, read};

    const HOME: &str = "http://127.0.0.1:1";

    fn record(initiator: &str, url: &str) -> String {
        format!(
            "{{\"constants\": {{\"logEventTypes\": {{\"URL_REQUEST_START_JOB\": 7}}}},\n\"events\": [\n\
             {{\"type\": 7, \"params\": {{\"initiator\": \"{initiator}\", \"url\": \"{url}\"}}}},\n\
             {{\"type\": 8, \"params\": {{\"url\": \"http://other/\"}}}}]}}\n"
        )
    }

    #[test]
    fn what_leaves_the_site_is_found() {
        for (initiator, url, is_fine) in [
            (HOME, "http://127.0.0.1:1/a", true),
            (HOME, "data:,x", true),
            ("not an origin", "http://elsewhere/", true),
            (HOME, "http://elsewhere/", false),
            (HOME, "http://127.0.0.1:12/", false),
        ] {
            let asked = read(&record(initiator, url)).expect("a record");
            let checked = check(&asked, HOME, &[]);
            assert_eq!(checked.is_ok(), is_fine, "{initiator} asks for {url}");
        }
    }

    #[test]
    fn a_record_that_misses_something_is_not_trusted() {
        let asked = read(&record(HOME, "http://127.0.0.1:1/a")).expect("a record");
        assert!(check(&asked, HOME, &[String::from("/a")]).is_ok());
        assert!(check(&asked, HOME, &[String::from("/b")]).is_err());
    }
}
