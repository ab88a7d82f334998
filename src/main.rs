//! The page: mounts the app, nothing else.

mod app;
mod browser;
mod components;
mod header;
mod offline;
mod route;
mod scenes;
mod state;
mod wording;

fn main() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(app::App);
}
