//! Who is in the demo.

use std::path::{Path, PathBuf};

/// Code, name, description.
pub const DEPARTMENTS: [(&str, &str, &str); 3] = [
    ("AST", "Astronautics", "Space flight, from orbits to operations"),
    ("CS", "Computer Science", "Department of Computer Science and Engineering"),
    ("EC", "Electronics", "Circuits, signals and embedded systems"),
];

/// Subjects of the past sessions of astronautics.
pub const SPACE_SUBJECTS: &[&str] = &["Orbital Mechanics", "Spacecraft Systems", "Mission Operations"];
/// Subjects of the past sessions of computer science.
pub const COMPUTING_SUBJECTS: &[&str] = &["Machine Learning", "Operating Systems", "Databases"];

/// Students without a face, who can do everything the others can.
pub const OTHERS: [&str; 30] = [
    "Amara Okafor",
    "Benjamin Weiss",
    "Chiara Romano",
    "Daniel Novak",
    "Elif Kaya",
    "Farid Rahimi",
    "Greta Lindqvist",
    "Hiro Tanaka",
    "Ines Duarte",
    "Jakub Zielinski",
    "Kavya Nair",
    "Liam Murphy",
    "Mei Chen",
    "Nadia Haddad",
    "Oskar Nilsen",
    "Priya Sharma",
    "Quentin Leroy",
    "Rosa Jimenez",
    "Samuel Mensah",
    "Tara Singh",
    "Umar Farouk",
    "Valentina Costa",
    "Wanjiru Kamau",
    "Xiomara Vega",
    "Yusuf Demir",
    "Zofia Kowalska",
    "Anton Berger",
    "Bianca Popescu",
    "Carlos Mendes",
    "Dina Petrova",
];

/// Astronauts who are students even where no portraits are: their faces are left to the camera.
const ASTRONAUTS: [&str; 8] = [
    "Luca Parmitano",
    "Peggy Whitson",
    "Julie Payette",
    "Yuri Malenchenko",
    "Ellen Ochoa",
    "Takao Doi",
    "Sergei Krikalev",
    "Pamela Melroy",
];

/// One student of the demo class.
pub struct Astronaut {
    pub name: String,
    pub portrait: Option<PathBuf>,
}

/// The people of the folder `DIR/<first_last>/1.jpg`, by name; a short list without it.
pub fn astronauts(portraits: &Path) -> Vec<Astronaut> {
    let Ok(entries) = std::fs::read_dir(portraits) else {
        return ASTRONAUTS.iter().map(|name| Astronaut { name: (*name).to_owned(), portrait: None }).collect();
    };
    let mut people: Vec<Astronaut> = entries
        .flatten()
        .filter_map(|entry| {
            let portrait = entry.path().join("1.jpg");
            let folder = entry.file_name().into_string().ok()?;
            portrait.is_file().then(|| Astronaut { name: name_of(&folder), portrait: Some(portrait) })
        })
        .collect();
    people.sort_by(|a, b| a.name.cmp(&b.name));
    people
}

/// `michael_lopez-alegria` is Michael Lopez-Alegria.
pub fn name_of(folder: &str) -> String {
    let mut name = String::new();
    let mut upper = true;
    for letter in folder.chars() {
        let letter = if letter == '_' { ' ' } else { letter };
        if upper {
            name.extend(letter.to_uppercase());
        } else {
            name.push(letter);
        }
        upper = !letter.is_alphanumeric();
    }
    name
}

/// An address nobody reads.
pub fn email_of(name: &str) -> String {
    format!("{}@example.edu", name.to_lowercase().replace(' ', "."))
}
