//! Under which terms a token is judged, as they are set on the screen. They start from what the server uses. Judging is
//! the worker's matter.

use protocol::{GivenKey, InspectionOptions, KeyEncoding, ServerAlgorithm, TokenCheck};

/// The algorithms that can be computed here, by family. RFC 7518, 3.1; RFC 8037, 3.1; RFC 9864, 2.2.
pub(crate) const FAMILIES: [(&str, &[&str]); 4] = [
    ("HMAC", &["HS256", "HS384", "HS512"]),
    (
        "RSA",
        &["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
    ),
    ("ECDSA", &["ES256", "ES384"]),
    ("Edwards", &["EdDSA", "Ed25519"]),
];

/// The checks that terms may leave out.
pub(crate) const OPTIONAL: [TokenCheck; 5] = [
    TokenCheck::Expiry,
    TokenCheck::NotBefore,
    TokenCheck::Issuer,
    TokenCheck::Audience,
    TokenCheck::Type,
];

/// What the server expects of `iss`, `aud` and `typ`. Shown alone: where they are not changed, the worker takes its own.
pub(crate) const SERVER_ISSUER: &str = "ticket-or-passport";
pub(crate) const SERVER_AUDIENCE: &str = "api";
pub(crate) const SERVER_TYPE: &str = "at+jwt";

/// A secret that everyone knows: it stands in the best-known token debugger. What it signed proves nothing, so a link may
/// hold it.
pub(crate) const SAMPLE_SECRET: &str = "a-string-secret-at-least-256-bits-long";

/// The terms, as they are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// Whether the given key verifies, and not the server's.
    pub(crate) own_key: bool,
    /// The given key.
    pub(crate) key: GivenKey,
    /// The algorithms that are allowed.
    pub(crate) algorithms: Vec<String>,
    /// More of them, as typed.
    pub(crate) others: String,
    /// The `iss` that is expected.
    pub(crate) issuer: String,
    /// The `aud` that is expected.
    pub(crate) audience: String,
    /// The `typ` that is expected.
    pub(crate) token_type: String,
    /// By how many seconds `exp` and `nbf` may be off, as typed.
    pub(crate) leeway: String,
    /// The checks that are left out.
    pub(crate) left_out: Vec<TokenCheck>,
}

/// Why what was typed is no leeway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeewayProblem {
    /// Nothing.
    Empty,
    /// Below zero.
    Negative,
    /// More than fits.
    TooLarge,
    /// Not a whole number.
    NotANumber,
}

impl Terms {
    /// What the server uses.
    pub(crate) fn of_server(algorithm: ServerAlgorithm) -> Self {
        Self {
            own_key: false,
            key: GivenKey::default(),
            algorithms: vec![algorithm.name().to_owned()],
            others: String::new(),
            issuer: SERVER_ISSUER.to_owned(),
            audience: SERVER_AUDIENCE.to_owned(),
            token_type: SERVER_TYPE.to_owned(),
            leeway: String::from("0"),
            left_out: Vec::new(),
        }
    }

    /// What the server uses, but for this key and these algorithms.
    pub(crate) fn with_key(key: &str, algorithms: &[&str]) -> Self {
        Self {
            own_key: true,
            key: GivenKey {
                text: key.to_owned(),
                encoding: KeyEncoding::Detect,
            },
            algorithms: algorithms.iter().map(|&name| name.to_owned()).collect(),
            ..Self::of_server(ServerAlgorithm::default())
        }
    }

    /// Whether they are what the server uses. A given key that is not in use changes nothing.
    pub(crate) fn are_the_servers(&self, algorithm: ServerAlgorithm) -> bool {
        self.options(algorithm) == InspectionOptions::default()
    }

    /// Allows an algorithm, or no longer.
    pub(crate) fn allow(&mut self, name: &str, is_allowed: bool) {
        self.algorithms.retain(|allowed| allowed != name);
        if is_allowed {
            self.algorithms.push(name.to_owned());
        }
    }

    /// Runs one of the optional checks, or leaves it out.
    pub(crate) fn run(&mut self, check: TokenCheck, runs: bool) {
        self.left_out.retain(|&left_out| left_out != check);
        if !runs {
            self.left_out.push(check);
        }
    }

    /// The leeway in seconds.
    pub(crate) fn leeway_seconds(&self) -> Result<u32, LeewayProblem> {
        let typed = self.leeway.trim();
        let digits = typed.strip_prefix('-').unwrap_or(typed);
        if typed.is_empty() {
            Err(LeewayProblem::Empty)
        } else if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            Err(LeewayProblem::NotANumber)
        } else if digits.len() < typed.len() {
            Err(LeewayProblem::Negative)
        } else {
            digits.parse().map_err(|_| LeewayProblem::TooLarge)
        }
    }

    /// The names that are allowed, in the order of the families, then as typed.
    pub(crate) fn allowed(&self) -> Vec<String> {
        let is_allowed = |name: &&str| self.algorithms.iter().any(|allowed| allowed == name);
        let known = FAMILIES.iter().flat_map(|(_, names)| names.iter().copied());
        let typed = self
            .others
            .split([' ', ','])
            .filter(|name| !name.is_empty());
        known
            .filter(is_allowed)
            .chain(typed)
            .map(str::to_owned)
            .collect()
    }

    /// What the worker is asked for: what differs from the server's, and nothing else. Without a leeway that can be read
    /// there is none.
    pub(crate) fn options(&self, algorithm: ServerAlgorithm) -> InspectionOptions {
        let other = |text: &String, servers: &str| (text != servers).then(|| text.clone());
        let allowed = self.allowed();
        let mut left_out = self.left_out.clone();
        left_out.sort_unstable();
        InspectionOptions {
            key: self.own_key.then(|| self.key.clone()),
            algorithms: (allowed != [algorithm.name()]).then_some(allowed),
            now: None,
            issuer: other(&self.issuer, SERVER_ISSUER),
            audience: other(&self.audience, SERVER_AUDIENCE),
            token_type: other(&self.token_type, SERVER_TYPE),
            leeway_seconds: self.leeway_seconds().ok().filter(|&seconds| seconds > 0),
            left_out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HS256: ServerAlgorithm = ServerAlgorithm::Hs256;

    #[test]
    fn the_servers_terms_ask_for_nothing_else() {
        for algorithm in ServerAlgorithm::ALL {
            let terms = Terms::of_server(algorithm);
            assert_eq!(terms.options(algorithm), InspectionOptions::default());
        }
        let mut terms = Terms::of_server(HS256);
        terms.key.text = String::from("typed, and not in use");
        assert!(terms.are_the_servers(HS256));
        assert!(!terms.are_the_servers(ServerAlgorithm::Es256));
    }

    #[test]
    fn each_change_is_asked_for() {
        type Change = fn(&mut Terms);
        type Expect = fn(&mut InspectionOptions);
        let changes: [(Change, Expect); 8] = [
            (
                |terms| terms.own_key = true,
                |options| options.key = Some(GivenKey::default()),
            ),
            (
                |terms| terms.allow("RS256", true),
                |options| {
                    options.algorithms = Some(vec![String::from("HS256"), String::from("RS256")]);
                },
            ),
            (
                |terms| terms.allow("HS256", false),
                |options| options.algorithms = Some(Vec::new()),
            ),
            (
                |terms| terms.others = String::from("ES512, none"),
                |options| {
                    options.algorithms =
                        Some(["HS256", "ES512", "none"].map(str::to_owned).to_vec());
                },
            ),
            (
                |terms| terms.issuer = String::from("me"),
                |options| options.issuer = Some(String::from("me")),
            ),
            (
                |terms| terms.token_type.clear(),
                |options| options.token_type = Some(String::new()),
            ),
            (
                |terms| terms.leeway = String::from(" 60 "),
                |options| options.leeway_seconds = Some(60),
            ),
            (
                |terms| terms.run(TokenCheck::Audience, false),
                |options| options.left_out = vec![TokenCheck::Audience],
            ),
        ];
        for (change, expect) in changes {
            let mut terms = Terms::of_server(HS256);
            change(&mut terms);
            let mut expected = InspectionOptions::default();
            expect(&mut expected);
            assert_eq!(terms.options(HS256), expected);
            assert!(!terms.are_the_servers(HS256));
        }
    }

    #[test]
    fn a_leeway_is_a_whole_number_of_seconds() {
        use LeewayProblem::{Empty, Negative, NotANumber, TooLarge};
        for (typed, expected) in [
            ("0", Ok(0)),
            (" 90 ", Ok(90)),
            ("007", Ok(7)),
            ("", Err(Empty)),
            (" ", Err(Empty)),
            ("-5", Err(Negative)),
            ("-", Err(NotANumber)),
            ("1.5", Err(NotANumber)),
            ("+1", Err(NotANumber)),
            ("a minute", Err(NotANumber)),
            ("4294967296", Err(TooLarge)),
            ("99999999999999999999999", Err(TooLarge)),
        ] {
            let mut terms = Terms::of_server(HS256);
            terms.leeway = typed.to_owned();
            assert_eq!(terms.leeway_seconds(), expected, "{typed:?}");
        }
    }
}
