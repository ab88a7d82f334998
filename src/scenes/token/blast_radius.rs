//! How far an edit reaches: a few octets of the text, half of the bits of the right signature.

use leptos::prelude::*;
use protocol::TokenPart;

use super::texts::Texts;
use crate::components::Prose;
use crate::state::Studio;
use crate::state::difference::{Difference, bits_between};
use crate::state::memo;
use crate::state::token_parts::{part_text, signing_input};
use crate::wording;

/// The blast radius.
#[component]
pub(super) fn BlastRadius() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let texts = expect_context::<Memo<Texts>>();
    let said = memo(move || {
        texts.with(|texts| {
            let before = studio.before.get();
            if texts.token.is_empty() || before.is_empty() || before == texts.token {
                return None;
            }
            let payload = part_text(&before, TokenPart::Payload).text;
            let now = &texts.part(TokenPart::Payload).text;
            let changed = |before: &str, now: &str| {
                Difference::between(before.as_bytes(), now.as_bytes()).octets()
            };
            let bits = studio.right.answer.with(|answer| {
                let right = answer.as_ref()?.as_ref()?;
                let (right_before, signature_before) = right.before.as_ref()?;
                let is_of_these = right.token == texts.token && *right_before == before;
                let signature = right.signed.as_ref().ok().filter(|_| is_of_these)?;
                bits_between(signature_before, signature)
            });
            Some(wording::blast_radius(
                changed(&payload, now),
                changed(&signing_input(&before), &signing_input(&texts.token)),
                bits,
            ))
        })
    });
    view! {
        <section aria-labelledby="studio-blast">
            <h2 id="studio-blast">"Blast radius of an edit"</h2>
            <div>
                {move || match said.get() {
                    Some(said) => view! { <p><Prose text=said /></p> }.into_any(),
                    None => {
                        view! {
                            <p class="empty">
                                "Edit the token: how many octets changed will stand here, and how many bits of the right signature."
                            </p>
                        }
                            .into_any()
                    }
                }}
            </div>
            <p class="note">
                "Against the token as it was loaded, pasted or taken last. Octets are counted between the first and the last that differ; bits one by one, of the two right signatures. ECDSA and PSS have no one right signature."
            </p>
        </section>
    }
}
