//! `recognize`, `evaluate`, `calibrate`: the engine on folders, from the command line.

use super::config::{Config, Switch};
use super::evaluate::{self, EvaluateOptions, RosterMode};
use super::models;
use crate::recognition::engine::Engine;
use anyhow::{Result, anyhow};
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
/// When there is no engine or the folder cannot be read.
pub fn calibrate(config: &Config, args: &CalibrateArgs) -> Result<()> {
    let result = evaluate::calibrate(&*engine(config)?, &args.identities)?;
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
