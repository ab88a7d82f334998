//! Messages from the page: they wait until the server is open, and are answered one after another.

use std::cell::RefCell;
use std::panic;

use js_sys::Uint8Array;
use protocol::{Command, Envelope, Notice, PageMessage, ServerMessage, Settings};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::spawn_local;
use web_sys::MessageEvent;

use crate::mutex::{self, Asking};
use crate::runtime::Runtime;
use crate::{database, scope};

/// A command with its number, and what it is carried out under.
struct Asked {
    number: u32,
    settings: Settings,
    command: Command,
}

/// What the worker is about.
enum Phase {
    /// Opening; commands wait.
    Opening(Vec<Asked>),
    /// Another tab has the server; commands wait for a take-over.
    Occupied(Vec<Asked>),
    /// Answering.
    Running(Box<Runtime>),
    /// Another tab took the server over.
    Ended,
}

thread_local! {
    static PHASE: RefCell<Phase> = const { RefCell::new(Phase::Opening(Vec::new())) };
}

/// Starts listening, and opens the server.
pub(crate) fn open() {
    panic::set_hook(Box::new(|panic| {
        scope::notify(Notice::Died {
            message: panic.to_string(),
        });
    }));
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
        let bytes = Uint8Array::new(&event.data()).to_vec();
        receive(&bytes);
    });
    scope::global().set_onmessage(Some(listen.into_js_value().unchecked_ref()));
    spawn_local(start(Asking::IfFree));
}

async fn start(asking: Asking) {
    let lock = format!("ticket-or-passport {}", scope::base_path());
    if !mutex::acquire(&lock, asking, end).await {
        occupied();
        return;
    }
    let grain = scope::timer_grain_microseconds();
    match database::open().await {
        Ok(opened) => match Runtime::start(opened, grain) {
            Ok((runtime, opening)) => run(runtime, Notice::Ready(opening)),
            Err(error) => scope::notify(Notice::Died {
                message: error.to_string(),
            }),
        },
        Err(database::Busy) => occupied(),
    }
}

fn run(mut runtime: Runtime, ready: Notice) {
    scope::notify(ready);
    PHASE.with_borrow_mut(|phase| {
        if let Phase::Opening(waiting) = phase {
            for command in waiting.drain(..) {
                answer(&mut runtime, command);
            }
            *phase = Phase::Running(Box::new(runtime));
        }
    });
}

fn occupied() {
    PHASE.with_borrow_mut(|phase| {
        if let Phase::Opening(waiting) = phase {
            *phase = Phase::Occupied(std::mem::take(waiting));
        }
    });
    scope::notify(Notice::Occupied);
}

/// Another tab has stolen the lock: closing the database sets its files free.
fn end() {
    PHASE.set(Phase::Ended);
    scope::notify(Notice::TakenOver);
    scope::global().close();
}

fn receive(bytes: &[u8]) {
    let Envelope { number, message } = match Envelope::<PageMessage>::decode(bytes) {
        Ok(envelope) => envelope,
        Err(error) => {
            scope::notify(Notice::Died {
                message: error.to_string(),
            });
            return;
        }
    };
    match message {
        PageMessage::Command { settings, command } => accept(Asked {
            number,
            settings,
            command,
        }),
        PageMessage::TakeOver => take_over(),
    }
}

fn accept(command: Asked) {
    PHASE.with_borrow_mut(|phase| match phase {
        Phase::Running(runtime) => answer(runtime, command),
        Phase::Opening(waiting) | Phase::Occupied(waiting) => waiting.push(command),
        Phase::Ended => {}
    });
}

fn take_over() {
    let occupied = PHASE.with_borrow_mut(|phase| match phase {
        Phase::Occupied(waiting) => {
            *phase = Phase::Opening(std::mem::take(waiting));
            true
        }
        _ => false,
    });
    if occupied {
        spawn_local(start(Asking::Steal));
    }
}

fn answer(runtime: &mut Runtime, asked: Asked) {
    let now = scope::now().plus_seconds(asked.settings.clock_offset_seconds);
    let reply = runtime.answer(asked.command, &asked.settings, now);
    scope::post(asked.number, ServerMessage::Reply(reply));
}
