//! Every action of the audit log, and what it is called in a few words.

use crate::tr;

macro_rules! actions {
    ($($action:literal => $words:expr),+ $(,)?) => {
        /// Every action that is ever written.
        pub const ACTIONS: &[&str] = &[$($action),+];

        /// An action in a few words; its own name when nobody has written any.
        pub fn title(action: &str) -> String {
            match action {
                $($action => $words,)+
                // What was taken away is written under a word without an area.
                "export" => tr!("domain-audit-export"),
                other => other.to_owned(),
            }
        }
    };
}

actions! {
    "backup.delete" => tr!("domain-audit-backup-delete"),
    "backup.download" => tr!("domain-audit-backup-download"),
    "backup.make" => tr!("domain-audit-backup-make"),
    "contest.accept" => tr!("domain-audit-contest-accept"),
    "contest.decline" => tr!("domain-audit-contest-decline"),
    "contest.open" => tr!("domain-audit-contest-open"),
    "demo.crowd" => tr!("domain-audit-demo-crowd"),
    "demo.sessions" => tr!("domain-audit-demo-sessions"),
    "department.create" => tr!("domain-audit-department-create"),
    "department.delete" => tr!("domain-audit-department-delete"),
    "department.update" => tr!("domain-audit-department-update"),
    "import.applied" => tr!("domain-audit-import-applied"),
    "import.apply" => tr!("domain-audit-import-apply"),
    "import.discard" => tr!("domain-audit-import-discard"),
    "import.rehearse" => tr!("domain-audit-import-rehearse"),
    "import.undo" => tr!("domain-audit-import-undo"),
    "import.undone" => tr!("domain-audit-import-undone"),
    "import.upload" => tr!("domain-audit-import-upload"),
    "outbox.delete" => tr!("domain-audit-outbox-delete"),
    "outbox.retry" => tr!("domain-audit-outbox-retry"),
    "record.correct" => tr!("domain-audit-record-correct"),
    "record.photo" => tr!("domain-audit-record-photo"),
    "record.rest" => tr!("domain-audit-record-rest"),
    "record.set" => tr!("domain-audit-record-set"),
    "session.auto_close" => tr!("domain-audit-session-auto-close"),
    "session.cancel" => tr!("domain-audit-session-cancel"),
    "session.change" => tr!("domain-audit-session-change"),
    "session.complete" => tr!("domain-audit-session-complete"),
    "session.create" => tr!("domain-audit-session-create"),
    "settings.change" => tr!("domain-audit-settings-change"),
    "student.activate" => tr!("domain-audit-student-activate"),
    "student.consent" => tr!("domain-audit-student-consent"),
    "student.create" => tr!("domain-audit-student-create"),
    "student.data_copy" => tr!("domain-audit-student-data-copy"),
    "student.deactivate" => tr!("domain-audit-student-deactivate"),
    "student.delete" => tr!("domain-audit-student-delete"),
    "student.erase" => tr!("domain-audit-student-erase"),
    "student.face_remove" => tr!("domain-audit-student-face-remove"),
    "student.photo_add" => tr!("domain-audit-student-photo-add"),
    "student.photo_remove" => tr!("domain-audit-student-photo-remove"),
    "student.photo_replace" => tr!("domain-audit-student-photo-replace"),
    "student.photo_view" => tr!("domain-audit-student-photo-view"),
    "student.re_enrol" => tr!("domain-audit-student-re-enrol"),
    "student.self_enrol" => tr!("domain-audit-student-self-enrol"),
    "student.update" => tr!("domain-audit-student-update"),
    "user.activate" => tr!("domain-audit-user-activate"),
    "user.change_password" => tr!("domain-audit-user-change-password"),
    "user.change_role" => tr!("domain-audit-user-change-role"),
    "user.create" => tr!("domain-audit-user-create"),
    "user.deactivate" => tr!("domain-audit-user-deactivate"),
    "user.delete" => tr!("domain-audit-user-delete"),
    "user.invite" => tr!("domain-audit-user-invite"),
    "user.link_student" => tr!("domain-audit-user-link-student"),
    "user.refused" => tr!("domain-audit-user-refused"),
    "user.request_reset" => tr!("domain-audit-user-request-reset"),
    "user.reset_password" => tr!("domain-audit-user-reset-password"),
    "user.send_link" => tr!("domain-audit-user-send-link"),
    "user.sign_in" => tr!("domain-audit-user-sign-in"),
    "user.sign_in_failed" => tr!("domain-audit-user-sign-in-failed"),
    "user.sign_out" => tr!("domain-audit-user-sign-out"),
    "user.sign_out_device" => tr!("domain-audit-user-sign-out-device"),
    "user.sign_out_others" => tr!("domain-audit-user-sign-out-others"),
    "user.unlink_student" => tr!("domain-audit-user-unlink-student"),
    "user.update" => tr!("domain-audit-user-update"),
    "user.verify_email" => tr!("domain-audit-user-verify-email"),
}
