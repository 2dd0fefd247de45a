//! Who is erased: the student, the accounts that stand for them, and what they are called.

use super::mentions::Mentions;
use crate::app::error::AppError;
use crate::app::types::{Role, StudentId, UserId};
use crate::server::db::entities::{students as rows, user_profiles, users};
use crate::server::domain::{students, user_changes};
use crate::server::error::Result;
use crate::tr;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::{BTreeSet, HashSet};

/// One person's rows, locked.
#[derive(Debug)]
pub struct Person {
    pub student: Option<rows::Model>,
    pub accounts: Vec<(users::Model, user_profiles::Model)>,
    pub mentions: Mentions,
    /// Cells of a table that are theirs as a whole: addresses and roll numbers, in lower case.
    cells: HashSet<String>,
    /// The words of each of their names, in lower case.
    names: Vec<HashSet<String>>,
}

impl Person {
    /// The student, and their accounts: the one that is linked, one with their email address that stands for nobody,
    /// and those that are `known` to be theirs. Accounts are locked before the student, as everywhere. Of somebody whose
    /// student is gone already there are the accounts alone.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`AppError::Rule`] for who was erased before or is being changed just now, or internals.
    pub async fn lock(
        txn: &impl ConnectionTrait,
        id: Option<StudentId>,
        known: impl IntoIterator<Item = UserId>,
    ) -> Result<Self> {
        let seen = match id {
            Some(id) => Some(students::find(txn, id).await?),
            None => None,
        };
        let mut ids: BTreeSet<i64> = known.into_iter().map(|id| id.0).collect();
        if let Some(seen) = &seen {
            ids.extend(accounts_of(txn, seen).await?);
        }
        let mut accounts = Vec::new();
        for user in ids {
            accounts.push(user_changes::lock(txn, UserId(user)).await?);
        }
        let student = match seen {
            Some(seen) => {
                let student = students::lock(txn, StudentId(seen.id)).await?;
                if student.user_id != seen.user_id || student.email != seen.email {
                    return Err(AppError::Rule(tr!("domain-erasure-just-changed")).into());
                }
                Some(student)
            }
            None => None,
        };
        Self::of(txn, student, accounts).await
    }

    async fn of(
        txn: &impl ConnectionTrait,
        student: Option<rows::Model>,
        accounts: Vec<(users::Model, user_profiles::Model)>,
    ) -> Result<Self> {
        let full = |user: &users::Model| format!("{} {}", user.first_name, user.last_name).trim().to_owned();
        let mut names: Vec<String> = student.iter().map(|row| row.name.clone()).collect();
        names.extend(accounts.iter().map(|(user, _)| full(user)));
        let (mut others, mut phones): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        let mut cells = HashSet::new();
        if let Some(row) = &student {
            others.extend([row.roll_no.as_str(), &row.email]);
            phones.push(&row.phone);
            cells.extend([row.roll_no.to_lowercase(), row.email.to_lowercase()]);
        }
        for (user, profile) in &accounts {
            others.push(&user.email);
            phones.push(&profile.phone);
            cells.insert(user.email.to_lowercase());
        }
        cells.remove("");
        let mut unique = Vec::new();
        for name in &names {
            // What somebody else is called as well tells nobody who was meant.
            let own = student.as_ref().map_or(0, |row| row.id);
            let namesakes = rows::Entity::find()
                .filter(rows::Column::NameKey.eq(rows::search_key(name)))
                .filter(rows::Column::Id.ne(own));
            let full = Expr::cust("LOWER(first_name || ' ' || last_name)").eq(name.to_lowercase());
            let others = users::Entity::find()
                .filter(full)
                .filter(users::Column::Id.is_not_in(accounts.iter().map(|(user, _)| user.id)));
            if namesakes.count(txn).await? == 0 && others.count(txn).await? == 0 {
                unique.push(name.as_str());
            }
        }
        let mentions = Mentions::of(&unique, &others, &phones)?;
        let names = names.iter().map(|name| words(name)).filter(|words| !words.is_empty()).collect();
        Ok(Self { student, accounts, mentions, cells, names })
    }

    /// Number of the student's row.
    pub fn student_id(&self) -> Option<i64> {
        self.student.as_ref().map(|row| row.id)
    }

    /// Numbers of the accounts.
    pub fn account_ids(&self) -> Vec<i64> {
        self.accounts.iter().map(|(user, _)| user.id).collect()
    }

    /// Whether a row of a table is about them: it has their address or roll number, or every word of their name.
    pub fn is_in_cells(&self, row: &[&str]) -> bool {
        if row.iter().any(|cell| self.cells.contains(&cell.trim().to_lowercase())) {
            return true;
        }
        let all = words(&row.join(" "));
        self.names.iter().any(|name| name.is_subset(&all))
    }
}

fn words(text: &str) -> HashSet<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Numbers of the accounts of a student.
async fn accounts_of(db: &impl ConnectionTrait, student: &rows::Model) -> Result<Vec<i64>> {
    let same = Condition::any()
        .add(users::Column::Email.eq(&student.email))
        .add_option(student.user_id.map(|id| users::Column::Id.eq(id)));
    let found = users::Entity::find().find_also_related(user_profiles::Entity).filter(same).all(db).await?;
    let mut ids = Vec::new();
    for (user, profile) in found {
        let is_student = profile.is_some_and(|profile| profile.role == Role::Student.as_str());
        let of_other =
            rows::Entity::find().filter(rows::Column::UserId.eq(user.id)).filter(rows::Column::Id.ne(student.id));
        // Who teaches under the same address, or is another student, is somebody with an account of their own.
        if student.user_id == Some(user.id) || is_student && of_other.count(db).await? == 0 {
            ids.push(user.id);
        }
    }
    Ok(ids)
}
