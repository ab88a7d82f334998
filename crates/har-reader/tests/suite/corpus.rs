//! What fuzzing starts from, and what it has found: the same function, run over the same files.

use std::fs;
use std::path::Path;

#[path = "../../../../fuzz/bodies/read_har.rs"]
mod read_har;

#[test]
fn each_file_of_the_corpus_is_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/read_har");
    let files = fs::read_dir(&folder).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        let path = file.expect("a readable folder").path();
        read_har::run(&fs::read(&path).expect("a readable file"));
        count += 1;
    }
    assert!(count >= 10, "{count} files in {}", folder.display());
}
