//! What is found in a HAR, and what is said of a file that is none.

mod corpus;
mod findings;
mod problems;
mod tokens;
