//! Messages from the page: answered one after another, by what is there of the server.
//!
//! First that is a server without a database, which answers what needs none and defers the rest; then the whole.

use std::cell::RefCell;
use std::{mem, panic};

use futures::future::join;
use protocol::{Command, Envelope, Notice, PageMessage, ServerMessage, Settings, Timestamp};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use crate::database::Busy;
use crate::early::{self, Answering, Early, MakeWhole};
use crate::jar_file::{self, JarFile, NoFile};
use crate::mutex::{self, Asking};
use crate::parts;
use crate::{page_loading, scope};

/// How long the page's first command is waited for, before the database takes the worker's time and the line.
const FIRST_COMMAND_MILLISECONDS: i32 = 15;

/// A command, as the page sent it.
struct Asked {
    number: u32,
    settings: Settings,
    command: Command,
}

/// What the worker is about.
enum Phase {
    /// Asking for the lock, and for the user agent's file. What the page asks meanwhile waits.
    Opening(Vec<Asked>),
    /// Opening the database, and answering what needs none.
    Early(Box<Early>),
    /// Another tab has the server; a take-over may come.
    Occupied,
    /// Answering.
    Running(Box<dyn Answering>),
    /// Another tab took the server over.
    Ended,
}

impl Asked {
    /// The moment by the page's clock.
    fn now(&self) -> Timestamp {
        scope::now().plus_seconds(self.settings.clock_offset_seconds)
    }
}

thread_local! {
    static PHASE: RefCell<Phase> = const { RefCell::new(Phase::Opening(Vec::new())) };
}

/// Starts listening, and opens the server.
pub(crate) fn open() {
    panic::set_hook(Box::new(|panic| die(panic.to_string())));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        match courier::unpack(&event.data()) {
            Some(bytes) => receive(&bytes),
            // The page's start says one thing, in no format: that it has loaded.
            None => page_loading::ended(),
        }
    });
    scope::global().set_onmessage(Some(listen.into_js_value().unchecked_ref()));
    spawn_local(start(Asking::IfFree));
}

async fn start(asking: Asking) {
    let lock = format!("ticket-or-passport {}", scope::page_folder());
    // Asked for first, the lock and the file; rehearsed while both are on their way.
    let asked = join(mutex::acquire(&lock, asking, end), jar_file::find());
    let ((is_ours, found), ()) = join(asked, async { early::rehearse() }).await;
    if !is_ours {
        return occupied();
    }
    let jar_file = match JarFile::open(found).await {
        Ok(file) => Some(file),
        Err(NoFile::Refused) => None,
        Err(NoFile::Busy) => return occupied(),
    };
    if !wake(Early::new(jar_file)) {
        return;
    }
    // What the page has yet to load comes first: nobody sees an answer before. So does its first command, which may follow.
    page_loading::is_over().await;
    scope::wait_milliseconds(FIRST_COMMAND_MILLISECONDS).await;
    match parts::open_database().await {
        Ok(Ok(make_whole)) => run(make_whole),
        Ok(Err(Busy)) => occupied(),
        Err(error) => die(format!("its database: {error}")),
    }
}

/// Answers from now on what needs no database. Whether the worker is still to do so.
fn wake(early: Early) -> bool {
    let waiting = PHASE.with_borrow_mut(|phase| {
        let Phase::Opening(waiting) = phase else {
            return None;
        };
        let waiting = mem::take(waiting);
        *phase = Phase::Early(Box::new(early));
        Some(waiting)
    });
    let Some(waiting) = waiting else {
        return false;
    };
    scope::notify(Notice::Awake);
    waiting.into_iter().for_each(carry_out);
    true
}

/// Answers everything from now on.
fn run(make_whole: MakeWhole) {
    PHASE.with_borrow_mut(|phase| {
        let Phase::Early(early) = mem::replace(phase, Phase::Ended) else {
            return;
        };
        match make_whole(*early) {
            Ok((server, opening)) => {
                *phase = Phase::Running(server);
                scope::notify(Notice::Ready(opening));
            }
            Err(message) => die(message),
        }
    });
}

fn occupied() {
    PHASE.set(Phase::Occupied);
    scope::notify(Notice::Occupied);
}

/// Another tab has stolen the lock: closing the database sets its files free.
fn end() {
    PHASE.set(Phase::Ended);
    scope::notify(Notice::TakenOver);
    scope::global().close();
}

fn die(message: String) {
    scope::notify(Notice::Died { message });
}

fn receive(bytes: &[u8]) {
    match Envelope::<PageMessage>::decode(bytes) {
        Ok(Envelope { number, message }) => match message {
            PageMessage::Command { settings, command } => carry_out(Asked {
                number,
                settings,
                command,
            }),
            PageMessage::TakeOver => take_over(),
        },
        Err(error) => die(error.to_string()),
    }
}

fn carry_out(asked: Asked) {
    let number = asked.number;
    if let Some(message) = answer(asked) {
        scope::post(number, message);
        courier::message_sent();
    }
}

fn answer(asked: Asked) -> Option<ServerMessage> {
    PHASE.with_borrow_mut(|phase| match phase {
        Phase::Running(server) => {
            let now = asked.now();
            let reply = server.answer(asked.command, &asked.settings, now);
            Some(ServerMessage::Reply(reply))
        }
        Phase::Early(early) => {
            let reply = early.attempt(&asked.command, &asked.settings, asked.now());
            Some(reply.map_or(ServerMessage::Deferred, ServerMessage::Reply))
        }
        Phase::Opening(waiting) => {
            waiting.push(asked);
            None
        }
        // The page keeps it, and asks again if the server comes here.
        Phase::Occupied | Phase::Ended => None,
    })
}

fn take_over() {
    let was_occupied = PHASE.with_borrow_mut(|phase| {
        let was_occupied = matches!(phase, Phase::Occupied);
        if was_occupied {
            *phase = Phase::Opening(Vec::new());
        }
        was_occupied
    });
    if was_occupied {
        spawn_local(start(Asking::Steal));
    }
}
