//! `recognize`, `evaluate`, `calibrate`: the engine on folders, from the command line.

use super::config::{Config, Switch};
use super::evaluate::{self, EvaluateOptions, RosterMode};
use super::models;
use crate::recognition::engine::Engine;
use anyhow::{Context, Result, anyhow};
use clap::Args;
use serde::Serialize;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;

/// Arguments of `recognize`.
#[derive(Debug, Args)]
pub struct RecognizeArgs {
    #[arg(required = true)]
    pub photos: Vec<PathBuf>,
    /// Names come from `DIR/<person>/*.jpg`.
    #[arg(long)]
    pub gallery: Option<PathBuf>,
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `evaluate`.
#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// Enrolment photos: `DIR/<person>/<n>.jpg`.
    #[arg(long)]
    pub identities: PathBuf,
    /// Group photos with `labels.json`.
    #[arg(long)]
    pub groups: PathBuf,
    /// Photos enrolled per person.
    #[arg(long, default_value_t = 1)]
    pub enroll: usize,
    /// Whom faces are compared with: a class of 40 around those present, or everybody.
    #[arg(long, value_enum, default_value = "present")]
    pub roster: Roster,
    #[arg(long)]
    pub json: bool,
}

/// The words of `--roster`.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Roster {
    Present,
    All,
}

/// Arguments of `calibrate`.
#[derive(Debug, Args)]
pub struct CalibrateArgs {
    /// Photos of known people: `DIR/<person>/<n>.jpg`.
    #[arg(long)]
    pub identities: PathBuf,
    /// Draws the error rates against each other into this SVG file.
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
    /// Compares other ways of making and using vectors with the one in use, instead of proposing lines.
    #[arg(long, conflicts_with = "plot")]
    pub variants: bool,
    #[arg(long)]
    pub json: bool,
}

/// # Errors
/// When there is no engine or a file cannot be written; unreadable photos are part of the answer.
pub fn recognize(config: &Config, args: &RecognizeArgs) -> Result<()> {
    let found = evaluate::recognize_photos(&*engine(config)?, &args.photos, args.gallery.as_deref())?;
    if args.json {
        return print(&found, "", true);
    }
    for photo in &found {
        print(photo, photo, false)?;
    }
    Ok(())
}

/// # Errors
/// When there is no engine or the folders cannot be read.
pub fn evaluate(config: &Config, args: &EvaluateArgs) -> Result<()> {
    let roster = match args.roster {
        Roster::Present => RosterMode::Present,
        Roster::All => RosterMode::All,
    };
    let options = EvaluateOptions {
        identities: args.identities.clone(),
        groups: args.groups.clone(),
        enroll: args.enroll,
        roster,
    };
    let result = evaluate::evaluate(&*engine(config)?, &options)?;
    print(&result, &result, args.json)
}

/// # Errors
/// When there is no engine, the folder cannot be read or the plot cannot be written.
pub fn calibrate(config: &Config, args: &CalibrateArgs) -> Result<()> {
    let engine = engine(config)?;
    if args.variants {
        let result = evaluate::compare_variants(&engine, &args.identities)?;
        return print(&result, &result, args.json);
    }
    let result = evaluate::calibrate(&engine, &args.identities)?;
    if let Some(file) = &args.plot {
        let plot = evaluate::det_plot(&result, engine.thresholds());
        std::fs::write(file, plot).with_context(|| format!("cannot write {}", file.display()))?;
    }
    print(&result, &result, args.json)
}

fn engine(config: &Config) -> Result<Arc<Engine>> {
    let config = Config { face_features: Switch::On, ..config.clone() };
    let (recognizer, ..) = models::load_recognizer(&config)?;
    let engine = recognizer.engine().map_err(|error| anyhow!("{error} Get the models with: rollcall models fetch"))?;
    Ok(Arc::clone(engine))
}

fn print(data: &impl Serialize, text: impl Display, json: bool) -> Result<()> {
    if json {
        println!("{}", serde_json::to_string_pretty(data)?);
    } else {
        println!("{text}");
    }
    Ok(())
}
