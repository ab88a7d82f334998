//! Any file as a HAR, and any text that may have tokens in it: what is listed is counted, and each token is one by itself.

use har_reader::{read, tokens_in};

pub fn run(octets: &[u8]) {
    let text = String::from_utf8_lossy(octets);
    let mut end = 0;
    for token in tokens_in(&text) {
        assert!(end <= token.start && token.start < token.end);
        end = token.end;
        assert_is_token(&text[token]);
    }
    let Ok(found) = read(octets) else {
        return;
    };
    assert!(found.requests > 0);
    assert!(found.tokens.len() <= found.tokens_in_all as usize);
    assert!(found.cookies.len() <= found.cookies_in_all as usize);
    for token in &found.tokens {
        assert!(token.times > 0);
        assert_is_token(&token.token);
    }
    assert!(found.cookies.iter().all(|cookie| cookie.times > 0));
}

fn assert_is_token(token: &str) {
    let found = tokens_in(token);
    assert!(found.len() == 1 && found[0] == (0..token.len()), "{token}");
}
