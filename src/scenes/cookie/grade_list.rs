//! How the line at hand meets ASVS 5.0, 3.3.

use leptos::prelude::*;

use super::word::Word;
use crate::components::Prose;
use crate::state::CookieStudio;
use crate::state::memo;
use crate::wording::cookie_studio;

/// The grades.
#[component]
pub(super) fn GradeList() -> impl IntoView {
    let studio = expect_context::<CookieStudio>();
    let grades = memo(move || studio.with_line_at_hand(|line| line.grades.clone()));
    move || {
        let grades = grades.get().unwrap_or_default();
        if grades.is_empty() {
            return view! { <p class="empty">{cookie_studio::NO_GRADE}</p> }.into_any();
        }
        let rows: Vec<_> = grades
            .iter()
            .map(|grade| {
                let (requirement, mark, word, reason) = cookie_studio::grade(grade);
                view! {
                    <tr>
                        <th scope="row">{requirement}</th>
                        <td>
                            <Word mark=mark word=word />
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
