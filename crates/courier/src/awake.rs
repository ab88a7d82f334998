//! Staying awake between messages that follow close upon each other.
//!
//! A thread that has nothing to do falls asleep, and it takes the system longer to wake it than a server takes to answer
//! a request. So in a storm of messages each side goes on with empty tasks until the next one comes. They have the
//! lowest priority: whatever else there is to do comes first. A single message keeps nobody awake, and the few that a
//! press of a button sets off do so for milliseconds at most. Browsers without `scheduler.postTask` let threads sleep.

use std::cell::{OnceCell, RefCell};

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Performance;

use crate::watch::Watch;

thread_local! {
    static WATCH: RefCell<Watch> = RefCell::default();
    static THREAD: OnceCell<Option<Thread>> = const { OnceCell::new() };
}

/// What the thread offers.
struct Thread {
    performance: Performance,
    scheduler: JsValue,
    post_task: Function,
    /// What an empty task does: it asks for the next one.
    task: Function,
    /// How it is asked for.
    options: Object,
}

/// A message has been sent that another one may follow.
pub fn message_sent() {
    with_thread(|thread| {
        let now = thread.performance.now();
        if WATCH.with_borrow_mut(|watch| watch.message(now)) {
            thread.go_on();
        }
    });
}

fn with_thread(work: impl FnOnce(&Thread)) {
    THREAD.with(|thread| {
        if let Some(thread) = thread.get_or_init(Thread::find) {
            work(thread);
        }
    });
}

impl Thread {
    fn find() -> Option<Self> {
        let global = js_sys::global();
        let scheduler = Reflect::get(&global, &"scheduler".into()).ok()?;
        let post_task = Reflect::get(&scheduler, &"postTask".into()).ok()?;
        let options = Object::new();
        Reflect::set(&options, &"priority".into(), &"background".into()).ok()?;
        let task = Closure::<dyn Fn()>::new(|| with_thread(Self::next));
        Some(Self {
            performance: Reflect::get(&global, &"performance".into())
                .ok()?
                .dyn_into()
                .ok()?,
            scheduler,
            post_task: post_task.dyn_into().ok()?,
            task: task.into_js_value().unchecked_into(),
            options,
        })
    }

    fn next(&self) {
        let now = self.performance.now();
        if WATCH.with_borrow_mut(|watch| watch.goes_on(now)) {
            self.go_on();
        }
    }

    fn go_on(&self) {
        let asked = self
            .post_task
            .call2(&self.scheduler, &self.task, &self.options);
        if asked.is_err() {
            WATCH.with_borrow_mut(Watch::end);
        }
    }
}
