//! The words after `cargo xtask`, read into a command.

use crate::engine::Engines;
use crate::site::Profile;

/// What `cargo xtask` alone prints.
pub(crate) const HELP: &str = "\
The project's commands. Each sets up what it misses, and says so.

  cargo xtask serve [--dev] [--port N]  build, serve on http://127.0.0.1:8080/, build again with each change
  cargo xtask test [--quick]            run everything; --quick leaves out the site and the browsers
              [--engine NAME]           all end-to-end tests in chromium, firefox, webkit or all; else all of them in
                                        Chromium, and a few in the other two
              [WORD...]                 only the end-to-end tests whose names have one of these, on dist/ as it is
  cargo xtask build [--dev]             build the site into dist/
  cargo xtask size                      print what dist/ weighs; fails over budget
  cargo xtask bench [PART...]           measure in headless Chromium, and beside its peers; all parts, or these
  cargo xtask calibrate [--print]       measure what the load model stands on, and write it down; --print only prints
  cargo xtask sweep LINK ...            simulate a fleet's settings over a range; `cargo xtask sweep --help` says how
  cargo xtask profile                   find anew, by runs, which functions a first answer doesn't call; builds read that
  cargo xtask reproduce                 build the commit twice elsewhere, compare every byte, and put it into dist/
  cargo xtask deny                      hold licences, sources and advisories of what we build on to deny.toml
  cargo xtask setup                     set up only

--dev builds fast and unoptimised. Trunk calls `cargo xtask place-worker` at the end of each build.";

const DEFAULT_PORT: u16 = 8080;

/// One command, complete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    Help,
    Setup,
    Serve {
        profile: Profile,
        port: u16,
    },
    Build {
        profile: Profile,
    },
    Size,
    Test {
        quick: bool,
        engines: Engines,
        /// What is in the names of those that are wanted; all where there is none.
        named: Vec<String>,
    },
    /// With the names of the parts; all where there is none.
    Bench {
        parts: Vec<String>,
    },
    Calibrate {
        print: bool,
    },
    /// With the words that the sweep's own program reads.
    Sweep {
        words: Vec<String>,
    },
    Profile,
    Reproduce,
    Deny,
    PlaceWorker,
}

/// Reads the words. The error is a sentence for the person who typed them.
pub(crate) fn parse(words: &[String]) -> Result<Command, String> {
    let mut words = words.iter().map(String::as_str);
    let mut command = match words.next() {
        None | Some("help" | "--help" | "-h") => return Ok(Command::Help),
        Some("setup") => Command::Setup,
        Some("serve") => Command::Serve {
            profile: Profile::Release,
            port: DEFAULT_PORT,
        },
        Some("build") => Command::Build {
            profile: Profile::Release,
        },
        Some("size") => Command::Size,
        Some("test") => Command::Test {
            quick: false,
            engines: Engines::Usual,
            named: Vec::new(),
        },
        Some("bench") => Command::Bench { parts: Vec::new() },
        Some("calibrate") => Command::Calibrate { print: false },
        Some("sweep") => {
            return Ok(Command::Sweep {
                words: words.map(str::to_owned).collect(),
            });
        }
        Some("profile") => Command::Profile,
        Some("reproduce") => Command::Reproduce,
        Some("deny") => Command::Deny,
        Some("place-worker") => Command::PlaceWorker,
        Some(unknown) => {
            return Err(format!(
                "`{unknown}` is not a command. `cargo xtask --help` lists them."
            ));
        }
    };
    while let Some(word) = words.next() {
        match (word, &mut command) {
            ("--help" | "-h", _) => return Ok(Command::Help),
            ("--dev", Command::Serve { profile, .. } | Command::Build { profile }) => {
                *profile = Profile::Dev;
            }
            ("--quick", Command::Test { quick, named, .. }) if named.is_empty() => *quick = true,
            ("--engine", Command::Test { engines, .. }) => {
                let name = words.next().unwrap_or_default();
                *engines = Engines::named(name).ok_or_else(|| {
                    format!("`--engine` needs chromium, firefox, webkit or all, not `{name}`.")
                })?;
            }
            (part, Command::Test { quick, named, .. }) if !*quick && !part.starts_with('-') => {
                named.push(part.to_owned());
            }
            ("--print", Command::Calibrate { print }) => *print = true,
            (part, Command::Bench { parts }) if !part.starts_with('-') => {
                parts.push(part.to_owned());
            }
            ("--port", Command::Serve { port, .. }) => {
                let value = words.next().unwrap_or_default();
                *port = value
                    .parse()
                    .ok()
                    .filter(|port| *port != 0)
                    .ok_or_else(|| {
                        format!("`--port` needs a number from 1 to 65535, not `{value}`.")
                    })?;
            }
            _ => {
                return Err(format!(
                    "`{word}` does not belong here. `cargo xtask --help` says what does."
                ));
            }
        }
    }
    Ok(command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Engine;

    fn check(line: &str, expected: Result<Command, &str>) {
        let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        match (parse(&words), &expected) {
            (Ok(found), Ok(command)) => assert_eq!(&found, command, "{line}"),
            (Err(sentence), Err(part)) => assert!(sentence.contains(part), "{line}: {sentence}"),
            (found, _) => panic!("{line}: {found:?}, but {expected:?} was expected"),
        }
    }

    #[test]
    fn words_become_commands() {
        let release = Profile::Release;
        let dev = Profile::Dev;
        let serve = |profile, port| Ok(Command::Serve { profile, port });
        check("", Ok(Command::Help));
        check("--help", Ok(Command::Help));
        check("serve --help", Ok(Command::Help));
        check("serve", serve(release, 8080));
        check("serve --dev --port 9000", serve(dev, 9000));
        check("serve --port 9000 --dev", serve(dev, 9000));
        check("build", Ok(Command::Build { profile: release }));
        check("build --dev", Ok(Command::Build { profile: dev }));
        let test = |quick, engines, named: &[&str]| {
            Ok(Command::Test {
                quick,
                engines,
                named: named.iter().map(|it| (*it).to_owned()).collect(),
            })
        };
        check("test", test(false, Engines::Usual, &[]));
        check("test --quick", test(true, Engines::Usual, &[]));
        check("test --engine all", test(false, Engines::All, &[]));
        let firefox = Engines::Only(Engine::Firefox);
        check("test --engine firefox", test(false, firefox, &[]));
        check(
            "test --engine firefox tabs::",
            test(false, firefox, &["tabs::"]),
        );
        check(
            "test tabs:: share::",
            test(false, Engines::Usual, &["tabs::", "share::"]),
        );
        check("size", Ok(Command::Size));
        let bench = |parts: &[&str]| {
            let parts = parts.iter().map(|part| (*part).to_owned()).collect();
            Ok(Command::Bench { parts })
        };
        check("bench", bench(&[]));
        check("bench simulation simpy", bench(&["simulation", "simpy"]));
        check("calibrate", Ok(Command::Calibrate { print: false }));
        check("calibrate --print", Ok(Command::Calibrate { print: true }));
        let sweep = |words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            Ok(Command::Sweep { words })
        };
        check("sweep --help", sweep(&["--help"]));
        check(
            "sweep #/fleet --vary rate",
            sweep(&["#/fleet", "--vary", "rate"]),
        );
        check("setup", Ok(Command::Setup));
        check("reproduce", Ok(Command::Reproduce));
        check("profile", Ok(Command::Profile));
        check("deny", Ok(Command::Deny));
        check("place-worker", Ok(Command::PlaceWorker));
    }

    #[test]
    fn other_words_are_named_in_a_sentence() {
        check("sevre", Err("`sevre` is not a command"));
        check("size --dev", Err("`--dev` does not belong here"));
        check("bench --dev", Err("`--dev` does not belong here"));
        check("size growth", Err("`growth` does not belong here"));
        check("build --port 1", Err("`--port` does not belong here"));
        check("serve --port", Err("not ``"));
        check("test --engine", Err("not ``"));
        check("test --quick tabs::", Err("`tabs::` does not belong here"));
        check("test tabs:: --quick", Err("`--quick` does not belong here"));
        check("test --engine trident", Err("not `trident`"));
        check("serve --port 0", Err("not `0`"));
        check("serve --port many", Err("not `many`"));
        check("serve --port 65536", Err("not `65536`"));
    }
}
