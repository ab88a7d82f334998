//! The link to the worker: numbered commands and their waiters, death and restart.
//!
//! Commands wait here until the worker said that it is ready, so the page takes input before. Until then it is tried with
//! the first that waits, which may need no database; that one waits in the worker until it is awake. A worker that dies is
//! restarted once; what it was carrying out gets no answer, what still waited is carried out by the next one.

use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::mem;
use std::rc::Rc;

use futures::FutureExt;
use futures::channel::oneshot;
use leptos::prelude::{RwSignal, Set};
use protocol::{
    Command, Envelope, EnvelopeError, Notice, Opening, PageMessage, Reply, ServerMessage, Settings,
};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::boot::{self, EarlyWorker};
use super::leaving;
use super::link_state::{LinkState, NoAnswer};
use super::worker_error::{describe, words_of};

/// How many times a worker that died is started anew.
const RESTARTS: u32 = 1;

type Waiter = oneshot::Sender<Result<Reply, NoAnswer>>;

/// How far the worker is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hearing {
    /// There is none, or another tab has the server.
    Nothing,
    /// It starts, and keeps what it is tried with until it is awake.
    Starting { is_tried: bool },
    /// It answers what needs no database. Whether it is being tried with the first command that waits: it answers or
    /// defers that one before another is tried.
    Early { is_tried: bool },
    /// The first command that waits needs the database.
    Deferred,
    /// It answers everything.
    Everything,
}

struct Inner {
    worker: Option<Worker>,
    hearing: Hearing,
    next_number: u32,
    /// What waits, encoded, oldest first.
    queue: VecDeque<(u32, Result<Vec<u8>, EnvelopeError>)>,
    waiters: BTreeMap<u32, Waiter>,
    restarts_left: u32,
    died_before: Option<String>,
    /// The user asked to take the server over from another tab.
    take_over_wanted: bool,
    state: RwSignal<LinkState>,
    line_is_free: RwSignal<bool>,
    /// Which worker is listened to: what an older one still says is not.
    generation: u32,
}

/// The link to the worker.
#[derive(Clone)]
pub(crate) struct WorkerLink(Rc<RefCell<Inner>>);

impl WorkerLink {
    /// Takes over the worker that the boot script started, or starts one. Its state is told through the first signal; the
    /// second one tells that it has its program or will have none, so that what can wait may be fetched.
    pub(crate) fn open(state: RwSignal<LinkState>, line_is_free: RwSignal<bool>) -> Self {
        let link = Self(Rc::new(RefCell::new(Inner {
            worker: None,
            hearing: Hearing::Nothing,
            next_number: 1,
            queue: VecDeque::new(),
            waiters: BTreeMap::new(),
            restarts_left: RESTARTS,
            died_before: None,
            take_over_wanted: false,
            state,
            line_is_free,
            generation: 0,
        })));
        match boot::take_early_worker() {
            Some(early) => link.adopt(early),
            None => link.start(),
        }
        let (left, shown) = (link.clone(), link.clone());
        leaving::when_kept(move || left.0.borrow_mut().leave(), move || shown.start());
        link
    }

    /// Asks the worker, at once. The answer comes when the worker is ready and has carried out all that was asked before.
    pub(crate) fn ask(
        &self,
        settings: Settings,
        command: Command,
    ) -> impl Future<Output = Result<Reply, NoAnswer>> + use<> {
        let (waiter, answer) = oneshot::channel();
        let message = PageMessage::Command { settings, command };
        self.0.borrow_mut().send(message, waiter);
        answer.map(|answer| answer.unwrap_or(Err(NoAnswer::Elsewhere)))
    }

    /// Ends the other tab's worker and opens the server here.
    pub(crate) fn take_over(&self) {
        let waiting = {
            let mut inner = self.0.borrow_mut();
            inner.take_over_wanted = true;
            inner.state.set(LinkState::Starting);
            inner.worker.is_some()
        };
        if waiting {
            self.0.borrow_mut().occupied();
        } else {
            self.start();
        }
    }

    fn adopt(&self, early: EarlyWorker) {
        self.listen(early.worker);
        if let Some(error) = early.error {
            self.died(error);
            return;
        }
        for message in early.messages {
            self.hear(&message);
        }
    }

    fn start(&self) {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let started = boot::worker_url()
            .ok_or(JsValue::from_str(
                "the page does not say where its worker is",
            ))
            .and_then(|url| Worker::new_with_options(&url, &options));
        match started {
            Ok(worker) => {
                let _ = worker.post_message(&boot::PAGE_LOADED.into());
                self.listen(worker);
            }
            Err(error) => self.died(describe(&error)),
        }
    }

    fn listen(&self, worker: Worker) {
        let generation = {
            let mut inner = self.0.borrow_mut();
            inner.generation += 1;
            inner.hearing = Hearing::Starting { is_tried: false };
            inner.generation
        };
        let on_message = {
            let link = self.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if link.0.borrow().generation == generation {
                    link.hear(&event.data());
                }
            })
        };
        let on_error = {
            let link = self.clone();
            Closure::<dyn Fn(Event)>::new(move |event: Event| {
                // Said on the screen, with its consequence; the console need not repeat it.
                event.prevent_default();
                if link.0.borrow().generation == generation {
                    link.died(words_of(&event));
                }
            })
        };
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        let mut inner = self.0.borrow_mut();
        inner.worker = Some(worker);
        inner.try_first();
    }

    fn hear(&self, message: &JsValue) {
        let bytes = courier::unpack(message);
        match ServerMessage::read(&bytes.unwrap_or_default()) {
            Ok(Envelope { number, message }) => match message {
                ServerMessage::Reply(reply) => self.0.borrow_mut().hear_answer(number, reply),
                ServerMessage::Deferred => self.0.borrow_mut().hearing = Hearing::Deferred,
                ServerMessage::Notice(notice) => self.notice(notice),
            },
            Err(EnvelopeError::OtherBuild) => self.died(String::from(
                "page and worker come from different builds: reload the page",
            )),
            Err(error) => self.died(error.to_string()),
        }
    }

    fn notice(&self, notice: Notice) {
        match notice {
            Notice::Awake => self.0.borrow_mut().awake(),
            Notice::Ready(opening) => self.0.borrow_mut().ready(opening),
            Notice::Occupied => self.0.borrow_mut().occupied(),
            Notice::TakenOver => self.0.borrow_mut().taken_over(),
            Notice::Died { message } => self.died(message),
        }
    }

    fn died(&self, reason: String) {
        let restart = self.0.borrow_mut().bury(reason);
        if restart {
            self.start();
        }
    }
}

impl Inner {
    fn send(&mut self, message: PageMessage, waiter: Waiter) {
        let number = self.next_number;
        self.next_number += 1;
        self.waiters.insert(number, waiter);
        let message = Envelope { number, message }.encode();
        match (&self.worker, self.hearing) {
            (Some(worker), Hearing::Everything) => {
                post_bytes(worker, message);
                courier::message_sent();
            }
            (None, _) if self.restarts_left == 0 => self.answer(
                number,
                Err(NoAnswer::Died {
                    reason: self.died_before.clone().unwrap_or_default(),
                }),
            ),
            _ => {
                self.queue.push_back((number, message));
                self.try_first();
            }
        }
    }

    /// Asks the first command that waits of a worker that may have no need to wait for its database.
    fn try_first(&mut self) {
        if let (Some(worker), Some((_, message))) = (&self.worker, self.queue.front())
            && let Hearing::Starting { is_tried } | Hearing::Early { is_tried } = &mut self.hearing
            && !mem::replace(is_tried, true)
        {
            post_bytes(worker, message.clone());
        }
    }

    fn hear_answer(&mut self, number: u32, reply: Reply) {
        if matches!(self.hearing, Hearing::Early { .. }) {
            self.queue.pop_front();
            self.hearing = Hearing::Early { is_tried: false };
            self.try_first();
        }
        self.answer(number, Ok(reply));
    }

    fn answer(&mut self, number: u32, answer: Result<Reply, NoAnswer>) {
        if let Some(waiter) = self.waiters.remove(&number) {
            // Whoever asked may have left.
            let _ = waiter.send(answer);
        }
    }

    fn awake(&mut self) {
        let is_tried = self.hearing == Hearing::Starting { is_tried: true };
        self.hearing = Hearing::Early { is_tried };
        self.try_first();
        self.line_is_free.set(true);
    }

    /// The worker waits, as another tab has the server. It forgets what it was tried with, which waits on here.
    fn occupied(&mut self) {
        self.line_is_free.set(true);
        self.hearing = Hearing::Nothing;
        match &self.worker {
            Some(worker) if mem::take(&mut self.take_over_wanted) => {
                let message = PageMessage::TakeOver;
                post_bytes(worker, Envelope { number: 0, message }.encode());
            }
            _ => self.state.set(LinkState::Occupied),
        }
    }

    fn ready(&mut self, opening: Opening) {
        // What the worker was tried with meanwhile reaches it now that it is ready.
        if (self.hearing == Hearing::Early { is_tried: true }) {
            self.queue.pop_front();
        }
        self.hearing = Hearing::Everything;
        self.take_over_wanted = false;
        self.state.set(LinkState::Ready {
            opening,
            died_before: self.died_before.clone(),
        });
        if let Some(worker) = &self.worker {
            for (_, message) in mem::take(&mut self.queue) {
                post_bytes(worker, message);
            }
        }
    }

    fn taken_over(&mut self) {
        self.end_worker();
        self.state.set(LinkState::TakenOver);
        self.answer_all(&NoAnswer::Elsewhere);
    }

    /// Ends the worker; whether another is to be started. What it was carrying out gets no answer.
    fn bury(&mut self, reason: String) -> bool {
        self.line_is_free.set(true);
        // What it held may not be free yet, and was ours.
        self.take_over_wanted |=
            !matches!(self.hearing, Hearing::Nothing | Hearing::Starting { .. });
        self.end_worker();
        self.died_before = Some(reason.clone());
        let queued: Vec<u32> = self.queue.iter().map(|(number, _)| *number).collect();
        let in_flight: Vec<u32> = self
            .waiters
            .keys()
            .copied()
            .filter(|number| !queued.contains(number))
            .collect();
        for number in in_flight {
            self.answer(
                number,
                Err(NoAnswer::Died {
                    reason: reason.clone(),
                }),
            );
        }
        if self.restarts_left > 0 {
            self.restarts_left -= 1;
            self.state.set(LinkState::Starting);
            return true;
        }
        self.state.set(LinkState::Dead {
            reason: reason.clone(),
        });
        self.answer_all(&NoAnswer::Died { reason });
        false
    }

    /// Ends the worker, whose page is left; whether there was one. What it was carrying out gets no answer.
    fn leave(&mut self) -> bool {
        let was_there = self.worker.is_some();
        if was_there {
            self.end_worker();
            self.state.set(LinkState::Starting);
            let reason = String::from("the page was left");
            self.answer_all(&NoAnswer::Died { reason });
        }
        was_there
    }

    fn end_worker(&mut self) {
        self.generation += 1;
        self.hearing = Hearing::Nothing;
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }

    fn answer_all(&mut self, answer: &NoAnswer) {
        self.queue.clear();
        for (_, waiter) in mem::take(&mut self.waiters) {
            let _ = waiter.send(Err(answer.clone()));
        }
    }
}

pub(super) fn post_bytes(worker: &Worker, message: Result<Vec<u8>, EnvelopeError>) {
    if let Ok(bytes) = message {
        let (message, transfer) = courier::pack(&bytes);
        let _ = worker.post_message_with_transfer(&message, &transfer);
    }
}
