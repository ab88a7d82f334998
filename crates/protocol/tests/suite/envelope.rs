//! Messages survive the way; what is no message is refused in words, and never a panic.

use std::collections::BTreeSet;
use std::fmt::Debug;

use proptest::prelude::*;
use protocol::{
    BuildId, Command, Envelope, EnvelopeError, PageMessage, SceneCommand, SceneReply, ServerMessage,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sample::{
    command_kind, commands, notice_kind, notices, page_messages, replies, reply_kind,
    scene_command_kind, scene_commands, scene_replies, scene_reply_kind, server_messages,
};

fn encode<T: Serialize>(number: u32, message: T) -> Vec<u8> {
    Envelope { number, message }
        .encode()
        .expect("postcard carries it")
}

#[track_caller]
fn check<T: Serialize + DeserializeOwned + Clone + PartialEq + Debug>(messages: &[T]) {
    for number in [0, 1, 127, 128, u32::MAX] {
        for message in messages {
            let bytes = encode(number, message.clone());
            let envelope = Envelope::<T>::decode(&bytes).expect("it was just encoded");
            assert_eq!(envelope.number, number);
            assert_eq!(&envelope.message, message);
        }
    }
}

#[test]
fn every_message_survives_the_way() {
    check(&commands());
    check(&page_messages());
    check(&replies());
    check(&notices());
    check(&server_messages());
    check(&scene_commands());
    check(&scene_replies());
}

#[test]
fn what_is_sealed_opens() {
    for command in scene_commands() {
        assert_eq!(SceneCommand::open(&command.seal()), Ok(command));
    }
    for reply in scene_replies() {
        assert_eq!(SceneReply::open(&reply.seal()), Ok(reply));
    }
}

#[test]
fn there_is_a_sample_of_every_kind() {
    let kinds = |kinds: BTreeSet<usize>, count| assert_eq!(kinds, (0..count).collect());
    kinds(commands().iter().map(command_kind).collect(), 10);
    kinds(replies().iter().map(reply_kind).collect(), 11);
    kinds(
        scene_commands().iter().map(scene_command_kind).collect(),
        22,
    );
    kinds(scene_replies().iter().map(scene_reply_kind).collect(), 21);
    kinds(notices().iter().map(notice_kind).collect(), 5);
}

#[test]
fn a_message_begins_with_the_build_that_it_comes_from() {
    let bytes = encode(1, Command::Observe);
    assert_eq!(bytes[..8], BuildId::this().0.to_le_bytes());
    assert_ne!(
        BuildId::this(),
        BuildId(0),
        "the build script's ID was lost"
    );
}

#[test]
fn another_builds_message_is_refused_whatever_follows() {
    let good = encode(1, Command::Observe);
    for byte in 0..8 {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[byte] ^= 1 << bit;
            let refused = Envelope::<Command>::decode(&bytes);
            assert_eq!(refused, Err(EnvelopeError::OtherBuild));
        }
    }
    let mut of_zeros = good;
    of_zeros[..8].fill(0);
    of_zeros.truncate(8);
    let refused = Envelope::<Command>::decode(&of_zeros);
    assert_eq!(refused, Err(EnvelopeError::OtherBuild));
}

#[test]
fn what_is_cut_off_anywhere_is_malformed() {
    fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(message: T) {
        let bytes = encode(300, message);
        for end in 0..bytes.len() {
            let refused = Envelope::<T>::decode(&bytes[..end]);
            assert!(
                matches!(refused, Err(EnvelopeError::Malformed(_))),
                "cut after {end} of {}: {refused:?}",
                bytes.len()
            );
        }
    }
    page_messages().into_iter().for_each(check);
    server_messages().into_iter().for_each(check);
}

#[test]
fn refusals_say_what_is_wrong() {
    let short = Envelope::<Command>::decode(&[1, 2, 3]).expect_err("it is short");
    assert_eq!(short.to_string(), "the message can't be read: too short");
    let other = EnvelopeError::OtherBuild.to_string();
    assert_eq!(other, "the message comes from another build");
}

fn of_this_build(rest: &[u8]) -> Vec<u8> {
    [&BuildId::this().0.to_le_bytes(), rest].concat()
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(rest in proptest::collection::vec(any::<u8>(), 0..200)) {
        for bytes in [rest.clone(), of_this_build(&rest)] {
            let _ = Envelope::<PageMessage>::decode(&bytes);
            let _ = Envelope::<ServerMessage>::decode(&bytes);
        }
    }

    /// Lengths are read from the bytes, so a changed byte may claim more than there is.
    #[test]
    fn no_changed_byte_makes_reading_panic(
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let messages = server_messages();
        let message = messages[which.index(messages.len())].clone();
        let mut bytes = encode(1, message);
        let place = 8 + place.index(bytes.len() - 8);
        bytes[place] = byte;
        let _ = Envelope::<ServerMessage>::decode(&bytes);
    }
}
