//! Gives the build its ID: a hash of this crate's sources and version. A page and a worker that were built from
//! different ones can't read each other's messages, and must find that out from the first eight bytes.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=src");
    let mut sources: Vec<PathBuf> = fs::read_dir("src")
        .expect("the crate has a src folder")
        .map(|entry| entry.expect("src can be read").path())
        .collect();
    sources.sort();

    let mut hasher = DefaultHasher::new();
    env::var("CARGO_PKG_VERSION")
        .expect("cargo sets it")
        .hash(&mut hasher);
    for source in sources {
        fs::read(&source)
            .expect("src holds files alone")
            .hash(&mut hasher);
    }
    println!("cargo::rustc-env=PROTOCOL_BUILD_ID={}", hasher.finish());
}
