//! Files that are none, each with its reason.

use har_reader::read;
use proptest::prelude::*;
use protocol::HarProblem;

#[test]
fn each_is_told_by_its_reason() {
    let deep = "[".repeat(1_000_000);
    let closed = format!("{deep}{}", "]".repeat(1_000_000));
    for (content, problem) in [
        (&b""[..], HarProblem::Empty),
        (b" \n", HarProblem::Empty),
        (b"\xef\xbb\xbf", HarProblem::Empty),
        (b"Dear diary", HarProblem::NotJson { line: 1, column: 1 }),
        (
            b"{\n\"log\": oops}",
            HarProblem::NotJson { line: 2, column: 8 },
        ),
        (
            b"\xff\xfe{\0}\0",
            HarProblem::NotJson { line: 1, column: 1 },
        ),
        (
            b"{\"log\":{\"entries\":[{\"request\":{\"url\":\"htt",
            HarProblem::CutOff,
        ),
        (b"{\"log\":{\"entries\":[", HarProblem::CutOff),
        (deep.as_bytes(), HarProblem::CutOff),
        (closed.as_bytes(), HarProblem::NotHar),
        (b"[]", HarProblem::NotHar),
        (b"7", HarProblem::NotHar),
        (b"null", HarProblem::NotHar),
        (b"{}", HarProblem::NotHar),
        (b"{\"log\":[]}", HarProblem::NotHar),
        (b"{\"log\":{}}", HarProblem::NotHar),
        (b"{\"log\":{\"entries\":{}}}", HarProblem::NotHar),
        (b"{\"log\":{\"entries\":[]}}", HarProblem::NoRequests),
        (
            b"{\"log\":{\"entries\":[{}]}} x",
            HarProblem::NotJson {
                line: 1,
                column: 26,
            },
        ),
    ] {
        let text = String::from_utf8_lossy(&content[..content.len().min(40)]).into_owned();
        assert_eq!(read(content), Err(problem), "{text}");
    }
}

#[test]
fn a_mark_of_byte_order_does_no_harm() {
    let content = b"\xef\xbb\xbf{\"log\":{\"entries\":[{}]}}";
    assert_eq!(read(content).map(|found| found.requests), Ok(1));
}

proptest! {
    #[test]
    fn any_file_is_read_or_refused(content in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&content);
    }

    #[test]
    fn a_har_cut_anywhere_is_refused(at in 1_usize..60) {
        let whole = b"{\"log\":{\"entries\":[{\"request\":{\"url\":\"https://a.example/\"}}]}}";
        prop_assert_eq!(read(&whole[..at]), Err(HarProblem::CutOff));
    }
}
