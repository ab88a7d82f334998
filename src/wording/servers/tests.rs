//! What is said of servers, on values written out by hand.

use super::*;

#[test]
fn a_fleet_is_told_in_a_line() {
    for (servers, balancer, said) in [
        (1, Balancer::Random, "1 server"),
        (10, Balancer::RoundRobin, "10 servers, by turns"),
        (
            1_000,
            Balancer::StickyCookie,
            "1,000 servers, each user stays, by a cookie",
        ),
    ] {
        assert_eq!(deployed(servers, balancer), said);
    }
}

#[test]
fn a_fault_is_told_when_it_begins_and_when_it_ends() {
    let fault = |kind, first, last| Fault { kind, first, last };
    for (fault, began, ended) in [
        (
            fault(FaultKind::ServerDown, 3, 3),
            "Server 3 died, memory and all.",
            "Server 3 started again, with an empty memory.",
        ),
        (
            fault(FaultKind::KeyOld, 501, 1_000),
            "Servers 501 to 1,000 did not get the newest key.",
            "Servers 501 to 1,000 got the newest key.",
        ),
        (
            fault(
                FaultKind::StoreSlow {
                    milliseconds: 1_500,
                },
                1,
                1_000,
            ),
            "The store takes 1,500 ms longer.",
            "The store is as fast as before.",
        ),
        (
            fault(FaultKind::ClockOff { seconds: -300 }, 2, 2),
            "Server 2: the clock is 5:00 min behind.",
            "Server 2: the clock is right again.",
        ),
    ] {
        assert_eq!(fault_began(&fault), began);
        assert_eq!(fault_ended(&fault), ended);
    }
}

#[test]
fn a_census_names_those_that_differ() {
    for (well, troubled, said) in [
        (10, vec![], "10 servers, all well"),
        (1, vec![], "1 server, all well"),
        (
            0,
            vec![(Trouble::Down, vec![(1, 1)])],
            "None is well; dead: server 1",
        ),
        (
            995,
            vec![
                (Trouble::Down, vec![(3, 3)]),
                (Trouble::NoKey, vec![(7, 7), (9, 11)]),
            ],
            "995 well; dead: server 3; no key: server 7, servers 9 to 11",
        ),
        (
            0,
            vec![(
                Trouble::CutOff,
                (1..=8).map(|it| (it * 2, it * 2)).collect(),
            )],
            "None is well; cut off from the store: server 2, server 4, server 6, server 8, server 10, server 12, 2 more",
        ),
    ] {
        assert_eq!(census(&Census { well, troubled }), said);
    }
}

#[test]
fn of_a_link_that_is_all_wrong_the_first_parts_are_told() {
    let wrong = |count: usize| vec![broken_part("x"); count];
    assert_eq!(link_opened(&wrong(0)), "The link’s fleet holds now.");
    for (count, told, more) in [
        (1, 1, None),
        (5, 5, None),
        (6, 5, Some(" And 1 more.")),
        (9_000, 5, Some(" And 8,995 more.")),
    ] {
        let said = link_opened(&wrong(count));
        assert_eq!(said.matches("can’t be read.").count(), told, "{said}");
        assert!(more.is_none_or(|more| said.ends_with(more)), "{said}");
        assert_eq!(more.is_none(), !said.contains(" more."), "{said}");
    }
}

#[test]
fn who_may_sign_is_told_of_servers_that_are_up_and_have_keys() {
    let up = ServerView {
        keys: 1,
        has_newest_key: true,
        can_sign: true,
        reaches_store: true,
        ..ServerView::default()
    };
    let verifies = ServerView {
        can_sign: false,
        ..up.clone()
    };
    let dead = ServerView {
        is_down: true,
        ..up.clone()
    };
    for (server, is_token, said) in [
        (&up, true, Some("can sign")),
        (&verifies, true, Some("can’t sign")),
        (&dead, true, None),
        (&up, false, None),
    ] {
        let values = server_values(3, server, is_token);
        let told = values.split(" · ").find(|it| it.contains("sign"));
        assert_eq!(told, said, "{values}");
    }
}
