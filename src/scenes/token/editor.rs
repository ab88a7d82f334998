//! The token in three fields: compact text, header, payload. A claim that is pointed at is marked in all of them, and so
//! is what is wrong.

use leptos::prelude::*;
use protocol::TokenPart;

use super::texts::Texts;
use super::verdict::Verdict;
use crate::components::{DraftField, Mark, PartField};
use crate::state::claim_spans::octet_of_unit;
use crate::state::memo;
use crate::state::token_trouble::Trouble;
use crate::state::{Studio, refusal};

/// The three fields.
#[component]
pub(super) fn Editor() -> impl IntoView {
    let studio = expect_context::<Studio>();
    let texts = expect_context::<Memo<Texts>>();
    let compact = memo(move || studio.text());
    let trouble = memo(move || {
        studio.inspected.answer.with(|answer| {
            let refusal = answer.as_ref()?.as_ref().ok().and_then(refusal)?;
            texts.with(|texts| Some(Trouble::of(&texts.token, refusal)))
        })
    });
    let marks = move |part: Option<TokenPart>| {
        Signal::derive(move || {
            let claim = studio.marked.get().and_then(|marked| {
                texts.with(|texts| match part {
                    None => texts.compact_span(marked),
                    Some(part) => texts.span(marked).filter(|_| part == marked.part),
                })
            });
            let trouble = trouble.with(|trouble| {
                let trouble = trouble.as_ref()?;
                match part {
                    None => trouble.compact.clone(),
                    Some(part) => trouble.in_part(part),
                }
            });
            let mark = |range: Option<_>, class| range.map(|range| (range, class));
            [mark(claim, "claim-mark"), mark(trouble, "trouble-mark")]
                .into_iter()
                .flatten()
                .collect::<Vec<Mark>>()
        })
    };
    let edit = Callback::new(move |text| studio.edit(text));
    let in_compact = Callback::new(move |unit| {
        let found = texts
            .with_untracked(|texts| texts.member_in_compact(octet_of_unit(&texts.token, unit)));
        studio.mark(found);
    });
    let in_part = move |part| {
        Callback::new(move |unit| {
            let found = texts.with_untracked(|texts| {
                texts.member_at(part, octet_of_unit(&texts.part(part).text, unit))
            });
            studio.mark(found);
        })
    };
    view! {
        <section class="studio-editor" aria-label="The token">
            <div class="editor">
                <DraftField
                    label="Token"
                    id="studio-token"
                    text=compact
                    coloured=true
                    marks=marks(None)
                    on_edit=edit
                    on_undo=studio.on_undo(None)
                    on_caret=Some(in_compact)
                    on_paste=Callback::new(move |text| studio.paste(text))
                />
                <Verdict />
            </div>
            <div class="editor">
                {[
                    ("Header", "studio-header", TokenPart::Header),
                    ("Payload", "studio-payload", TokenPart::Payload),
                ]
                    .map(|(label, id, part)| {
                        view! {
                            <PartField
                                label=label
                                id=id
                                part=part
                                compact=compact
                                on_edit=edit
                                on_undo=studio.on_undo(Some(part))
                                marked_text=true
                                marks=marks(Some(part))
                                on_caret=Some(in_part(part))
                            />
                        }
                    })}
                <p class="note">
                    "Signed, not encrypted: whoever holds the token reads all of this. Whitespace and order stay as they are, as the signature covers bytes."
                </p>
            </div>
        </section>
    }
}
