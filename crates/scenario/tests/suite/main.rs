//! The scenario crate's tests: what a person or a program writes, and what is read of it.

mod corpus;
mod json;
mod lane;
mod problem;
mod report;
mod strategies;
mod sweep;
mod text;
