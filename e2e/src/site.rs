//! The built site on 127.0.0.1, below a folder. It writes down what it is asked for, and misbehaves on request.

use crate::folder::Folder;
use crate::headers;
use crate::next_build;
use crate::wire::{self, Answer, Listening};
use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The entry of the worker's program, wherever its folder is.
const WORKER_SCRIPT: &str = "/worker.js";

/// The site, for as long as the process lives.
pub struct Site {
    shared: Arc<Shared>,
    address: SocketAddr,
    /// What listens, while the server is not stopped.
    listening: Mutex<Option<Listening>>,
    /// What was deployed after the build under test.
    later: Mutex<Vec<Folder>>,
}

struct Shared {
    dist: Mutex<PathBuf>,
    /// With a slash at both ends.
    folder: &'static str,
    headers: Vec<(String, String)>,
    requests: Mutex<Vec<String>>,
    errors: Mutex<Vec<String>>,
    faults: Mutex<Faults>,
    released: Condvar,
    lent: Mutex<Option<PathBuf>>,
}

/// How the site misbehaves.
#[derive(Default)]
struct Faults {
    /// Endings of paths that are not there.
    missing: Vec<String>,
    /// Endings of paths that are not there when they are next asked for, each once.
    missing_once: Vec<String>,
    /// Endings of paths whose files are not what the build made: one octet more.
    altered: Vec<String>,
    /// Endings of paths whose answers wait.
    held: Vec<String>,
    /// Whether browsers may keep what is named by its content, as a host should let them.
    lets_keep: bool,
    /// JavaScript that runs before the worker's own.
    before_worker: String,
    /// JavaScript that runs before the page's own.
    before_page: String,
}

/// The name below the page's folder of what runs before the page's own script.
const BEFORE_PAGE: &str = "before-page.js";

/// The name below the page's folder where pages tell their errors.
const TOLD: &str = "told/";

/// Tells the site each error that a console would show: what is thrown and not caught, what the page writes there, and
/// what its policy forbids.
const TELL_ERRORS: &str = r"{
  const tell = (...words) => {
    const octets = new TextEncoder().encode(words.map(String).join(' ').slice(0, 2000));
    const told = btoa(String.fromCharCode(...octets)).replaceAll('+', '-').replaceAll('/', '_');
    const request = new XMLHttpRequest();
    // At once: the test may be over in a moment.
    request.open('GET', new URL('told/' + told, document.baseURI), false);
    request.send();
  };
  addEventListener('error', (event) => { if (event.message) tell(event.message); });
  addEventListener('unhandledrejection', (event) => tell('not caught:', event.reason));
  addEventListener('securitypolicyviolation', (event) => tell('Content Security Policy,', event.violatedDirective + ':', event.blockedURI));
  const write = console.error.bind(console);
  console.error = (...words) => { tell(...words); write(...words); };
}";

/// The name below the page's folder where [`Site::lend`] puts other files.
const LENT: &str = "lent/";

impl Site {
    /// Serves the build that `DIST` names, below that folder.
    ///
    /// # Errors
    /// Where there is no build, or no port.
    pub fn open(folder: &'static str) -> anyhow::Result<Self> {
        let dist = std::env::var_os("DIST")
            .map(PathBuf::from)
            .context("DIST must name the built site: run `cargo xtask test`")?;
        anyhow::ensure!(
            dist.join("index.html").is_file(),
            "there is no site in {}: run `cargo xtask build`",
            dist.display()
        );
        let shared = Arc::new(Shared {
            dist: Mutex::new(dist),
            folder,
            headers: headers::of_the_server()?,
            requests: Mutex::default(),
            errors: Mutex::default(),
            faults: Mutex::default(),
            released: Condvar::new(),
            lent: Mutex::default(),
        });
        let listening = listen(&shared, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
        Ok(Self {
            shared,
            address: listening.address(),
            listening: Mutex::new(Some(listening)),
            later: Mutex::default(),
        })
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops the server: the machine refuses connections then.
    pub fn stop(&self) {
        if let Some(listening) = locked(&self.listening).take() {
            listening.end();
        }
    }

    /// Starts it again, at the same address.
    ///
    /// # Errors
    /// Where something else has the address by now.
    pub fn start_again(&self) -> anyhow::Result<()> {
        *locked(&self.listening) = Some(listen(&self.shared, self.address)?);
        Ok(())
    }

    /// Puts the next build in the place of this one, of which nothing is left: all its files have other names, and the
    /// page's title ends in the word `next`, once more for each.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn deploy_next(&self) -> anyhow::Result<()> {
        let folder = Folder::new()?;
        next_build::make(&self.dist(), folder.path())?;
        self.deploy(folder);
        Ok(())
    }

    /// Puts what is in that folder in the place of the build.
    pub fn deploy(&self, folder: Folder) {
        *locked(&self.shared.dist) = folder.path().to_owned();
        locked(&self.later).push(folder);
    }

    /// The folder of the build that is served.
    pub fn dist(&self) -> PathBuf {
        locked(&self.shared.dist).clone()
    }

    /// The folder that the page is in.
    pub fn folder(&self) -> &'static str {
        self.shared.folder
    }

    /// The page's address.
    pub fn url(&self) -> String {
        format!("{}{}", self.origin(), self.shared.folder)
    }

    /// The paths that were asked for, in order.
    pub fn requests(&self) -> Vec<String> {
        locked(&self.shared.requests).clone()
    }

    /// From now on browsers may keep what is named by its content, as a host should let them.
    pub fn let_keep(&self) {
        locked(&self.shared.faults).lets_keep = true;
    }

    /// How often something was asked for that has this in its path.
    pub fn times_asked(&self, part: &str) -> usize {
        let requests = locked(&self.shared.requests);
        requests.iter().filter(|path| path.contains(part)).count()
    }

    /// The paths of all files of the build, the page's own as its folder. Compressed copies are no files of their own.
    ///
    /// # Errors
    /// Where the build can't be read.
    pub fn files(&self) -> anyhow::Result<Vec<String>> {
        let mut paths = vec![self.shared.folder.to_owned()];
        let names = next_build::names(&self.dist())?;
        paths.extend(
            names
                .iter()
                .map(|name| format!("{}{name}", self.shared.folder)),
        );
        Ok(paths)
    }

    /// From now on there is no file whose path ends so.
    pub fn lose(&self, ending: &str) {
        locked(&self.shared.faults).missing.push(ending.to_owned());
    }

    /// Who next asks for a file whose path ends so gets none.
    pub fn lose_once(&self, ending: &str) {
        let mut faults = locked(&self.shared.faults);
        faults.missing_once.push(ending.to_owned());
    }

    /// From now on files whose path ends so end in one space more.
    pub fn alter(&self, ending: &str) {
        locked(&self.shared.faults).altered.push(ending.to_owned());
    }

    /// Everything is there again, as the build made it.
    pub fn find_again(&self) {
        let mut faults = locked(&self.shared.faults);
        faults.missing.clear();
        faults.missing_once.clear();
        faults.altered.clear();
    }

    /// The file name of the page's own WebAssembly.
    ///
    /// # Errors
    /// Where the build has none.
    pub fn page_program(&self) -> anyhow::Result<String> {
        let files = self.files()?;
        let program = files.iter().find_map(|path| {
            let name = path.strip_prefix(self.shared.folder)?;
            (name.ends_with(".wasm") && !name.contains('/')).then(|| name.to_owned())
        });
        program.context("the build has no program for the page")
    }

    /// Serves the files of this folder too, which is no part of the site; gives the address below which they are.
    pub fn lend(&self, folder: PathBuf) -> String {
        *locked(&self.shared.lent) = Some(folder);
        format!("{}{LENT}", self.url())
    }

    /// From now on files whose path ends so are answered only after [`Site::release`].
    pub fn hold(&self, ending: &str) {
        locked(&self.shared.faults).held.push(ending.to_owned());
    }

    /// Answers everything that is held.
    pub fn release(&self) {
        locked(&self.shared.faults).held.clear();
        self.shared.released.notify_all();
    }

    /// From now on workers run this before their own script; empty for nothing.
    pub fn before_worker(&self, script: &str) {
        locked(&self.shared.faults).before_worker = script.to_owned();
    }

    /// From now on pages run this too before their own script.
    pub(crate) fn before_page(&self, script: &str) {
        let before = &mut locked(&self.shared.faults).before_page;
        before.push_str(script);
        before.push('\n');
    }

    /// From now on pages tell their errors to the site.
    pub(crate) fn tell_of_errors(&self) {
        self.before_page(TELL_ERRORS);
    }

    /// The errors that pages have told.
    pub(crate) fn errors_told(&self) -> Vec<String> {
        locked(&self.shared.errors).clone()
    }
}

impl Shared {
    fn answer(&self, path: &str) -> Answer {
        if let Some(answer) = self.answer_for_tests(path) {
            return answer;
        }
        locked(&self.requests).push(path.to_owned());
        let is_missing = self.is_missing(path);
        let file = self.file(path).filter(|_| !is_missing);
        let found = file.and_then(|file| Some((std::fs::read(&file).ok()?, file)));
        let Some((mut content, file)) = found else {
            return self.answer_with(None);
        };
        let faults = locked(&self.faults);
        if path.ends_with(WORKER_SCRIPT) {
            content.splice(0..0, faults.before_worker.bytes());
        } else if path == self.folder && !faults.before_page.is_empty() {
            content = with_script(&content);
        }
        if ends_in_one(path, &faults.altered) {
            content.push(b' ');
        }
        let lets_keep = faults.lets_keep && headers::is_named_by_content(path);
        let mut answer = self.answer_with(Some((headers::content_type(&file), content)));
        if lets_keep {
            headers::let_keep(&mut answer.headers);
        }
        answer
    }

    /// What only tests ask for, which counts as no request of the page.
    fn answer_for_tests(&self, path: &str) -> Option<Answer> {
        let name = path.strip_prefix(self.folder)?;
        if name == BEFORE_PAGE {
            let script = locked(&self.faults).before_page.clone();
            let kind = headers::content_type(Path::new(BEFORE_PAGE));
            return Some(self.answer_with(Some((kind, script.into_bytes()))));
        }
        let told = URL_SAFE.decode(name.strip_prefix(TOLD)?).ok()?;
        locked(&self.errors).push(String::from_utf8_lossy(&told).into_owned());
        Some(self.answer_with(Some(("text/plain", Vec::new()))))
    }

    /// An answer of that type and content; where there is none, that nothing was found.
    fn answer_with(&self, found: Option<(&str, Vec<u8>)>) -> Answer {
        let is_there = found.is_some();
        let (kind, content) =
            found.unwrap_or_else(|| ("text/plain", b"There is nothing here.".to_vec()));
        let mut headers = self.headers.clone();
        headers.push((String::from("Content-Type"), kind.to_owned()));
        Answer {
            found: is_there,
            headers,
            content,
        }
    }

    /// Whether the file is missing, after waiting where it is held.
    fn is_missing(&self, path: &str) -> bool {
        let mut faults = self
            .released
            .wait_while(locked(&self.faults), |faults| {
                ends_in_one(path, &faults.held)
            })
            .unwrap_or_else(PoisonError::into_inner);
        let before = faults.missing_once.len();
        faults.missing_once.retain(|ending| !path.ends_with(ending));
        faults.missing_once.len() < before || ends_in_one(path, &faults.missing)
    }

    fn file(&self, path: &str) -> Option<PathBuf> {
        let name = path.strip_prefix(self.folder)?;
        let lent = locked(&self.lent).clone();
        let (folder, name) = match (lent, name.strip_prefix(LENT)) {
            (Some(folder), Some(name)) => (folder, name),
            _ => (locked(&self.dist).clone(), name),
        };
        let name = Path::new(if name.is_empty() { "index.html" } else { name });
        let stays_inside = name
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        stays_inside.then(|| folder.join(name))
    }
}

fn ends_in_one(path: &str, endings: &[String]) -> bool {
    endings.iter().any(|ending| path.ends_with(ending))
}

fn listen(shared: &Arc<Shared>, address: SocketAddr) -> std::io::Result<Listening> {
    let shared = shared.clone();
    wire::listen(address, move |path| shared.answer(path))
}

/// The page with one script before all of its own. Its policy stands for that one too.
fn with_script(page: &[u8]) -> Vec<u8> {
    let page = String::from_utf8_lossy(page);
    let script = format!("<head><script src=\"{BEFORE_PAGE}\"></script>");
    page.replacen("<head>", &script, 1).into_bytes()
}

/// A thread that panicked has left nothing half done here.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
