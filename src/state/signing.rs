//! Signatures and public halves, asked of the worker: no key is ever used on the page.

use protocol::{
    Command, GivenKey, PublicHalf, Reply, SceneCommand, SceneReply, Signer, SigningProblem,
};

use super::playground::{Playground, say_no_answer, unexpected};

impl Playground {
    /// The signature that this signer makes of a signing input, or why there is none. `Err` where the worker does not
    /// answer.
    pub(crate) async fn sign_as(
        self,
        signing_input: String,
        signer: Signer,
    ) -> Result<Result<String, SigningProblem>, String> {
        let command = Command::Sign {
            signing_input,
            signer,
        };
        match self.ask(command).await {
            Ok(Reply::Signed(signed)) => Ok(signed),
            Ok(other) => Err(unexpected(&other)),
            Err(reason) => Err(say_no_answer(reason)),
        }
    }

    /// The public half of a key, of the server's where none is given; `None` where it has none.
    pub(crate) async fn public_half(
        self,
        key: Option<GivenKey>,
    ) -> Result<Option<PublicHalf>, String> {
        self.ask_for(SceneCommand::PublicHalf { key }, |reply| match reply {
            SceneReply::PublicHalf(half) => Some(half),
            _ => None,
        })
        .await
    }
}
