//! `cargo xtask sweep`: a sweep of the load model, natively over all cores.

use std::process::ExitCode;
use std::time::Instant;

use sweep::{Arguments, HELP, Swept, knee_sentence, run, settings, table};

fn main() -> ExitCode {
    match Arguments::read(std::env::args().skip(1)) {
        Ok(None) => {
            println!("{HELP}");
            ExitCode::SUCCESS
        }
        Ok(Some(arguments)) => match carry_out(&arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(sentence) => nonsense(&sentence),
        },
        Err(sentence) => nonsense(&sentence),
    }
}

fn nonsense(sentence: &str) -> ExitCode {
    eprintln!("{sentence}");
    ExitCode::from(2)
}

fn carry_out(arguments: &Arguments) -> Result<(), String> {
    let base = settings(&arguments.settings)?;
    let points = scenario::sweep_points(
        &base,
        arguments.varied,
        arguments.from,
        arguments.to,
        arguments.points,
    )
    .map_err(|problem| format!("This is no sweep: {problem}."))?;
    let begun = Instant::now();
    let swept = run(arguments.varied, &points)
        .map_err(|problem| format!("A point makes no sense: {problem:?}."))?;
    print!("{}", table(&swept));
    for lane in 0..base.lanes.len() {
        println!("{}", knee_sentence(&swept, lane));
    }
    let requests = base.requests * points.len() as u64;
    println!(
        "Modelled: {} points of {} requests in {:.1} s, {:.2} million requests a second.",
        points.len(),
        base.requests,
        begun.elapsed().as_secs_f64(),
        requests as f64 / begun.elapsed().as_secs_f64() / 1e6
    );
    write(arguments, &swept)
}

fn write(arguments: &Arguments, swept: &Swept) -> Result<(), String> {
    let put = |place: &Option<String>, text: &dyn Fn() -> String| match place {
        None => Ok(()),
        Some(place) => std::fs::write(place, text())
            .map_err(|error| format!("{place} can't be written: {error}.")),
    };
    put(&arguments.csv, &|| {
        scenario::sweep_csv(swept.varied, &swept.points, &swept.knees)
    })?;
    put(&arguments.json, &|| {
        let json = scenario::sweep_json(swept.varied, &swept.points, &swept.knees);
        format!("{json:#}\n")
    })
}
