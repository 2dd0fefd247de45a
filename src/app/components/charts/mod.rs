//! Charts: small SVG drawn by the server. No library: plotters and charts-rs write fixed colours into finished text,
//! which neither follows dark mode nor can be named for screen readers part by part.
//!
//! Every chart stands beside the same numbers in words or in a table. Colours are classes of the style sheet, and none
//! of them means anything alone.

pub mod bars;
pub mod heat_map;
pub mod line;

pub use bars::{Bar, Bars};
pub use heat_map::{HeatDay, HeatMap};
pub use line::{LineChart, LinePoint};
