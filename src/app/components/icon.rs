//! Inline icons: 24 × 24, one stroke in the colour of the text around them.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    Present,
    Late,
    Absent,
    Excused,
    Unmarked,
    Info,
    Warning,
    Close,
    Back,
    Forward,
    Plus,
    Search,
    Pencil,
    Bin,
    Camera,
    Photo,
    Face,
    Person,
    People,
    Building,
    Calendar,
    List,
    Home,
    Key,
    SignOut,
    Check,
    Question,
    Offline,
    Switch,
    Clock,
    Chart,
    Screen,
}

impl IconName {
    /// The stroke, as SVG path data.
    pub fn path(self) -> &'static str {
        match self {
            Self::Present | Self::Check => "M4.5 12.5l5 5 10-11",
            Self::Late | Self::Clock => "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 7.5V12l3 2",
            Self::Absent | Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Excused => "M12 3.5l8.5 8.5-8.5 8.5L3.5 12z",
            Self::Unmarked => "M12 11.5h.01M12 12.5h.01M11.5 12h1",
            Self::Info => "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 11v5.5M12 7.75h.01",
            Self::Chart => "M4.5 19.5h15M7 16v-4.5M12 16V5.5M17 16V9",
            Self::Warning => "M12 4l9 16H3zM12 10v4.5M12 17.25h.01",
            Self::Back => "M14.5 5.5L8 12l6.5 6.5",
            Self::Forward => "M9.5 5.5L16 12l-6.5 6.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Search => "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L20 20",
            Self::Pencil => "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5l3.5 3.5",
            Self::Bin => "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10.5 11v5.5M13.5 11v5.5",
            Self::Camera => {
                "M4 8h3.5L9 5.5h6L16.5 8H20a1 1 0 011 1v9a1 1 0 01-1 1H4a1 1 0 01-1-1V9a1 1 0 011-1z\
                 M12 10a3.25 3.25 0 100 6.5 3.25 3.25 0 000-6.5z"
            }
            Self::Photo => "M4.5 5h15v14h-15zM5 16.5l4.5-5 3.5 4 2-2 4 4M15.5 9h.01",
            Self::Face => "M4 8V4h4M16 4h4v4M20 16v4h-4M8 20H4v-4M9 10v.5M15 10v.5M9 14.5c1.8 1.6 4.2 1.6 6 0",
            Self::Person => "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20.5c.6-4 3.4-6 7.5-6s6.9 2 7.5 6",
            Self::People => {
                "M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 19.5c.5-3.4 3-5 6.5-5s6 1.6 6.5 5\
                 M15.5 5.3a3.5 3.5 0 010 6.4M18 14.8c2 .7 3.2 2.2 3.5 4.7"
            }
            Self::Building => "M5 20.5v-17h9v17M14 9.5h5v11M3 20.5h18M8.5 7.5h2M8.5 11.5h2M8.5 15.5h2",
            Self::Calendar => "M4.5 6h15v14h-15zM4.5 10.5h15M8.5 3.5V8M15.5 3.5V8",
            Self::List => "M9 6.5h11M9 12h11M9 17.5h11M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01",
            Self::Home => "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z",
            Self::Key => "M8 11.5a4 4 0 100 8 4 4 0 000-8zM11 12.5L20 3.5M16 7.5l3 3",
            Self::SignOut => "M14 4.5H5v15h9M10 12h10.5M17 8l4 4-4 4",
            Self::Question => {
                "M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z\
                 M9.5 9.5a2.5 2.5 0 115 0c0 1.8-2.5 2-2.5 4M12 16.75h.01"
            }
            Self::Offline => {
                "M4 4l16 16M2.5 9.5c2-1.7 3.7-2.7 5.5-3.2M12 5.5c3.6 0 6.5 1.3 9.5 4M6 13.5c1-.9 2-1.5 3-1.9M12 18.75h.01"
            }
            Self::Screen => "M3.5 5h17v11h-17zM9 20h6M12 16v4",
            Self::Switch => "M4 9h13l-3.5-3.5M20 15H7l3.5 3.5",
        }
    }

    /// Whether it shows the way on or back, or how lines run: drawn the other way round where they run from the right.
    fn points(self) -> bool {
        matches!(self, Self::Back | Self::Forward | Self::SignOut | Self::List | Self::Question)
    }
}

/// An icon beside a word; hidden from screen readers, which read the word.
#[component]
pub fn Icon(
    name: IconName,
    /// Extra classes: `icon-small`, `icon-large`.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let mut class = if class.is_empty() { "icon".to_owned() } else { format!("icon {class}") };
    if name.points() {
        class.push_str(" icon-points");
    }
    view! {
        <svg class=class viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=name.path()></path>
        </svg>
    }
}
