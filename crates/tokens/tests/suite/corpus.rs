//! What fuzzing starts from, and what it has found: the same functions, run over the same files.

use std::fs;
use std::path::Path;

#[path = "../../../../fuzz/bodies/inspect.rs"]
mod inspect;
#[path = "../../../../fuzz/bodies/read_keys.rs"]
mod read_keys;

/// Runs the function over each file of one corpus.
fn run_all(corpus: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fuzz/corpus")
        .join(corpus);
    let files = fs::read_dir(&folder).expect("the corpus is there");
    let mut count = 0;
    for file in files {
        let path = file.expect("a readable folder").path();
        run(&fs::read(&path).expect("a readable file"));
        count += 1;
    }
    assert!(count >= 10, "{count} files in {}", folder.display());
}

#[test]
fn each_token_of_the_corpus_gets_a_verdict() {
    run_all("inspect", inspect::run);
}

#[test]
fn each_key_of_the_corpus_is_read_or_refused() {
    run_all("read_keys", read_keys::run);
}
