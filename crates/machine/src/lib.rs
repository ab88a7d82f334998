//! On what was measured, and when. It tells kinds, never names: no host, no path, no user.

use std::fs;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

/// The kind of machine, and the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Machine {
    /// How many cores there are.
    pub cores: u32,
    /// The processor, by its maker's name.
    pub processor: String,
    /// The operating system, by its own name.
    pub system: String,
    /// The day, as `2026-01-31`.
    pub date: String,
}

impl Machine {
    /// This one, today.
    pub fn this() -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let seconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        Self {
            cores: u32::try_from(cores).unwrap_or(u32::MAX),
            processor: processor(&fs::read_to_string("/proc/cpuinfo").unwrap_or_default()),
            system: system(&fs::read_to_string("/etc/os-release").unwrap_or_default()),
            date: date(seconds),
        }
    }
}

/// How many cores programs keep busy, from one moment to another, where the system tells. A load average would also tell
/// of what went before.
#[derive(Clone, Copy, Debug)]
pub struct BusyCores {
    begun: Option<(u64, u64)>,
}

impl BusyCores {
    /// From now on.
    pub fn from_now() -> Self {
        Self {
            begun: Self::times(),
        }
    }

    /// Until now, of so many cores.
    pub fn until_now(self, cores: u32) -> Option<f64> {
        let (busy, all) = self.begun?;
        let (busy_now, all_now) = Self::times()?;
        let passed = all_now.saturating_sub(all).max(1);
        let share = busy_now.saturating_sub(busy) as f64 / passed as f64;
        Some(share * f64::from(cores))
    }

    fn times() -> Option<(u64, u64)> {
        processor_times(&fs::read_to_string("/proc/stat").unwrap_or_default())
    }
}

/// How long all cores were busy, and how long they were there, in the system's ticks: by the first line of
/// `/proc/stat`. A core that waits for a disk is idle.
pub fn processor_times(stat: &str) -> Option<(u64, u64)> {
    let line = stat.lines().next()?.strip_prefix("cpu ")?;
    let ticks: Vec<u64> = line
        .split_whitespace()
        .map_while(|text| text.parse().ok())
        // What guests took is counted among the first two as well.
        .take(8)
        .collect();
    let idle = ticks.get(3)? + ticks.get(4)?;
    let all: u64 = ticks.iter().sum();
    Some((all - idle, all))
}

/// The processor's name in the text of `/proc/cpuinfo`; the architecture where it has none.
pub fn processor(cpuinfo: &str) -> String {
    cpuinfo
        .lines()
        .find_map(|line| {
            line.strip_prefix("model name")?
                .split_once(':')
                .map(|(_, name)| name.trim())
        })
        .filter(|name| !name.is_empty())
        .unwrap_or(std::env::consts::ARCH)
        .to_owned()
}

/// The system's name and version in the text of os-release(5); the kernel's kind where it has none.
pub fn system(os_release: &str) -> String {
    os_release
        .lines()
        .find_map(|line| line.strip_prefix("PRETTY_NAME="))
        .map(|name| name.trim_matches('"'))
        .filter(|name| !name.is_empty())
        .unwrap_or(std::env::consts::OS)
        .to_owned()
}

/// The day on which that many seconds have passed since 1970 began, in UTC. Years are counted from March on, so that
/// the leap day comes last: in 400 of them there are 146,097 days.
pub fn date(seconds: u64) -> String {
    const DAYS_OF_400_YEARS: u64 = 146_097;
    /// From March of the year 0 to January of 1970.
    const DAYS_BEFORE_1970: u64 = 719_468;
    let days = seconds / 86_400 + DAYS_BEFORE_1970;
    let of_era = days % DAYS_OF_400_YEARS;
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let months_since_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * months_since_march + 2) / 5 + 1;
    let (month, next_year) = if months_since_march < 10 {
        (months_since_march + 3, 0)
    } else {
        (months_since_march - 9, 1)
    };
    let year = year_of_era + days / DAYS_OF_400_YEARS * 400 + next_year;
    format!("{year:04}-{month:02}-{day:02}")
}
