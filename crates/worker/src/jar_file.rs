//! The user agent's own file: the cookie jar, where no server and no SQL console reaches it. It needs no database, so that
//! requests can be made before that is open.

use std::hash::{DefaultHasher, Hasher};

use js_sys::{Function, Promise, Reflect};
use user_agent::Jar;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{FileSystemFileHandle, FileSystemReadWriteOptions, FileSystemSyncAccessHandle};

use crate::scope;

/// What the file starts with: a hash of the rest, by which half a file is known.
const HASH_OCTETS: usize = 8;

/// The file, open.
pub(crate) struct JarFile {
    handle: FileSystemSyncAccessHandle,
}

/// Why there is no file.
pub(crate) enum NoFile {
    /// Another worker has it.
    Busy,
    /// The browser has no such files, or refuses them.
    Refused,
}

impl JarFile {
    /// Opens the file that was found.
    pub(crate) async fn open(found: Found) -> Result<Self, NoFile> {
        let file = found.map_err(|_| NoFile::Refused)?;
        let mut waited = 0;
        loop {
            match JsFuture::from(file.create_sync_access_handle()).await {
                Ok(handle) => {
                    return Ok(Self {
                        handle: handle.unchecked_into(),
                    });
                }
                Err(error) if !is_busy(&error) => return Err(NoFile::Refused),
                Err(_) if waited >= scope::PATIENCE_MILLISECONDS => return Err(NoFile::Busy),
                Err(_) => {
                    scope::wait_milliseconds(scope::RETRY_MILLISECONDS).await;
                    waited += scope::RETRY_MILLISECONDS;
                }
            }
        }
    }

    /// The jar as it was kept; an empty one where there is none, or it can't be read any more.
    pub(crate) fn load(&self) -> Jar {
        self.read().unwrap_or_default()
    }

    fn read(&self) -> Option<Jar> {
        let size = self.handle.get_size().ok()?;
        let mut octets = vec![0; size as usize];
        let options = FileSystemReadWriteOptions::new();
        options.set_at(0.0);
        self.handle
            .read_with_u8_array_and_options(&mut octets, &options)
            .ok()?;
        let (hash, content) = octets.split_first_chunk::<HASH_OCTETS>()?;
        if *hash != hash_of(content) {
            return None;
        }
        postcard::from_bytes(content).ok()
    }

    /// Keeps the jar. One that can't be kept lasts until the worker ends.
    pub(crate) fn save(&self, jar: &Jar) {
        let _ = self.write(jar);
    }

    fn write(&self, jar: &Jar) -> Option<()> {
        let content = postcard::to_allocvec(jar).ok()?;
        let octets = [hash_of(&content).as_slice(), &content].concat();
        let options = FileSystemReadWriteOptions::new();
        options.set_at(0.0);
        self.handle
            .write_with_u8_array_and_options(&octets, &options)
            .ok()?;
        self.handle.truncate_with_f64(octets.len() as f64).ok()?;
        self.handle.flush().ok()
    }
}

impl Drop for JarFile {
    fn drop(&mut self) {
        self.handle.close();
    }
}

fn hash_of(content: &[u8]) -> [u8; HASH_OCTETS] {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    hasher.finish().to_le_bytes()
}

/// The file, or what the browser said instead.
pub(crate) type Found = Result<FileSystemFileHandle, JsValue>;

/// Finds the file, or makes it: in the folder that the database has for itself. Whoever has the server or not may do so.
/// The worker's entry has looked for it already, mostly.
pub(crate) async fn find() -> Found {
    let find: Function = Reflect::get(&scope::global(), &"userAgentFile".into())?.dyn_into()?;
    let found: Promise = find.call0(&JsValue::UNDEFINED)?.dyn_into()?;
    Ok(JsFuture::from(found).await?.unchecked_into())
}

fn is_busy(error: &JsValue) -> bool {
    error
        .dyn_ref::<js_sys::Error>()
        .is_some_and(|error| error.name() == "NoModificationAllowedError")
}
