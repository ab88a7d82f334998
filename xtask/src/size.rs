//! What `dist/` weighs on disk and on the wire, against the budgets.

use crate::contents::files_below;
use crate::kept_files::SERVICE_WORKER;
use crate::language;
use crate::precompress::{Encoding, is_copy};
use crate::project;
use crate::split::PARTS_FOLDER;
use anyhow::bail;
use std::fs;
use std::path::Path;
use std::thread;

/// What may come over the wire, compressed with brotli, in thousands of bytes.
const PAGE_BUDGET_KB: usize = 300;
const WORKER_BUDGET_KB: usize = 800;

/// What is counted: all that a browser runs or shows.
const COUNTED_ENDINGS: [&str; 4] = ["html", "css", "js", "wasm"];

/// One file's weight in bytes.
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// What is summed up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All that a browser must have before the page works.
    Page,
    /// What of the page is loaded only when it is asked for. It has no budget.
    Later,
    /// What of the worker a browser must have before the first answer. It has no budget of its own.
    WorkerStart,
    /// What of the worker is loaded right behind that, in every visit.
    WorkerBehind,
    /// The worker's lab: loaded only when it is asked for.
    Lab,
}

/// Prints the table and the sums. Over budget is an error.
pub(crate) fn report() -> anyhow::Result<()> {
    let weights = weigh(&project::dist())?;
    print!("{}", table(&weights));
    println!();
    let mut over = false;
    let worker = [Part::WorkerStart, Part::WorkerBehind];
    for (name, parts, budget_kb) in [
        ("page at the start", &[Part::Page][..], Some(PAGE_BUDGET_KB)),
        ("parts loaded later", &[Part::Later], None),
        ("worker at the start", &[Part::WorkerStart], None),
        ("worker with its database", &worker, Some(WORKER_BUDGET_KB)),
        ("the worker's lab, loaded later", &[Part::Lab], None),
    ] {
        let brotli = parts.iter().map(|part| sum(&weights, *part)).sum();
        over |= budget_kb.is_some_and(|budget_kb| brotli > budget_kb * 1000);
        println!("{}", verdict(name, brotli, budget_kb));
    }
    if over {
        bail!("the site is over its budget");
    }
    Ok(())
}

fn weigh(dist: &Path) -> anyhow::Result<Vec<Weight>> {
    let mut files = files_below(dist)?;
    files.retain(|file| !is_copy(file));
    // Brotli at its best is slow, so each file has a thread of its own.
    thread::scope(|scope| {
        let threads: Vec<_> = files
            .iter()
            .map(|file| scope.spawn(move || weigh_file(dist, file)))
            .collect();
        threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| bail!("a file could not be compressed"))
            })
            .collect()
    })
}

fn weigh_file(dist: &Path, file: &Path) -> anyhow::Result<Weight> {
    let contents = fs::read(file)?;
    Ok(Weight {
        name: file.strip_prefix(dist)?.display().to_string(),
        raw: contents.len(),
        gzip: size_as(Encoding::Gzip, file, &contents)?,
        brotli: size_as(Encoding::Brotli, file, &contents)?,
    })
}

/// What a host that compresses sends: the copy beside the file, where the build wrote one.
fn size_as(encoding: Encoding, file: &Path, contents: &[u8]) -> anyhow::Result<usize> {
    match fs::metadata(encoding.copy_of(file)) {
        Ok(copy) => Ok(usize::try_from(copy.len())?),
        Err(_) => Ok(encoding.compress(contents)?.len()),
    }
}

fn part_of(name: &str) -> Option<Part> {
    if name.starts_with(language::FOLDER) {
        return Some(Part::Later);
    }
    let (_, ending) = name.rsplit_once('.')?;
    if !COUNTED_ENDINGS.contains(&ending) {
        None
    } else if let Some((_, file)) = name
        .strip_prefix("worker-")
        .and_then(|rest| rest.split_once('/'))
    {
        let part = file
            .strip_prefix(PARTS_FOLDER)
            .map(|part| part.trim_start_matches('/'));
        Some(match part {
            None => Part::WorkerStart,
            Some(part) if part.starts_with("lab-") => Part::Lab,
            Some(_) => Part::WorkerBehind,
        })
    } else if name == SERVICE_WORKER || Path::new(name).starts_with(PARTS_FOLDER) {
        Some(Part::Later)
    } else {
        Some(Part::Page)
    }
}

fn sum(weights: &[Weight], part: Part) -> usize {
    let counted = weights
        .iter()
        .filter(|weight| part_of(&weight.name) == Some(part));
    counted.map(|weight| weight.brotli).sum()
}

fn table(weights: &[Weight]) -> String {
    let width = weights.iter().map(|weight| weight.name.len()).max();
    let width = width.unwrap_or_default().max("file".len());
    let row = |name: &str, raw: &str, gzip: &str, brotli: &str| {
        format!("{name:width$} {raw:>12} {gzip:>12} {brotli:>12}\n")
    };
    let mut table = row("file", "bytes", "gzip -9", "brotli -11");
    for weight in weights {
        table += &row(
            &weight.name,
            &grouped(weight.raw),
            &grouped(weight.gzip),
            &grouped(weight.brotli),
        );
    }
    table
}

/// With a comma after each thousand.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn verdict(name: &str, brotli: usize, budget_kb: Option<usize>) -> String {
    let weight = format!("{name}: {} bytes of brotli", grouped(brotli));
    let Some(budget_kb) = budget_kb else {
        return weight;
    };
    let budget = budget_kb * 1000;
    let (difference, side) = if brotli > budget {
        (brotli - budget, "OVER")
    } else {
        (budget - brotli, "below")
    };
    let difference = grouped(difference);
    format!("{weight}, {difference} {side} its budget of {budget_kb} KB")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache;

    #[test]
    fn files_count_for_the_page_or_the_worker() {
        let check = |name, expected| assert_eq!(part_of(name), expected, "{name}");
        check("index.html", Some(Part::Page));
        check("tokens-1f.css", Some(Part::Page));
        check("snippets/a/inline0.js", Some(Part::Page));
        check("parts/token-1f.wasm", Some(Part::Later));
        check("parts-1f.js", Some(Part::Page));
        check("worker-1f/worker.js", Some(Part::WorkerStart));
        check("worker-1f/program.wasm", Some(Part::WorkerStart));
        check("worker-1f/parts/database-1f.wasm", Some(Part::WorkerBehind));
        check("worker-1f/parts/lab-1f.wasm", Some(Part::Lab));
        check("sw.js", Some(Part::Later));
        check("language/translate-1f.js", Some(Part::Later));
        check("language/de-1f.json", Some(Part::Later));
        check("licence.txt", None);
        check("CNAME", None);
    }

    #[test]
    fn a_sum_is_of_its_own_part() {
        let weight = |name: &str, brotli| Weight {
            name: name.to_owned(),
            raw: 0,
            gzip: 0,
            brotli,
        };
        let weights = [
            weight("index.html", 1),
            weight("page-1f.wasm", 10),
            weight("worker-1f/program.wasm", 100),
            weight("parts/token-1f.wasm", 1000),
            weight("parts/cookie-1f.wasm", 2000),
            weight("CNAME", 10_000),
        ];
        assert_eq!(sum(&weights, Part::Page), 11);
        assert_eq!(sum(&weights, Part::WorkerStart), 100);
        assert_eq!(sum(&weights, Part::Later), 3000);
    }

    #[test]
    fn a_budget_may_be_used_up_but_not_exceeded() {
        let check = |brotli, expected| {
            assert_eq!(verdict("page at the start", brotli, Some(220)), expected);
        };
        check(
            219_000,
            "page at the start: 219,000 bytes of brotli, 1,000 below its budget of 220 KB",
        );
        check(
            220_000,
            "page at the start: 220,000 bytes of brotli, 0 below its budget of 220 KB",
        );
        check(
            220_001,
            "page at the start: 220,001 bytes of brotli, 1 OVER its budget of 220 KB",
        );
        let later = verdict("parts loaded later", 9000, None);
        assert_eq!(later, "parts loaded later: 9,000 bytes of brotli");
    }

    #[test]
    fn a_file_is_weighed_once_and_by_its_copies_where_it_has_some() {
        let dist = std::env::temp_dir().join(format!("xtask-weights-{}", std::process::id()));
        cache::remove_folder(&dist).expect("the folder is ours");
        fs::create_dir_all(&dist).expect("a folder");
        let contents = b"ticket or passport, ".repeat(500);
        fs::write(dist.join("page.js"), &contents).expect("a file");
        let weigh_one = || {
            let mut weights = weigh(&dist).expect("it can be read");
            assert_eq!(weights.len(), 1);
            weights.remove(0)
        };
        let alone = weigh_one();
        assert_eq!(alone.raw, contents.len());
        assert!(0 < alone.brotli && alone.brotli < alone.gzip && alone.gzip < 200);

        fs::write(dist.join("page.js.br"), "four").expect("a file");
        fs::write(dist.join("page.js.gz"), "seven..").expect("a file");
        let beside = weigh_one();
        assert_eq!((beside.gzip, beside.brotli), (7, 4));
        cache::remove_folder(&dist).expect("the folder is ours");
    }

    #[test]
    fn thousands_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}
