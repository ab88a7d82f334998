//! The commands that are requests: alike before the database is open and after.

use deployment::{Carried, Deployment};
use protocol::{Errand, PageContext, Reply, Settings, Timestamp};
use server::Environment;
use sessions::{KeyStore, ObserverAccess, Store};

use crate::jar_file::JarFile;
use crate::scope;

/// Deploys the servers as the user has set it.
pub(crate) fn set<S: Store + KeyStore + ObserverAccess>(
    deployment: &mut Deployment<S>,
    settings: &Settings,
) {
    deployment.set_session_cookie(&settings.session_cookie);
    deployment.set_token_algorithm(settings.token_algorithm);
    deployment.set_schemes(&settings.schemes);
    deployment.set_fleet(&settings.fleet);
}

/// Carries the requests out.
pub(crate) fn carry<S: Store + KeyStore + ObserverAccess>(
    deployment: &mut Deployment<S>,
    page: &PageContext,
    errands: &[Errand],
    now: Timestamp,
) -> Carried {
    in_environment(now, |environment| {
        deployment.carry(page, errands, environment)
    })
}

/// What is answered to requests that were carried out. The jar is kept where it has changed.
pub(crate) fn reply<S: Store + KeyStore + ObserverAccess>(
    deployment: &Deployment<S>,
    jar_file: Option<&JarFile>,
    carried: Carried,
) -> Reply {
    if carried.jar_changed
        && let Some(file) = jar_file
    {
        file.save(deployment.jar());
    }
    Reply::Exchanged {
        exchanges: carried.exchanges,
        expired: carried.removal_lines,
    }
}

/// What a request would meet.
pub(crate) fn preview<S: Store + KeyStore + ObserverAccess>(
    deployment: &mut Deployment<S>,
    page: &PageContext,
    errand: &Errand,
    now: Timestamp,
) -> Reply {
    let exchange = in_environment(now, |environment| {
        deployment.preview(page, errand, environment)
    });
    Reply::Previewed(Box::new(exchange))
}

/// Does the work at this moment, with the worker's clock and chance.
pub(crate) fn in_environment<T>(now: Timestamp, work: impl FnOnce(&mut Environment<'_>) -> T) -> T {
    work(&mut Environment {
        now,
        random: &mut scope::random,
        stopwatch: &scope::stopwatch,
    })
}
