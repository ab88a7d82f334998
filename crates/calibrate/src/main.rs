//! `cargo xtask calibrate`.
use calibrate::*;
fn main() -> anyhow::Result<()> {
    let server = redis_server::RedisServer::start()?;
    let findings = findings::Findings {
        store: remote_store::measure(&server)?,
        lookups: lookups::measure()?,
        tokens: checks::token_checks()?,
        session_id_hash: checks::session_id_hash(),
        password_hash: checks::password_hash()?,
        machine: machine::Machine::this(),
    };
    println!("{}", findings.table());
    println!("{:?}", load::real::alone(&server)?);
    let most = load::real::most_per_second(&server, 8)?;
    println!("{most}");
    for waiting in [0.0, 0.002] {
        for share in [0.1, 0.3, 0.6, 0.8] {
            let rate = if waiting > 0.0 {
                share * 8.0 / 0.0022
            } else {
                most * share
            };
            let load = load::Load {
                servers: 8,
                rate,
                requests: (rate * 5.0) as u32,
                seed: 1,
                waiting,
            };
            println!("{load:?} {:?}", load::real::run(&server, &load)?);
        }
    }
    Ok(())
}
