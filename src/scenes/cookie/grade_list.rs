//! How the line at hand meets ASVS 5.0, 3.3.

use leptos::prelude::*;

use crate::components::Prose;
use crate::state::CookieStudio;
use crate::wording::cookie_studio;

/// The grades.
#[component]
pub(super) fn GradeList() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let grades = Memo::new(move |_| {
        studio.outcome.with(|outcome| {
            let outcome = outcome.as_ref()?.as_ref().ok()?;
            let line = outcome.lines.get(usize::try_from(outcome.at_hand?).ok()?)?;
            Some(line.grades.clone())
        })
    });
    move || {
        let grades = grades.get().unwrap_or_default();
        if grades.is_empty() {
            return view! { <p class="empty">{cookie_studio::NO_GRADE}</p> }.into_any();
        }
        let rows: Vec<_> = grades
            .iter()
            .map(|grade| {
                let (requirement, word, reason) = cookie_studio::grade(grade);
                let (class, mark) = match grade.finding.is_met() {
                    Some(true) => ("ok", "✓"),
                    Some(false) => ("no", "✕"),
                    None => ("held", "?"),
                };
                view! {
                    <tr>
                        <th scope="row">{requirement}</th>
                        <td class=class>
                            <span aria-hidden="true">{mark}</span>
                            " "
                            {word}
                        </td>
                        <td>
                            <Prose text=reason />
                        </td>
                    </tr>
                }
            })
            .collect();
        view! {
            <table class="grades">
                <tbody>{rows}</tbody>
            </table>
            <p class="note">{cookie_studio::GRADE_NOTE}</p>
        }
        .into_any()
    }
}
