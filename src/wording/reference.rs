//! The standard behind each step.

use protocol::{Check, TokenCheck};

/// Where the rule stands; `policy` or `ours` where no standard has it.
pub(crate) const fn reference(check: Check) -> &'static str {
    match check {
        Check::BearerAttached | Check::BearerFound => "RFC 6750, 2.1",
        Check::EventRecorded => "ASVS 16.3.1",
        Check::CookieSelected => "RFC 6265bis, 5.8.3",
        Check::CookieStored => "RFC 6265bis, 5.7",
        Check::RequestTravelled
        | Check::ResponseTravelled
        | Check::ServerTried
        | Check::ServerChosen
        | Check::ClockRead => "modelled",
        Check::ServerPinned | Check::CopyPresented => "ours",
        Check::SessionLocated | Check::RefreshTokenLocated | Check::KeyLocated => "the observer",
        Check::SizeLimited => "policy",
        Check::RouteFound => "RFC 9110, 15.5.5",
        Check::OriginAllowed => "ASVS 3.5.1",
        Check::BodyRead => "RFC 8259",
        Check::AccountLookedUp => "ASVS 6.3.8",
        Check::PasswordVerified => "ASVS 11.4.2",
        Check::AccountActive | Check::UserActive => "ASVS 7.4.2",
        Check::OldSessionEnded => "ASVS 7.2.4",
        Check::SessionCreated => "ASVS 7.2.3",
        Check::TokenIssued => "RFC 7519; shaped after RFC 9068",
        Check::SessionCookieFound => "RFC 6265bis, 4.2",
        Check::SessionIdWellFormed
        | Check::SessionIdHashed
        | Check::RefreshTokenWellFormed
        | Check::RefreshTokenHashed
        | Check::UserLookedUp => "ours",
        Check::OtherDeviceAsked => "another browser",
        Check::SessionRenewed => "OWASP, Session Management",
        Check::AccessCookieFound | Check::RefreshCookieFound => "RFC 6265bis, 4.2",
        Check::TokenNotDenied
        | Check::TokenVersionCurrent
        | Check::TokenDenied
        | Check::TokenVersionRaised => "ASVS 7.4.1",
        Check::RefreshTokenFound => "RFC 6749, 6",
        Check::RefreshTokenIssued
        | Check::RefreshFamilyActive
        | Check::RefreshTokenExpiry
        | Check::RefreshTokenUnused
        | Check::RefreshTokenRotated
        | Check::RefreshFamilyEnded => "RFC 9700, 4.14.2",
        Check::SessionsListed => "ASVS 7.5.2",
        Check::SessionsEnded => "ASVS 7.5.2",
        Check::SessionFound => "ASVS 7.2.1",
        Check::IdleTimeout => "ASVS 7.3.1",
        Check::AbsoluteTimeout => "ASVS 7.3.2",
        Check::LastSeenTouched => "policy",
        Check::UserIdentified => "RFC 9110, 11.1",
        Check::OrdersRead | Check::OrderPlaced | Check::UsersRead => "the application’s own",
        Check::RoleAllowed => "ASVS 8.2.1",
        Check::KeysPublished => "RFC 7517, 5",
        Check::SessionEnded | Check::TokenOutlivesSignOut => "ASVS 7.4.1",
        Check::Answered => "RFC 9110, 15",
        Check::Token(check) => token_reference(check),
    }
}

const fn token_reference(check: TokenCheck) -> &'static str {
    match check {
        TokenCheck::Parts => "RFC 7515, 7.1",
        TokenCheck::Base64url => "RFC 7515, 2; RFC 4648, 3.3, 3.5",
        TokenCheck::HeaderJson | TokenCheck::HeaderNamesUnique => "RFC 7515, 4",
        TokenCheck::CriticalUnderstood => "RFC 7515, 4.1.11",
        TokenCheck::AlgorithmAllowed | TokenCheck::KeyFits => "RFC 8725, 3.1",
        TokenCheck::KeyFound => "RFC 7515, 4.1.4",
        TokenCheck::KeyLongEnough => "RFC 7518, 3.2, 3.3, 3.5",
        TokenCheck::Signature => "RFC 7515, 5.2",
        TokenCheck::PayloadJson => "RFC 7519, 7.2",
        TokenCheck::ClaimNamesUnique => "RFC 7519, 4",
        TokenCheck::Expiry => "RFC 7519, 4.1.4",
        TokenCheck::NotBefore => "RFC 7519, 4.1.5",
        TokenCheck::Issuer => "RFC 8725, 3.8",
        TokenCheck::Audience => "RFC 8725, 3.9",
        TokenCheck::Type => "RFC 8725, 3.11",
    }
}
