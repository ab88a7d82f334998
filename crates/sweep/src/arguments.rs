//! The words after the program's name. Nonsense is answered in a sentence.

use protocol::Varied;

/// What the program prints when asked how to use it.
pub const HELP: &str = "\
cargo xtask sweep '<link, fragment or settings>' --vary servers|rate --from A --to B [--points N] [--csv FILE] [--json FILE]

Simulates the settings that a link of the fleet holds, with one number changed from point to point, on all cores.
Without a link it is the default run. N is 20 unless it is said.";

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Arguments {
    /// The link, the fragment or the settings' text.
    pub settings: String,
    /// What is varied.
    pub varied: Varied,
    /// The lowest number.
    pub from: f64,
    /// The highest.
    pub to: f64,
    /// How many points.
    pub points: u32,
    /// Where the CSV goes.
    pub csv: Option<String>,
    /// Where the JSON goes.
    pub json: Option<String>,
}

impl Arguments {
    /// Reads the words; `None` where help is asked for.
    ///
    /// # Errors
    ///
    /// A sentence for whoever typed them.
    pub fn read(words: impl IntoIterator<Item = String>) -> Result<Option<Self>, String> {
        let mut words = words.into_iter();
        let mut settings = None;
        let (mut varied, mut from, mut to) = (None, None, None);
        let mut points = 20;
        let (mut csv, mut json) = (None, None);
        while let Some(word) = words.next() {
            let mut value = || {
                words
                    .next()
                    .filter(|value| !value.starts_with("--"))
                    .ok_or_else(|| format!("`{word}` needs a value."))
            };
            match word.as_str() {
                "--help" | "-h" => return Ok(None),
                "--vary" => {
                    varied = Some(match value()?.as_str() {
                        "servers" => Varied::Servers,
                        "rate" => Varied::Rate,
                        other => {
                            return Err(format!(
                                "`--vary` takes `servers` or `rate`, not `{other}`."
                            ));
                        }
                    });
                }
                "--from" => from = Some(number(&word, &value()?)?),
                "--to" => to = Some(number(&word, &value()?)?),
                "--points" => {
                    let text = value()?;
                    points = text
                        .parse()
                        .map_err(|_| format!("`--points` needs a whole number, not `{text}`."))?;
                }
                "--csv" => csv = Some(value()?),
                "--json" => json = Some(value()?),
                unknown if unknown.starts_with("--") => {
                    return Err(format!(
                        "`{unknown}` does not belong here. `--help` says what does."
                    ));
                }
                _ if settings.is_none() => settings = Some(word),
                _ => return Err(format!("`{word}` is one link too many; quote the link.")),
            }
        }
        let missing = |name: &str| format!("`{name}` is missing. `--help` says how it is used.");
        Ok(Some(Self {
            settings: settings.unwrap_or_default(),
            varied: varied.ok_or_else(|| missing("--vary"))?,
            from: from.ok_or_else(|| missing("--from"))?,
            to: to.ok_or_else(|| missing("--to"))?,
            points,
            csv,
            json,
        }))
    }
}

fn number(word: &str, text: &str) -> Result<f64, String> {
    text.parse()
        .map_err(|_| format!("`{word}` needs a number, not `{text}`."))
}
