//! A site's files as a good host has them: compressed with brotli at its best, each with the header that says how long
//! it may be kept.

use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

/// Files whose names stay from build to build. Every other name stands for its content.
const KEPT_NAMES: [&str; 3] = ["index.html", "mockServiceWorker.js", "robots.txt"];
/// Copies that a build already compressed.
const BROTLI: &str = "br";
const COPIES: [&str; 2] = [BROTLI, "gz"];

/// All of them, by their paths below the site.
pub struct Files(BTreeMap<String, File>);

/// One, ready to be sent.
pub struct File {
    pub kind: &'static str,
    pub keep: &'static str,
    /// Compressed.
    pub content: Vec<u8>,
}

impl Files {
    /// Those of a folder. What has no compressed copy beside it is compressed here.
    ///
    /// # Errors
    /// Where one can't be read.
    pub fn read(folder: &Path) -> anyhow::Result<Self> {
        let is_copy = |path: &PathBuf| {
            COPIES
                .iter()
                .any(|ending| path.extension().is_some_and(|found| found == *ending))
        };
        let paths: Vec<PathBuf> = below(folder)?
            .into_iter()
            .filter(|path| !is_copy(path))
            .collect();
        let contents: Vec<anyhow::Result<Vec<u8>>> = thread::scope(|scope| {
            let threads: Vec<_> = paths
                .iter()
                .map(|path| scope.spawn(|| compressed(path)))
                .collect();
            threads
                .into_iter()
                .map(|thread| {
                    thread
                        .join()
                        .unwrap_or_else(|_| anyhow::bail!("it can't be compressed"))
                })
                .collect()
        });
        let mut files = BTreeMap::new();
        for (path, content) in paths.iter().zip(contents) {
            let name = path.strip_prefix(folder)?.to_string_lossy().into_owned();
            let stays = KEPT_NAMES.contains(&name.as_str());
            let file = File {
                kind: e2e::content_type(path),
                keep: if stays {
                    "no-cache"
                } else {
                    "public, max-age=31536000, immutable"
                },
                content: content?,
            };
            files.insert(name, file);
        }
        Ok(Self(files))
    }

    /// The file of a path; that of the site itself is its page.
    pub fn find(&self, path: &str) -> Option<&File> {
        let name = path.trim_start_matches('/');
        self.0
            .get(if name.is_empty() { "index.html" } else { name })
    }
}

fn compressed(file: &Path) -> anyhow::Result<Vec<u8>> {
    const BUFFER_BYTES: usize = 4096;
    const QUALITY: u32 = 11;
    const WINDOW_BITS: u32 = 22;
    if let Ok(copy) = fs::read(file.with_added_extension(BROTLI)) {
        return Ok(copy);
    }
    let content = fs::read(file).with_context(|| format!("{} can't be read", file.display()))?;
    let mut encoder = brotli::CompressorWriter::new(Vec::new(), BUFFER_BYTES, QUALITY, WINDOW_BITS);
    encoder.write_all(&content)?;
    encoder.flush()?;
    Ok(encoder.into_inner())
}

fn below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            paths.extend(below(&path)?);
        } else {
            paths.push(path);
        }
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::Files;

    #[test]
    fn a_name_that_stands_for_its_content_is_kept_for_ever() {
        let folder = e2e::Folder::new().expect("a folder");
        let page = folder.write("index.html", b"<p>").expect("a file");
        folder
            .write("page-1f.js", b"1;".repeat(99).as_slice())
            .expect("a file");
        folder.write("page-1f.js.gz", b"not this").expect("a file");
        let files = Files::read(page.parent().expect("its folder")).expect("files");
        let found = |path: &str| files.find(path).map(|file| (file.kind, file.keep));
        assert_eq!(found("/"), Some(("text/html; charset=utf-8", "no-cache")));
        let script = files.find("/page-1f.js").expect("the script");
        assert!(script.keep.contains("immutable") && script.content.len() < 99);
        assert_eq!(found("/page-1f.js.gz"), None);
    }
}
