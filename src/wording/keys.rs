//! The keyboard map.

/// Where keys do something, and what.
pub(crate) const MAP: [(&str, &[(&str, &str)]); 7] = [
    (
        "Everywhere",
        &[
            ("Tab, Shift+Tab", "to the next thing, and back"),
            (
                "Enter, Space",
                "presses a button, follows a link, ticks a box",
            ),
            ("?", "opens this sheet; Esc closes it"),
        ],
    ),
    (
        "Steps of a request",
        &[
            (
                "↑ ↓",
                "the step before, the next one: the diagram marks its message",
            ),
            ("Home, End", "the first step, the last"),
        ],
    ),
    (
        "Fields of a token, a cookie, lines",
        &[
            ("Ctrl or Cmd and Z", "takes the last change back"),
            ("Ctrl or Cmd and Shift and Z, or Y", "makes it again"),
        ],
    ),
    (
        "SQL console",
        &[
            ("Ctrl or Cmd and Enter", "runs the statements"),
            (
                "↑ in the first line, ↓ in the last",
                "what was run before, and after that",
            ),
        ],
    ),
    (
        "Servers of a fleet",
        &[
            ("← → ↑ ↓", "the server beside, above, below"),
            ("Home, End", "the first server, the last"),
        ],
    ),
    (
        "Charts of a load",
        &[
            ("← →", "a moment earlier, later"),
            ("Page Up, Page Down", "ten moments later, earlier"),
            ("Home, End", "the first moment, the last"),
        ],
    ),
    (
        "Guide",
        &[(
            "Tab from the title of a stop",
            "what to predict, what to do, then back and next",
        )],
    ),
];

/// Says that the key can be turned off. WCAG 2.2, 2.1.4.
pub(crate) const SWITCH: &str = "Open this sheet by the key ?";
