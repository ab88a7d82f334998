//! What the way to the database costs: modelled, and summed where an operation ran.

use protocol::{Check, Lane, Preset, Scheme, StorePlace};

use crate::client::Client;
use crate::fixture::{get, worlds};

#[test]
fn each_operation_of_a_database_takes_one_round_trip() {
    for scheme in [
        Scheme::STATEFUL,
        Scheme::STATELESS,
        Preset::Denylist.scheme(),
        Preset::Hybrid.scheme(),
    ] {
        for mut world in worlds() {
            let mut scheme = scheme;
            scheme.store.round_trip_microseconds = 1_500;
            world.schemes[1] = scheme;
            let in_database = world.store.place() == StorePlace::Database;
            let mut client = Client::default();
            let mut handled =
                vec![client.send(&mut world, Lane::B, &crate::fixture::member_signs_in())];
            for path in ["/me", "/orders"] {
                handled.push(client.send(&mut world, Lane::B, &get(path)));
            }
            for step in handled.iter().flat_map(|handled| &handled.steps) {
                let operations = step.cost.store.len() as f64;
                let expected = if in_database { operations * 1.5 } else { 0.0 };
                let milliseconds = step.cost.network_milliseconds;
                assert!((milliseconds - expected).abs() < 1e-9, "{step:#?}");
            }
            let looked_up = handled[0]
                .steps
                .iter()
                .find(|step| step.check == Check::AccountLookedUp)
                .expect("it ran");
            assert_eq!(looked_up.cost.network_milliseconds > 0.0, in_database);
        }
    }
}
