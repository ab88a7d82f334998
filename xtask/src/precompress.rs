//! Compressed copies beside the files of `dist/`, as good as gzip and brotli can make them, for hosts that send what
//! lies there. The same file always gets the same copies.

use crate::contents::files_below;
use anyhow::bail;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

/// What compression makes smaller.
const COMPRESSIBLE_ENDINGS: [&str; 9] = [
    "html",
    "css",
    "js",
    "wasm",
    "svg",
    "txt",
    "xml",
    "json",
    "webmanifest",
];

/// How a copy is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Gzip,
    Brotli,
}

impl Encoding {
    const ALL: [Self; 2] = [Self::Gzip, Self::Brotli];

    /// What the copy's name ends in, after the name of the file.
    const fn ending(self) -> &'static str {
        match self {
            Self::Gzip => "gz",
            Self::Brotli => "br",
        }
    }

    /// Where the copy of a file is.
    pub(crate) fn copy_of(self, file: &Path) -> PathBuf {
        file.with_added_extension(self.ending())
    }

    /// Compresses as well as it can.
    pub(crate) fn compress(self, contents: &[u8]) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Gzip => gzip(contents),
            Self::Brotli => brotli(contents),
        }
    }
}

/// Whether the file is a copy that [`write_copies`] made.
pub(crate) fn is_copy(file: &Path) -> bool {
    file.extension()
        .is_some_and(|ending| Encoding::ALL.iter().any(|made| ending == made.ending()))
}

/// Writes both copies of each file that they make smaller. Gives how many files have copies now.
pub(crate) fn write_copies(dist: &Path) -> anyhow::Result<usize> {
    let mut files = files_below(dist)?;
    files.retain(|file| is_compressible(file));
    // Brotli at its best is slow, so each file has a thread of its own.
    thread::scope(|scope| {
        let threads: Vec<_> = files
            .iter()
            .map(|file| scope.spawn(move || write_copies_of(file)))
            .collect();
        for thread in threads {
            thread
                .join()
                .unwrap_or_else(|_| bail!("a file could not be compressed"))?;
        }
        Ok(files.len())
    })
}

fn write_copies_of(file: &Path) -> anyhow::Result<()> {
    let contents = fs::read(file)?;
    for encoding in Encoding::ALL {
        let copy = encoding.compress(&contents)?;
        if copy.len() < contents.len() {
            fs::write(encoding.copy_of(file), copy)?;
        }
    }
    Ok(())
}

fn is_compressible(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| COMPRESSIBLE_ENDINGS.contains(&ending))
}

/// Without a time or a name in its header.
fn gzip(contents: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(contents)?;
    Ok(encoder.finish()?)
}

fn brotli(contents: &[u8]) -> anyhow::Result<Vec<u8>> {
    const BUFFER_BYTES: usize = 4096;
    const QUALITY: u32 = 11;
    // The window that hosts use: every browser must take it.
    const WINDOW_BITS: u32 = 22;
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), BUFFER_BYTES, QUALITY, WINDOW_BITS);
    encoder.write_all(contents)?;
    Ok(encoder.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache;
    use std::io::Read;

    const TEXT: &[u8] = b"ticket or passport, ticket or passport, ticket or passport";

    fn decompressed(encoding: Encoding, copy: &[u8]) -> Vec<u8> {
        let mut contents = Vec::new();
        match encoding {
            Encoding::Gzip => flate2::read::GzDecoder::new(copy).read_to_end(&mut contents),
            Encoding::Brotli => brotli::Decompressor::new(copy, 4096).read_to_end(&mut contents),
        }
        .expect("it is whole");
        contents
    }

    #[test]
    fn a_copy_is_whole_and_always_the_same() {
        let long = TEXT.repeat(5000);
        for encoding in Encoding::ALL {
            for contents in [TEXT, &long, b""] {
                let copy = encoding.compress(contents).expect("memory takes it");
                assert_eq!(decompressed(encoding, &copy), contents, "{encoding:?}");
                let again = encoding.compress(contents).expect("memory takes it");
                assert_eq!(copy, again, "{encoding:?}");
            }
        }
    }

    #[test]
    fn files_that_become_smaller_have_copies_beside_them() {
        let dist = std::env::temp_dir().join(format!("xtask-copies-{}", std::process::id()));
        cache::remove_folder(&dist).expect("the folder is ours");
        fs::create_dir_all(dist.join("worker-1f")).expect("a folder");
        for (name, contents) in [
            ("index.html", TEXT),
            ("worker-1f/program.wasm", TEXT),
            ("picture.png", TEXT),
            ("short.js", b"x"),
        ] {
            fs::write(dist.join(name), contents).expect("a file");
        }
        assert_eq!(write_copies(&dist).expect("they are written"), 3);
        // Copies get none of their own.
        assert_eq!(write_copies(&dist).expect("they are written"), 3);
        let files = files_below(&dist).expect("files");
        let names = files.iter().map(|file| {
            let name = file.strip_prefix(&dist).expect("a file of it");
            name.to_str().expect("a name")
        });
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                "index.html",
                "index.html.br",
                "index.html.gz",
                "picture.png",
                "short.js",
                "worker-1f/program.wasm",
                "worker-1f/program.wasm.br",
                "worker-1f/program.wasm.gz",
            ]
        );
        assert_eq!(files.iter().filter(|file| is_copy(file)).count(), 4);
        cache::remove_folder(&dist).expect("the folder is ours");
    }
}
