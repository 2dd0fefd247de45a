//! The vocabulary of the migrations: columns, keys and checks that mean the same on both databases.

pub use sea_orm_migration::prelude::*;
pub use sea_orm_migration::schema::{
    big_integer, big_integer_null, blob, boolean, date, double_null, integer, text, time, time_null,
    timestamp_with_time_zone as instant, timestamp_with_time_zone_null as instant_null,
};

/// `id`: a 64-bit key that is never given out twice.
pub fn id() -> ColumnDef {
    ColumnDef::new("id").big_integer().not_null().auto_increment().primary_key().take()
}

/// Text of at most `chars_max` characters. The check repeats the length because SQLite ignores it in the type.
pub fn short(name: &'static str, chars_max: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(chars_max).not_null().check(length_at_most(name, chars_max)).take()
}

/// As [`short`], and may be absent.
pub fn short_null(name: &'static str, chars_max: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(chars_max).null().check(length_at_most(name, chars_max)).take()
}

fn length_at_most(name: &'static str, chars_max: u32) -> Expr {
    Expr::cust(format!("length(\"{name}\") <= {chars_max}"))
}

/// What happens to a row when the row it points at is deleted.
#[derive(Clone, Copy)]
pub enum OnDelete {
    /// The deletion is refused.
    Restrict,
    /// The row goes too.
    Cascade,
    /// The row stays and points at nothing.
    Forget,
}

/// A foreign key `fk_<table>_<column>` to the `id` of another table.
pub fn key(
    table: &'static str,
    column: &'static str,
    to: &'static str,
    on_delete: OnDelete,
) -> ForeignKeyCreateStatement {
    let action = match on_delete {
        OnDelete::Restrict => ForeignKeyAction::Restrict,
        OnDelete::Cascade => ForeignKeyAction::Cascade,
        OnDelete::Forget => ForeignKeyAction::SetNull,
    };
    ForeignKey::create()
        .name(format!("fk_{table}_{column}"))
        .from(table, column)
        .to(to, "id")
        .on_delete(action)
        .on_update(ForeignKeyAction::Restrict)
        .take()
}

/// A named uniqueness constraint.
pub fn unique(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).unique().take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A named primary key over several columns.
pub fn primary(name: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).primary().take();
    for column in columns {
        index.col(*column);
    }
    index
}

/// A named check that a column holds one of these words (or nothing, where it may be absent).
pub fn one_of(name: &'static str, column: &'static str, words: &[&'static str]) -> Check {
    Check::named(name, Expr::col(column).is_in(words.iter().copied()))
}

/// An ordinary index.
pub fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).take();
    for column in columns {
        index.col(*column);
    }
    index
}
