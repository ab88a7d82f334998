//! A file that the page was given, looked through as a HAR. It is read here alone.

use js_sys::Uint8Array;
use protocol::{HarFindings, HarProblem, LabReport, Sealed};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::report;

/// Tells what is in it.
pub(super) async fn look_through(file: Blob) {
    report(LabReport::HarRead(Sealed::new(&findings(file).await)));
}

async fn findings(file: Blob) -> Result<HarFindings, HarProblem> {
    let content = JsFuture::from(file.array_buffer()).await.map_err(|error| {
        let words = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::message);
        HarProblem::Unreadable(words.map(String::from).unwrap_or_default())
    })?;
    har_reader::read(&Uint8Array::new(&content).to_vec())
}
