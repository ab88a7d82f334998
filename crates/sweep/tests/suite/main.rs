//! The sweep's tests: what is typed, and what comes of it.

use protocol::{Arrivals, Simulation, Varied};
use scenario::{default_run, sweep_points, to_text};
use sweep::{Arguments, knee_sentence, run, settings, table};

fn read(line: &str) -> Result<Option<Arguments>, String> {
    Arguments::read(line.split_whitespace().map(str::to_owned))
}

#[test]
fn words_become_arguments() {
    let arguments = read("servers:4 --vary rate --from 10 --to 1e3 --points 7 --csv a.csv")
        .expect("it makes sense")
        .expect("it is no call for help");
    assert_eq!(
        arguments,
        Arguments {
            settings: "servers:4".to_owned(),
            varied: Varied::Rate,
            from: 10.0,
            to: 1_000.0,
            points: 7,
            csv: Some("a.csv".to_owned()),
            json: None,
        }
    );
    assert_eq!(read("--vary rate --help"), Ok(None));
}

#[track_caller]
fn check(line: &str, sentence: &str) {
    assert_eq!(read(line), Err(sentence.to_owned()), "{line}");
}

#[test]
fn nonsense_is_answered_in_a_sentence() {
    check("", "`--vary` is missing. `--help` says how it is used.");
    check(
        "--vary rate --to 5",
        "`--from` is missing. `--help` says how it is used.",
    );
    check(
        "--vary speed",
        "`--vary` takes `servers` or `rate`, not `speed`.",
    );
    check("--vary --from", "`--vary` needs a value.");
    check("--from ten", "`--from` needs a number, not `ten`.");
    check(
        "--points 1.5",
        "`--points` needs a whole number, not `1.5`.",
    );
    check(
        "--speed 3",
        "`--speed` does not belong here. `--help` says what does.",
    );
    check("a b", "`b` is one link too many; quote the link.");
}

#[test]
fn a_link_its_fragment_and_its_settings_are_the_same() {
    let run = Simulation {
        servers: 4,
        arrivals: Arrivals::Poisson { rate: 300.0 },
        ..default_run()
    };
    let text = to_text(&run);
    let encoded = text.replace(':', "%3A").replace(',', "%2c");
    for link in [
        text.clone(),
        format!("#/fleet?load={text}"),
        format!("#/fleet?fleet=%7B%7D&load={encoded}"),
        format!("https://example.org/page/#/fleet?load={encoded}&x=1"),
    ] {
        assert_eq!(settings(&link), Ok(run.clone()), "{link}");
    }
    assert_eq!(settings("#/fleet"), Ok(default_run()));
    for (link, says) in [
        ("#/token?token=a", "another scene"),
        ("#/fleet?load=%4", "cut"),
        ("#/fleet?load=servers:0", "“servers” is out of range"),
        ("speed:1", "no setting “speed”"),
    ] {
        let sentence = settings(link).expect_err(link);
        assert!(sentence.contains(says), "{link}: {sentence}");
    }
}

#[test]
fn cores_change_nothing_but_the_time() {
    let base = Simulation {
        requests: 20_000,
        warm_up: 2_000,
        ..default_run()
    };
    let points = sweep_points(&base, Varied::Servers, 5.0, 20.0, 10).expect("it makes sense");
    let swept = run(Varied::Servers, &points).expect("it makes sense");
    let mut one_by_one = Vec::new();
    simulation::sweep(&points, |point| one_by_one.push(point)).expect("it makes sense");
    assert_eq!(swept.points, one_by_one);

    let table = table(&swept);
    assert_eq!(table.lines().count(), 1 + 2 * points.len());
    assert_eq!(table.matches("knee").count(), 2, "{table}");
    let sentence = knee_sentence(&swept, 0);
    assert!(
        sentence.contains("servers; what limits there: the servers."),
        "{sentence}"
    );
}
