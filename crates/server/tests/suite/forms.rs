//! Methods, paths and sizes: what every request meets first.

use protocol::{Check, Fact, Lane, Outcome, Rejection, Request, Service};

use crate::fixture::{
    NOW, Verdict, World, assert_verdict, bearer, check, cookie, get, outcome, request, site, with,
    worlds,
};
use crate::plans::{NO_ROUTE, SESSION_ME, TOKEN_ME};
use crate::token::good_token;

#[test]
fn a_route_says_which_methods_it_has() {
    for lane in Lane::BOTH {
        for (path, allowed, others) in [
            ("/login", "POST", ["GET", "PATCH", "PUT", "post"]),
            ("/logout", "POST", ["GET", "DELETE", "OPTIONS", "Post"]),
            ("/me", "GET, HEAD", ["POST", "DELETE", "get", ""]),
            (
                "/orders",
                "GET, HEAD, POST",
                ["PUT", "DELETE", "post", "head"],
            ),
            (
                "/admin/users",
                "GET, HEAD",
                ["POST", "DELETE", "PATCH", "Get"],
            ),
        ] {
            for method in others {
                let rejection = Rejection::MethodNotAllowed {
                    allowed: allowed.to_owned(),
                };
                let verdict = Verdict::Refused(405, Check::RouteFound, rejection);
                check(lane, |_| request(method, path, ""), NO_ROUTE, &verdict);
                let [mut world, _] = worlds();
                let handled = world.send(lane, &request(method, path, ""));
                assert_eq!(handled.response.header("Allow"), Some(allowed));
            }
        }
    }
}

/// A HEAD is answered like a GET whose content is left out. RFC 9110, 9.3.2.
#[test]
fn a_head_gets_the_answer_to_a_get_without_its_content() {
    for lane in Lane::BOTH {
        for signed_in in [true, false] {
            for path in ["/me", "/orders", "/admin/users", "/login", "/nowhere"] {
                let answer = |method| {
                    let [mut world, _] = worlds();
                    let asked = request(method, path, "");
                    let asked = match (signed_in, lane) {
                        (false, _) => asked,
                        (true, Lane::A) => world.signed_in(asked),
                        (true, Lane::B) => bearer(asked, &good_token()),
                    };
                    world.send(lane, &asked)
                };
                let (head, get) = (answer("HEAD"), answer("GET"));
                assert_eq!(head.response.status, get.response.status, "{path}");
                assert_eq!(head.response.headers, get.response.headers, "{path}");
                assert_eq!(head.response.body, "");
                assert_ne!(get.response.body, "");
                let checks = |handled: &server::Handled| -> Vec<Check> {
                    handled.steps.iter().map(|step| step.check).collect()
                };
                assert_eq!(checks(&head), checks(&get));
            }
        }
    }
}

/// Base path, target, and the path that the refusal names; `None` where it is the route.
const PATHS: &[(&str, &str, Option<&str>)] = &[
    ("/", "/me", None),
    ("/", "/me?x=1", None),
    ("/", "/me?", None),
    ("/", "/", Some("/")),
    ("/", "/me/", Some("/me/")),
    ("/", "/ME", Some("/ME")),
    ("/", "/%6De", Some("/%6De")),
    ("/", "//me", Some("//me")),
    ("/", "me", Some("me")),
    ("/", "", Some("")),
    ("/", "*", Some("*")),
    (
        "/",
        "http://localhost:8080/me",
        Some("http://localhost:8080/me"),
    ),
    ("/", "/sub/me", Some("/sub/me")),
    ("/sub/", "/sub/me", None),
    ("/sub/", "/sub/me?x=/other", None),
    ("/sub/", "/me", Some("/me")),
    ("/sub/", "/subme", Some("me")),
    ("/sub/", "/sub", Some("")),
    ("/sub/", "/sub/", Some("/")),
    ("/sub/", "/subway/me", Some("way/me")),
    ("/sub/", "/sub/../sub/me", Some("/../sub/me")),
    ("/sub/", "/SUB/me", Some("/SUB/me")),
    ("/a/b/", "/a/b/me", None),
    ("/a/b/", "/a/me", Some("/a/me")),
    ("/a/b/", "/b/me", Some("/b/me")),
    ("/", "/orders/1", Some("/orders/1")),
    ("/", "/admin", Some("/admin")),
    ("/", "/users", Some("/users")),
];

#[test]
fn routes_stand_below_the_sites_own_path_and_nowhere_else() {
    for (base_path, target, refused) in PATHS {
        let prepare = |world: &mut World, credential: &dyn Fn(&mut World, Request) -> Request| {
            world.site = site(crate::fixture::ORIGIN, base_path);
            let request = Request {
                target: (*target).to_owned(),
                ..get("/me")
            };
            credential(world, request)
        };
        let verdict = || match refused {
            None => Verdict::Done(200),
            Some(path) => Verdict::Refused(
                404,
                Check::RouteFound,
                Rejection::NoRoute {
                    path: (*path).to_owned(),
                },
            ),
        };
        let plan = |whole| if refused.is_none() { whole } else { NO_ROUTE };
        let with_cookie = |world: &mut World| {
            prepare(world, &|world, request| {
                let id = world.session(1, NOW);
                cookie(request, id.as_str())
            })
        };
        check(Lane::A, with_cookie, plan(SESSION_ME), &verdict());
        let with_token =
            |world: &mut World| prepare(world, &|_, request| bearer(request, &good_token()));
        check(Lane::B, with_token, plan(TOKEN_ME), &verdict());
    }
}

#[test]
fn a_path_of_any_length_is_repeated_in_part_alone() {
    let verdict = Verdict::Refused(
        404,
        Check::RouteFound,
        Rejection::NoRoute {
            path: format!("/{}", "ä".repeat(199)),
        },
    );
    let long = |_: &mut World| get(&format!("/{}", "ä".repeat(1000)));
    check(Lane::A, long, NO_ROUTE, &verdict);
}

/// The size that the server judges is the size on the wire: at the limit a request passes, one octet over it does not.
#[test]
fn fields_are_counted_to_the_octet() {
    let limit = 16 * 1024;
    let of_octets = |octets: usize| {
        let request = with(bearer(get("/me"), &good_token()), "X-Filler", "");
        let missing = octets - request.to_string().len();
        let filler = "x".repeat(missing);
        with(bearer(get("/me"), &good_token()), "X-Filler", &filler)
    };
    for mut world in worlds() {
        let request = of_octets(limit as usize);
        assert_eq!(request.to_string().len(), limit as usize);
        let handled = world.send(Lane::B, &request);
        assert_verdict(world.name, &handled, TOKEN_ME, &Verdict::Done(200));
        assert_eq!(
            outcome(&handled, Check::SizeLimited),
            &Outcome::Passed(Fact::Octets(limit))
        );
    }
    let octets = limit + 1;
    let rejection = Rejection::FieldsTooLarge { octets, limit };
    let verdict = Verdict::Refused(431, Check::SizeLimited, rejection);
    check(Lane::B, |_| of_octets(octets as usize), NO_ROUTE, &verdict);
}

#[test]
fn many_fields_and_long_targets_are_fields_too() {
    let many = |_: &mut World| (0..3000).fold(get("/me"), |it, _| with(it, "X-Y", "z"));
    let long_target = |_: &mut World| get(&format!("/me?{}", "q".repeat(20_000)));
    let long_method = |_: &mut World| request(&"M".repeat(20_000), "/me", "");
    for lane in Lane::BOTH {
        for prepare in [
            &many as &dyn Fn(&mut World) -> Request,
            &long_target,
            &long_method,
        ] {
            let [mut world, _] = worlds();
            let octets = u32::try_from(prepare(&mut world).to_string().len()).expect("it is small");
            let limit = 16 * 1024;
            let rejection = Rejection::FieldsTooLarge { octets, limit };
            let verdict = Verdict::Refused(431, Check::SizeLimited, rejection);
            check(lane, prepare, NO_ROUTE, &verdict);
        }
    }
}

#[test]
fn a_path_belongs_to_the_service_that_answers_it() {
    for (path, service) in [
        ("/services/orders", Service::Orders),
        ("/services/orders?page=2", Service::Orders),
        ("/services/billing", Service::Billing),
        ("/me", Service::Main),
        ("/services", Service::Main),
        ("/nowhere", Service::Main),
    ] {
        assert_eq!(server::service_of(path), service, "{path}");
    }
}
