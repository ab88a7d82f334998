//! Words of JSON that stand for one of several things. What stands for none of them is said in a sentence, and never
//! guessed.

use serde_json::Value;

/// Words, and what they mean.
pub(super) type Words<T> = [(&'static str, T)];

/// The word that means this.
pub(super) fn word<T: PartialEq>(words: &Words<T>, wanted: T) -> Option<&'static str> {
    let found = words.iter().find(|(_, meant)| *meant == wanted);
    found.map(|(word, _)| *word)
}

/// What the value of that name means.
///
/// # Errors
/// A sentence that tells all words.
pub(super) fn meant<T: Copy>(name: &str, words: &Words<T>, value: &Value) -> Result<T, String> {
    let found = words.iter().find(|(known, _)| value == known);
    found.map(|(_, meant)| *meant).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        format!("“{name}” is one of {}.", known.join(", "))
    })
}

/// That there is nothing of that name, which is cut where it is long.
pub(super) fn unknown(whole: &str, name: &str) -> String {
    let name: String = name.chars().take(40).collect();
    format!("{whole} has no “{name}”.")
}
