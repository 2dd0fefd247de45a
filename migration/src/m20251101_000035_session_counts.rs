//! Closed registers keep their counts with their session: a year of records takes the database half a second to count
//! again at every look at a report, a year of sessions a few milliseconds.

use crate::columns::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The statuses of records, each a column.
const STATUSES: [&str; 4] = ["present", "late", "absent", "excused"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for status in STATUSES {
            let column = integer(status).default(0).take();
            // SQLite takes one change at a time.
            let change = Table::alter().table("attendance_sessions").add_column(column).take();
            manager.alter_table(change).await?;
        }
        let count = |status: &str| {
            format!(
                "{status} = (SELECT COUNT(*) FROM attendance_records AS r \
                 WHERE r.session_id = attendance_sessions.id AND r.status = '{status}')"
            )
        };
        let counts = STATUSES.map(count).join(", ");
        let fill = format!("UPDATE attendance_sessions SET {counts} WHERE status = 'completed'");
        manager.get_connection().execute_unprepared(&fill).await?;
        Ok(())
    }
}
