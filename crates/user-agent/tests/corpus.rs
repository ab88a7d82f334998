//! What fuzzing starts from, and what it has found: the same function, run over the same files.

use std::fs;
use std::path::Path;

#[path = "../../../fuzz/bodies/jar.rs"]
mod jar;

#[test]
fn each_line_of_the_corpus_is_stored_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/jar");
    let files = fs::read_dir(&folder).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        let path = file.expect("a readable folder").path();
        jar::run(&fs::read(&path).expect("a readable file"));
        count += 1;
    }
    assert!(count >= 10, "{count} files in {}", folder.display());
}
