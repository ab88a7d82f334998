//! Gives a picture to the browser as a file.

use crate::browser::{Picture, save_file};
use crate::wording::taking::saved;

/// As what a picture is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::scenes) enum Kind {
    /// As it is drawn.
    Svg,
    /// In pixels.
    Png,
}

/// Saves it under that name, without its ending; what there is to say of it.
pub(in crate::scenes) async fn save_picture(picture: Picture, stem: &str, kind: Kind) -> String {
    let (ending, octets) = match kind {
        Kind::Svg => ("svg", Ok(picture.svg().to_vec())),
        Kind::Png => ("png", picture.png().await),
    };
    let name = format!("{stem}.{ending}");
    let outcome = octets.and_then(|octets| save_file(&name, &octets));
    saved(&name, outcome)
}
