//! The engine on folders of photographs, without a database: `rollcall recognize`, `evaluate` and `calibrate`. The
//! same engine and the same decision as marking; results are data that also print as text.

mod calibrate;
mod labels;
mod people;
mod plot;
mod recognize;
mod rosters;
mod run;
mod score;
mod variants;

pub use calibrate::{Calibration, ErrorRates, NearPair, Spread, calibrate};
pub use people::{Enrolment, Person, enrol_people, read_people};
pub use plot::det_plot;
pub use recognize::{RecognizedFace, RecognizedPhoto, recognize_photos};
pub use rosters::RosterRates;
pub use run::{EvaluateOptions, Evaluation, PhotoResult, RosterMode, evaluate};
pub use score::Tally;
pub use variants::{Row, Variants, compare_variants};
