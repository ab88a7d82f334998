//! The binary in the Web Worker: answers commands, and opens SQLite on the origin private file system.
//!
//! It is an edge: it carries bytes, gives the pure crates a clock and chance, and decides nothing about a request.

#![cfg_attr(not(target_arch = "wasm32"), allow(dead_code, unused_imports))]

mod carrying;
mod database;
mod early;
mod inbox;
mod jar_file;
mod lab;
mod mutex;
mod page_loading;
mod parts;
mod runtime;
mod scene_commands;
mod scope;
mod store_commands;

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        if scope::global().name() == lab::ROLE {
            parts::begin_lab();
        } else {
            inbox::open();
        }
    }
}
