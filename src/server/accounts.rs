//! `user create`: accounts from the command line.

use super::config::Config;
use super::{domain::users, start};
use crate::app::types::{Role, UserForm};
use crate::server::db::entities::departments;
use anyhow::{Context, Result};
use clap::Subcommand;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use std::io::BufRead;

#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Creates an active account; prints a one-time password when none is given.
    Create {
        #[arg(long, value_parser = parse_role)]
        role: Role,
        #[arg(long)]
        username: String,
        #[arg(long)]
        email: String,
        #[arg(long, default_value = "")]
        first_name: String,
        #[arg(long, default_value = "")]
        last_name: String,
        /// Code of a department; teachers need at least one.
        #[arg(long = "department")]
        departments: Vec<String>,
        /// Reads the password from the first line of standard input.
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Runs a `user` command.
///
/// # Errors
/// Everything that is wrong with the fields, in one message.
pub async fn run(config: Config, command: UserCommand) -> Result<()> {
    // Accounts need no face: a machine without models makes them as well.
    let ctx = start::open(Config { face_features: super::config::Switch::Off, ..config }).await?;
    let UserCommand::Create { role, username, email, first_name, last_name, departments, password_stdin } = command;
    let mut ids = Vec::new();
    for code in &departments {
        let row = departments::Entity::find()
            .filter(departments::Column::Code.eq(code.to_uppercase()))
            .one(&ctx.db)
            .await?
            .with_context(|| format!("there is no department {code}"))?;
        ids.push(crate::app::types::DepartmentId(row.id));
    }
    let mut password = String::new();
    if password_stdin {
        std::io::stdin().lock().read_line(&mut password).context("reading the password")?;
    }
    let password = password.trim_end_matches(['\r', '\n']).to_owned();
    let form =
        UserForm { username, email, first_name, last_name, phone: String::new(), role, departments: ids, password };
    let created =
        users::create_user(&ctx, None, form).await.map_err(|error| anyhow::anyhow!(error.into_app().sentence()))?;
    println!("Created {} ({}).", created.user.username, created.user.role.as_str());
    if let Some(password) = created.one_time_password {
        println!("One-time password: {password}");
    }
    Ok(())
}

fn parse_role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|()| "one of: admin, teacher, student".to_owned())
}
