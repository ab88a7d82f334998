//! The load model's tests: what makes its figures believable.

mod bounds;
mod conservation;
mod costs;
mod designs;
mod determinism;
mod faults;
mod sweeps;
mod theory;
mod waiting;
