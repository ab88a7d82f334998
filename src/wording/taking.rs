//! What is said of what is taken along, and of a HAR that someone opens.

use protocol::{HarFindings, HarPlace, HarProblem};

use super::time::counted;

/// What the copies hold.
pub(crate) const COPYING: &str = "The request’s copies carry its real cookie or token: whoever gets one that is valid is signed in as you for as long as it is. The steps carry none.";
/// What the files hold.
pub(crate) const SAVING: &str = "A HAR opens in developer tools and proxies. Cookies and tokens are left out of it, unless you choose otherwise: whoever has those is signed in as you. From the steps they are always left out.";
/// What becomes of an opened file.
pub(crate) const OPENING: &str = "Choose a HAR, or drop it here, to see which tokens and cookies are in it. It is read in this browser and never leaves it. Nothing of it is kept once the page is closed.";
/// That reading was ended.
pub(crate) const STOPPED: &str =
    "Stopped. The file was not read to its end, and nothing was taken from it.";
/// That there is nothing to save.
pub(crate) const NO_DIAGRAM: &str = "There is no diagram to save yet.";
/// That nothing was found.
pub(crate) const NOTHING_FOUND: &str = "There are neither tokens nor cookies in it. Many programs leave them out: Chromium does, unless “Allow to generate HAR with sensitive data” is on in its developer tools.";
/// A cookie that an answer set.
pub(crate) const SET_BY_ANSWER: &str = "set by the answer";
/// A cookie that a request carried.
pub(crate) const SENT_BY_REQUEST: &str = "sent by the request";

/// That a file was saved, or why not.
pub(crate) fn saved(name: &str, outcome: Result<(), String>) -> String {
    match outcome {
        Ok(()) => format!("`{name}` was given to the browser."),
        Err(why) => format!("`{name}` could not be saved: {why}"),
    }
}

/// That a file with credentials was saved.
pub(crate) fn saved_with_credentials(name: &str) -> String {
    format!("`{name}` was given to the browser. It holds credentials: treat it so.")
}

/// That a file is being read.
pub(crate) fn reading(name: &str, octets: f64) -> String {
    let size = megabytes(octets);
    format!("“{name}”, {size}, is being read. The page goes on meanwhile.")
}

/// That a file was read.
pub(crate) fn was_read(name: &str) -> String {
    format!("“{name}” was read: what is in it stands below.")
}

/// That a file is larger than what is read.
pub(crate) fn too_large(name: &str, octets: f64) -> String {
    let size = megabytes(octets);
    format!(
        "“{name}” has {size}. Files of up to 64 MiB are read. Save fewer requests into one, and open that."
    )
}

/// That what reads a file has died.
pub(crate) fn reader_died(name: &str, why: &str) -> String {
    format!("“{name}” could not be read: what reads it has ended. ({why})")
}

/// Why a file is none that can be looked through.
pub(crate) fn problem(name: &str, problem: &HarProblem) -> String {
    match problem {
        HarProblem::Empty => format!("“{name}” is empty."),
        HarProblem::Unreadable(why) => {
            format!("The browser could not read “{name}”. Choose it again. ({why})")
        }
        HarProblem::NotJson { line, column } => format!(
            "“{name}” is no HAR: a HAR is JSON, and this stops being so in line {line}, at octet {column}."
        ),
        HarProblem::CutOff => format!(
            "“{name}” is cut off: it ends in the middle. Save it again where it comes from."
        ),
        HarProblem::NotHar => {
            format!("“{name}” is JSON, but no HAR: there is no list `entries` in an object `log`.")
        }
        HarProblem::NoRequests => format!("“{name}” is a HAR without requests."),
    }
}

/// What is in a file, counted.
pub(crate) fn summary(name: &str, findings: &HarFindings) -> String {
    let requests = counted(findings.requests, "request");
    let tokens = counted(findings.tokens_in_all, "token");
    let cookies = counted(findings.cookies_in_all, "cookie");
    if findings.creator.is_empty() {
        format!(
            "“{name}”: {requests}, {tokens}, {cookies}. Each is counted once, apart when sent and when set."
        )
    } else {
        let creator = &findings.creator;
        format!(
            "“{name}”, written by {creator}: {requests}, {tokens}, {cookies}. Each is counted once, apart when sent and when set."
        )
    }
}

/// That more was found than is listed.
pub(crate) fn not_listed(listed: usize, in_all: u32) -> String {
    format!("Listed are the first {listed} of {in_all}.")
}

/// Where a token was seen.
pub(crate) fn place(place: &HarPlace, name: &str) -> String {
    match (place, name) {
        (HarPlace::Url, "") => String::from("the URL"),
        (HarPlace::Url, name) => format!("the URL, {name}"),
        (HarPlace::RequestField(field), "") => format!("{field} of the request"),
        (HarPlace::RequestField(field), name) => format!("{field} of the request, {name}"),
        (HarPlace::RequestContent, "") => String::from("the request’s content"),
        (HarPlace::RequestContent, name) => format!("the request’s content, {name}"),
        (HarPlace::ResponseField(field), "") => format!("{field} of the answer"),
        (HarPlace::ResponseField(field), name) => format!("{field} of the answer, {name}"),
        (HarPlace::ResponseContent, "") => String::from("the answer’s content"),
        (HarPlace::ResponseContent, name) => format!("the answer’s content, {name}"),
    }
}

fn megabytes(octets: f64) -> String {
    let megabytes = octets / 1024.0 / 1024.0;
    if megabytes < 0.1 {
        format!("{octets} octets")
    } else {
        format!("{} MiB", super::fixed(megabytes, 1))
    }
}
