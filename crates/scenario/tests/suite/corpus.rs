//! What fuzzing starts from, and what it has found: the same function, run over the same files.

use std::fs;
use std::path::Path;

#[path = "../../../../fuzz/bodies/load_run.rs"]
mod load_run;

#[test]
fn each_load_run_of_the_corpus_is_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/load_run");
    let files = fs::read_dir(&folder).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        let path = file.expect("a readable folder").path();
        load_run::run(&fs::read(&path).expect("a readable file"));
        count += 1;
    }
    assert!(count >= 10, "{count} files in {}", folder.display());
}
