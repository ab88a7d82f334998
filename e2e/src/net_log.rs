//! What left the page and its workers, by the browser's own record of its network.

use anyhow::{Context, ensure};
use serde_json::Value;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;

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

/// Chromium's own record of what it began, read on while it is written.
pub(crate) struct Record {
    path: PathBuf,
    /// How many octets of it were read.
    read: u64,
    /// The type of the events that begin a request. The record's first line tells it.
    started: Option<u64>,
}

impl Record {
    /// One that was not read yet.
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            read: 0,
            started: None,
        }
    }

    /// Each request that Chromium began since the last time, its workers' too, as far as it was written down.
    pub(crate) fn more(&mut self) -> anyhow::Result<Vec<Asked>> {
        let mut file = File::open(&self.path)
            .with_context(|| format!("no record of its network in {}", self.path.display()))?;
        file.seek(SeekFrom::Start(self.read))?;
        let mut written = Vec::new();
        file.read_to_end(&mut written)?;
        // A line that is still being written is left for the next time.
        let end = written.iter().rposition(|octet| *octet == b'\n');
        written.truncate(end.map_or(0, |end| end + 1));
        self.read += u64::try_from(written.len())?;
        let written = String::from_utf8_lossy(&written);
        let mut lines = written.lines();
        if self.started.is_none() {
            let Some(constants) = lines.next() else {
                return Ok(Vec::new());
            };
            self.started = Some(type_of_starts(constants)?);
        }
        Ok(lines
            // To read each line as JSON takes longer than many a test.
            .filter(|line| line.contains("\"url\""))
            .filter_map(|line| serde_json::from_str::<Value>(line.trim_end_matches(',')).ok())
            .filter(|event| event["type"].as_u64() == self.started)
            .filter_map(|event| {
                let text = |name: &str| event["params"][name].as_str().map(str::to_owned);
                Some(Asked {
                    url: text("url")?,
                    initiator: text("initiator"),
                })
            })
            .collect())
    }
}

fn type_of_starts(constants: &str) -> anyhow::Result<u64> {
    let constants = constants.trim_end_matches(',');
    let constants: Value =
        serde_json::from_str(&format!("{constants}}}")).context("the record begins otherwise")?;
    constants["constants"]["logEventTypes"][STARTED]
        .as_u64()
        .context("the record knows no requests")
}

#[cfg(test)]
mod tests {
    use super::{Record, check};
    use crate::folder::Folder;
    use std::fs::OpenOptions;
    use std::io::Write;

    const HOME: &str = "http://127.0.0.1:1";
    const BEGIN: &str =
        "{\"constants\": {\"logEventTypes\": {\"URL_REQUEST_START_JOB\": 7}},\n\"events\": [\n";

    fn event(initiator: &str, url: &str) -> String {
        format!(
            "{{\"type\": 7, \"params\": {{\"initiator\": \"{initiator}\", \"url\": \"{url}\"}}}},\n\
             {{\"type\": 8, \"params\": {{\"url\": \"http://other/\"}}}},\n"
        )
    }

    /// A record with this in it, and its folder.
    fn record(text: &str) -> (Folder, Record) {
        let folder = Folder::new().expect("a folder");
        let path = folder.path().join("record");
        std::fs::write(&path, text).expect("written");
        (folder, Record::new(path))
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
            let (_folder, mut record) = record(&format!("{BEGIN}{}", event(initiator, url)));
            let asked = record.more().expect("a record");
            let checked = check(&asked, HOME, &[]);
            assert_eq!(checked.is_ok(), is_fine, "{initiator} asks for {url}");
        }
    }

    #[test]
    fn a_record_that_misses_something_is_not_trusted() {
        let home = format!("{HOME}/a");
        let (_folder, mut record) = record(&format!("{BEGIN}{}", event(HOME, &home)));
        let asked = record.more().expect("a record");
        assert!(check(&asked, HOME, &[String::from("/a")]).is_ok());
        assert!(check(&asked, HOME, &[String::from("/b")]).is_err());
    }

    #[test]
    fn a_record_is_read_on_while_it_is_written() {
        let whole = format!(
            "{BEGIN}{}{}",
            event(HOME, "http://one/"),
            event(HOME, "http://two/")
        );
        for cut in 0..whole.len() {
            let (folder, mut record) = record(&whole[..cut]);
            let mut asked = record.more().expect("a record");
            let mut file = OpenOptions::new()
                .append(true)
                .open(folder.path().join("record"))
                .expect("it is there");
            file.write_all(&whole.as_bytes()[cut..]).expect("written");
            asked.extend(record.more().expect("a record"));
            let urls: Vec<&str> = asked.iter().map(|asked| asked.url.as_str()).collect();
            assert_eq!(urls, ["http://one/", "http://two/"], "cut at {cut}");
        }
    }
}
