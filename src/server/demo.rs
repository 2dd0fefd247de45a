//! `demo`: an empty database becomes a school to try things in.
//!
//! Departments, the three accounts, students, past sessions with records. Faces
//! are enrolled from a folder of photographs when it is there; otherwise they are
//! left to the camera, and this says so.

pub mod crowd;
mod past;
mod people;

use super::auth::actor::{self, Actor};
use super::config::Config;
use super::db::entities::{departments, students, users};
use super::domain::enrolment::Intake;
use super::domain::{departments as department_rules, students as student_rules, users as user_rules};
use super::error::{Error, Result};
use super::secrets::write_private;
use super::start;
use super::state::Ctx;
use super::upload::UploadedPhoto;
use crate::app::types::*;
use anyhow::Context;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::path::Path;

/// File of the accounts and their passwords, inside the data folder.
pub const ACCOUNTS_FILE: &str = "demo-accounts.txt";
/// Folder of the astronauts' portraits inside the folder of faces.
const PORTRAITS: &str = "identities/nasa_portraits";
/// Account of the demo's student belongs to this astronaut, or to the first student without portraits.
const STUDENT_FOLDER: &str = "luca_parmitano";

/// Options of `demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// Also add this many made-up students with templates of no face, to measure with
    #[arg(long, default_value_t = 0)]
    crowd: u32,

    /// And hold a class of each forty of them on this many weekdays before today; a school's year has about 190
    #[arg(long, default_value_t = 0, requires = "crowd")]
    crowd_days: u32,
}

/// Fills an empty database; a database that holds anything stays as it is.
///
/// # Errors
/// When a part of the demo cannot be created.
pub async fn run(config: Config, args: DemoArgs) -> anyhow::Result<()> {
    let faces = config.faces.clone();
    let (ctx, lease) = start::open_alone(config).await?;
    let there = users::Entity::find().count(&ctx.db).await? + departments::Entity::find().count(&ctx.db).await?;
    if there > 0 {
        println!("The database is not empty: the demo leaves it as it is.");
        lease.give_back().await;
        return Ok(());
    }
    let filled = fill(&ctx, &faces.join(PORTRAITS), &args).await.map_err(|error| match error {
        Error::User(error) => anyhow::anyhow!(error.sentence()),
        Error::Internal(error) => error,
    });
    lease.give_back().await;
    filled
}

async fn fill(ctx: &Ctx, portraits: &Path, args: &DemoArgs) -> Result<()> {
    let admin = create_account(ctx, "admin", Role::Admin, Vec::new(), "Ada", "Admin", "admin@example.edu").await?;
    let actor = actor_of(ctx, admin.user.id).await?;
    let mut ids = Vec::new();
    for (code, name, description) in people::DEPARTMENTS {
        let form = DepartmentForm { id: None, name: name.into(), code: code.into(), description: description.into() };
        ids.push(department_rules::save_department(ctx, &actor, form).await?.id);
    }
    let [astronautics, computing, electronics] = ids.as_slice() else {
        return Err(anyhow::anyhow!("the demo has three departments").into());
    };
    let astronauts = people::astronauts(portraits);
    let enrolled = enrol_astronauts(ctx, &actor, *astronautics, &astronauts).await?;
    for (at, name) in people::OTHERS.iter().enumerate() {
        let department = if at % 3 == 2 { *electronics } else { *computing };
        student_rules::create_student(ctx, &actor, student_form(name, department), Vec::new()).await?;
    }
    let teacher_of = vec![*astronautics, *computing];
    let teacher = create_account(ctx, "teacher", Role::Teacher, teacher_of, "Grace", "Teacher", "teacher@example.edu");
    let teacher = teacher.await?;
    let teacher_actor = actor_of(ctx, teacher.user.id).await?;
    let (first, last, email) = student_account(ctx).await?;
    let student = create_account(ctx, "student", Role::Student, Vec::new(), &first, &last, &email).await?;
    past::write_sessions(ctx, &teacher_actor, *astronautics, people::SPACE_SUBJECTS).await?;
    past::write_sessions(ctx, &teacher_actor, *computing, people::COMPUTING_SUBJECTS).await?;
    if args.crowd > 0 {
        let department = crowd::write(ctx, &actor, args.crowd).await?;
        if args.crowd_days > 0 {
            crowd::classes::write(ctx, &actor, department, args.crowd, args.crowd_days).await?;
        }
    }
    tell(ctx, &[&admin, &teacher, &student], astronauts.len(), enrolled, portraits)
}

/// Creates the astronauts, with faces where the portrait can be enrolled; returns how many faces.
async fn enrol_astronauts(
    ctx: &Ctx,
    actor: &Actor,
    department: DepartmentId,
    astronauts: &[people::Astronaut],
) -> Result<usize> {
    let mut enrolled = 0;
    for astronaut in astronauts {
        let form = student_form(&astronaut.name, department);
        let photo = match &astronaut.portrait {
            Some(path) if ctx.recognizer.engine().is_ok() => Some(UploadedPhoto {
                field: "photo".into(),
                file_name: "portrait.jpg".into(),
                bytes: std::fs::read(path).with_context(|| format!("reading {}", path.display()))?,
            }),
            _ => None,
        };
        let with_face = photo.is_some();
        match student_rules::create_student_from(
            ctx,
            actor,
            form.clone(),
            photo.into_iter().collect(),
            Intake::archive(),
        )
        .await
        {
            Ok(_) => enrolled += usize::from(with_face),
            Err(Error::User(error)) if with_face => {
                println!("{}: created without a face: {}", astronaut.name, error.sentence());
                student_rules::create_student(ctx, actor, form, Vec::new()).await?;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(enrolled)
}

async fn create_account(
    ctx: &Ctx,
    username: &str,
    role: Role,
    departments: Vec<DepartmentId>,
    first_name: &str,
    last_name: &str,
    email: &str,
) -> Result<CreatedUser> {
    let form = UserForm {
        username: username.to_owned(),
        email: email.to_owned(),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        role,
        departments,
        ..UserForm::default()
    };
    user_rules::create_user(ctx, None, form).await
}

/// Name and email of the student whose account the demo makes: the accounts of students find their row by email.
async fn student_account(ctx: &Ctx) -> Result<(String, String, String)> {
    let wanted = people::email_of(&people::name_of(STUDENT_FOLDER));
    let named = students::Entity::find().filter(students::Column::Email.eq(wanted)).one(&ctx.db).await?;
    let row = match named {
        Some(row) => row,
        None => students::Entity::find().one(&ctx.db).await?.context("the demo has students")?,
    };
    let (first, last) = row.name.rsplit_once(' ').unwrap_or((&row.name, ""));
    Ok((first.to_owned(), last.to_owned(), row.email.clone()))
}

async fn actor_of(ctx: &Ctx, id: UserId) -> Result<Actor> {
    let row = users::Entity::find_by_id(id.0).one(&ctx.db).await?.context("an account that was just created")?;
    actor::of_user(ctx, row, "").await
}

fn student_form(name: &str, department: DepartmentId) -> StudentForm {
    StudentForm { id: None, name: name.to_owned(), email: people::email_of(name), phone: String::new(), department }
}

/// Writes the accounts into a private file and says what was made.
fn tell(ctx: &Ctx, accounts: &[&CreatedUser], people: usize, enrolled: usize, portraits: &Path) -> Result<()> {
    let lines: Vec<String> = accounts
        .iter()
        .map(|created| {
            let password = created.one_time_password.as_deref().unwrap_or_default();
            format!("{:<8} {password}", created.user.username)
        })
        .collect();
    let path = ctx.config.data.join(ACCOUNTS_FILE);
    write_private(&path, format!("{}\n", lines.join("\n")).as_bytes())?;
    println!("Demo: {people} students of astronautics, {enrolled} of them with a face.");
    if enrolled == 0 {
        println!(
            "No faces were enrolled: {} has no portraits, or recognition is not set up. Enrol by camera instead.",
            portraits.display()
        );
    }
    println!("Accounts (also in {}):", path.display());
    for line in lines {
        println!("    {line}");
    }
    Ok(())
}
