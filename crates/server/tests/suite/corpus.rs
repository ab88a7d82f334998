//! What fuzzing starts from, and what it has found: the same function, run over the same files.

use std::fs;
use std::path::Path;

#[path = "../../../../fuzz/bodies/request.rs"]
mod request;

#[test]
fn each_request_of_the_corpus_gets_an_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/request");
    let files = fs::read_dir(&folder).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        let path = file.expect("a readable folder").path();
        request::run(&fs::read(&path).expect("a readable file"));
        count += 1;
    }
    assert!(count >= 10, "{count} files in {}", folder.display());
}
