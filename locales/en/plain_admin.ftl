## Overview of the administration

overview-lead = What is going on, and what is still missing.
overview-active-students = active students
overview-departments = departments
overview-teachers = teachers
overview-open-registers = open registers today
overview-first-steps = First steps
overview-make-department = Make a department
overview-make-department-why = Students and teachers belong to one.
overview-add-student = Add the first student
overview-add-student-why = With photos, or without: then attendance is taken by hand.
overview-make-teacher = Make an account for a teacher
overview-make-teacher-why = Teachers start sessions and photograph the class.
overview-count-not-started = { $count } not started
overview-count-open = { $count } open
overview-count-to-confirm = { $count } to confirm
overview-count-done = { $count } done
overview-count-cancelled = { $count } cancelled
overview-registers-of = Registers of { $day }
overview-no-session = No session today
overview-no-session-why = When a teacher starts a session today it stands here with its register.
overview-all-sessions = All sessions
overview-nothing-owed = Every register since { $since } is saved.
overview-owed = Without a saved register
overview-owed-since = { $count ->
    [one] 1 session since { $since }
   *[other] { $count } sessions since { $since }
}
overview-faceless = Students without a face
overview-faceless-none = None: a photo can mark every active student.
overview-faceless-all = All { $count } in the list of students
overview-faceless-why = They are marked by hand until a photo of theirs is added.
overview-problems = Recent problems
overview-problems-none = None: no mail was refused, no sign-in failed, nothing broke.
overview-problem-look = Look into it
overview-system = System
overview-models-none = none
overview-licence = Licence
overview-licence-none = no weights are loaded
overview-gallery = Gallery
overview-gallery-templates = { $count ->
    [one] 1 template
   *[other] { $count } templates
}
overview-queue = Queue
overview-queue-taken = { $taken } of { $places } places taken
overview-photos = Photos
overview-photos-count = { $count } since the start
overview-photos-times = { $count } since the start; { $times }
overview-answers = Answers
overview-times = half within { $half }, 95 % within { $most } (last { $count })
overview-times-none = none yet
overview-memory = Memory
overview-disk = Disk
overview-disk-free = { $amount } free
overview-disk-unknown = not told by the system
overview-database = Database
overview-version = Version
overview-version-since = { $version }, up for { $hours } h

## Settings

settings-lead = The rules of the institution. Each change is written to the audit log.
settings-saved = The settings are saved and hold from now on. The audit log tells what changed.
settings-institution = Institution
settings-institution-name = Name of the institution
settings-institution-hint = Stands on exports and printed registers.
settings-registers = Sessions and registers
settings-late = Late after, minutes
settings-late-hint = 0 to 240. Whom a photo marks later than this after the start is late. Holds for sessions created from now on.
settings-corrections = Time for corrections, hours
settings-corrections-hint = 0 to 8784. So long after a register was saved its teacher may correct it, with a reason. Administrators always may.
settings-longest = Longest session, hours
settings-longest-hint = 1 to 24. A session with a later end is refused.
settings-ahead = Sessions ahead, days
settings-ahead-hint = 0 to 366. A session further in the future is refused.
settings-percentage = Attendance percentage
settings-percentage-rule = People see (present + late) ÷ (sessions − excused), with the arithmetic under it. Only registers that a person saved or confirmed count. This is the same everywhere and is not a setting.
settings-low = Low attendance, percent
settings-low-hint = 0 to 100. Who lies below this counts as low; programs that use the API read the same line.
settings-recognition = Recognition
settings-formula = Confidence formula
settings-formula-hint = How the API’s recognition answers turn a distance into a confidence. Marking is not touched by it.
settings-formula-calibrated = Measured: 0.80 is exactly the accept line
settings-formula-linear = 1 − distance ÷ 2, for clients that expect it
settings-own-photos = Students’ own photos
settings-self = Photos by students
settings-self-hint = Whether students may add photos of their own face on their pages.
settings-self-allowed = Allowed, once they have agreed to it
settings-self-not-allowed = Not allowed: administrators add photos
settings-save = Save settings
settings-lines = Lines of the loaded models
settings-lines-none = No models are loaded, so no line is in force and registers are marked by hand.
settings-lines-none-why = See why
settings-lines-measured = Measured on { $people }: of comparisons of different people at most { $false_match } lie within the accept line, of comparisons of one person at most { $missed } lie beyond it. On rosters of thirty the machine alone marked { $right } right and { $wrong } wrong, and showed { $shown } to a person; { $strangers } of strangers were taken for somebody.
settings-lines-not-measured = This pack was not measured at these lines ({ $why }).
settings-accept-means = – up to this distance the machine may mark by itself
settings-review-means = – up to this a person is asked; beyond it the face is unknown
settings-pack = Pack
settings-lines-belong = The lines belong to the pack and are measured with it, so they are not typed in here.
settings-other-pack = Choose another pack
settings-fixed = Fixed on the server
settings-fixed-caption = Set as variables of the environment, or lines of the file .env, by whoever runs the server; they hold after a restart.
settings-setting = Setting
settings-now = Now
settings-variable = Variable

## Models

models-lead = The networks that find faces and tell them apart, and what their makers allow.
models-restricted = The loaded weights are for non-commercial research only
models-restricted-instead = Their makers do not allow any other use. A school that is not covered by that loads the pack
models-restricted-how = , whose weights everybody may use; below stands how.
models-now = Now
models-loaded = Loaded
models-none = None. { $reason }
models-self-test = Self-test
models-self-test-passed = Passed at the start: both networks answer, vectors of { $dimension } numbers repeat, and a stored one is found at distance 0 and its opposite at 2. It does not start otherwise.
models-self-test-not-run = Not run: there is nothing to test.
models-asked = Asked for
models-asked-none = The first pack whose files are there (ROLLCALL_PACK is not set)
models-folder = Folder
models-templates = Templates
models-templates-none = None are stored.
models-templates-own = All of them belong to the loaded model.
models-templates-foreign = { $count ->
    [one] 1 template of another model: kept, and not compared.
   *[other] { $count } templates of another model: kept, and not compared.
}
models-licence-free = Everybody may use it
models-licence-research = Non-commercial research only
models-pack-loaded = Loaded
models-accept = Accept line
models-review = Review line
models-sure = Sure, excellent
models-figures-none = No figures: { $why }.
models-figures = What was measured
models-false-match = False match rate
models-false-match-share = at most { $share } of comparisons of different people lie within the accept line
models-missed = False non-match rate
models-missed-share = at most { $share } of comparisons of one person lie beyond it
models-rosters = Rosters of thirty
models-rosters-shares = { $right } marked right by the machine alone, { $wrong } wrong, { $shown } shown to a person
models-strangers = Strangers
models-strangers-share = { $share } taken for somebody on the roster
models-figures-on = On { $people }. Distances are cosine distances: 0 identical, 1 unrelated. The figures say nothing about children, nor about differences between groups of people.
models-files = Files
models-file = File
models-state = State
models-size = Size
models-file-verified = There, verified
models-file-missing = Not there
models-file-wrong = Not the expected file
models-file-finds = { $title }: finds faces. { $licence }
models-file-tells = { $title }: tells faces apart. { $licence }
models-switch = Changing to another pack
models-switch-fetch = On the server, bring its files and check them:
models-switch-set = Set
models-switch-set-where = in the environment or in the file .env.
models-switch-restart = Restart the server. The new pack’s own lines hold from then on.
models-switch-templates = Templates of another model are never compared. They stay in the database, so changing back loses nothing; until a student’s stored photos are embedded anew they are marked by hand. Adding a photo of a student embeds it with the new model; for the photos that are stored a program calls
models-switch-templates-each = for each student.

## Audit log

audit-lead = Every change and who made it, the newest first. Nothing here can be changed.
audit-export = Export CSV
audit-what = What
audit-everything = Everything
audit-area-record = Attendance records
audit-area-session = Sessions and registers
audit-area-student = Students and faces
audit-area-user = Accounts and sign-in
audit-area-department = Departments
audit-area-settings = Settings
audit-area-backup = Backups
audit-area-contest = Objections
audit-area-import = Imports
audit-area-outbox = Messages
audit-area-demo = Demo
audit-who = Who
audit-from = From
audit-to = To
audit-apply = Apply
audit-past-end = This page is past the end
audit-past-end-why = The log has fewer pages than the address asks for.
audit-none-fit = Nothing fits
audit-none-fit-why = No line of the log fits these filters.
audit-empty = The log is empty
audit-empty-why = Every change from now on gets a line here.
audit-show-all = Show the whole log
audit-caption = { $count } lines, the newest first
audit-when = When
audit-happened = What happened
audit-kind = Kind
audit-details = Details
audit-open = Open what it is about

## Backups

backup-lead = One file with everything that people entered and every photo, made while the server goes on.
backup-done-started = The backup was begun and goes on when you leave this page.
backup-done-checked = Every file of the backup was read and is as it was written.
backup-done-deleted = The backup is deleted.
backup-make = Make a backup
backup-make-now = Make a backup now
backup-failed = The last backup failed
backup-failed-why = { $at }: { $why }. Nothing was left behind.
backup-running = A backup is being made
backup-begun = { $who } began it at { $at }.
backup-step = { $step }.
backup-step-done = { $step }: { $done }.
backup-step-of = { $step }: { $done } of { $total }.
backup-look-again = Look again
backup-list = Backups made from here
backup-none = No backup yet
backup-none-why = Nothing was backed up from here. Backups that were made at the terminal lie where they were written.
backup-caption = { $count ->
    [one] 1 backup, the newest first
   *[other] { $count } backups, the newest first
}
backup-made = Made
backup-unknown = Unknown
backup-holds = Holds
backup-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
backup-photos = { $count ->
    [one] 1 photo
   *[other] { $count } photos
}
backup-from = from { $database }, version { $version }
backup-photos-missing = { $count } photos named by a row were not there
backup-photos-stray = { $count } photos that no row names were left out
backup-state = State
backup-state-checked = Checked when made
backup-state-unreadable = Cannot be read
backup-download = Download
backup-check = Check
backup-delete-question = Delete the backup of { $when }?
backup-delete-consequence = The file is gone for good. What is in the database now stays.
backup-delete-go = Delete this backup
backup-restore = Putting one back
backup-restore-stop = Stop the server.
backup-restore-run = On the server run:
backup-restore-start = Start the server. Everybody signs in anew.
backup-restore-rules = The archive is checked before anything is touched. With --force what is there is kept in a folder beside it; without it only an empty server is filled. A backup of SQLite can be put back on PostgreSQL and the other way round; this server uses { $database }.
backup-keep = Keeping them
backup-keep-lie = They lie in
backup-keep-disk = , on the same disk as the data.
backup-keep-room = There is room for { $amount } more on that disk.
backup-keep-elsewhere = Download them and keep them somewhere else as well.
backup-keep-clear = A backup holds names, attendance, photos and templates of faces in the clear: keep it where only you can read it.
backup-keep-no-keys = A backup never holds the server’s keys, anybody’s sign-in or a mailed link. The key file
backup-keep-key-file = is made anew where it is missing; programs that use the API then sign in anew.
backup-keep-erased = Who was erased after a backup was made is in that backup: delete old backups. After a restore they are erased again before anybody is served, by the ledger in this folder. Keep a copy of its two files with the backups:

## Invitation

invite-lead = The account is made at once. Its owner gets a link to choose a password, which counts for { $days } days and works once; you can send a new one later.
invite-by-mail = The link goes to this address by mail.
invite-by-hand = No mail server is set: the message waits in the outbox, from where you pass its link on.
invite-role-hint = A student’s account is linked to the student with the same email address.
invite-go = Invite

## One user

user-done-invited = The account is made and its invitation written. Where the message is stands under “Links by mail”.
user-done-saved = The details are saved.
user-done-role = Role and departments are saved.
user-done-activated = The account is active: its owner can sign in again.
user-done-deactivated = The account is inactive and signed out everywhere.
user-done-verified = The email address counts as verified and the account is active.
user-done-link = The message with the link is written. Where it is stands under “Links by mail”.
user-done-linked = The account now stands for the student.
user-done-unlinked = The account stands for no student any more. Both are kept.
user-details = Details
user-verified = (verified)
user-not-verified = (not verified)
user-joined = Joined
user-email-hint = With another address, links that were sent count no more.
user-phone = Phone
user-phone-hint = 10 to 15 digits.
user-save = Save the details
user-role-title = Role and departments
user-role-last-admin = This is the last active administrator, so the role stays. Make somebody else one first.
user-role-hint = With another role the user is signed out everywhere at once.
user-role-hint-own = This is your own account: with another role you are signed out and leave the administration.
user-departments-hint = A teacher needs at least one: there they hold sessions and mark.
user-role-save = Save role and departments
user-history = What happened
user-history-none = Nothing yet: whatever is done to this account, and each sign-in, is listed here.

## A user's state

user-state-active = The account is active: its owner can sign in.
user-state-inactive = The account is inactive: nobody can sign in with it.
user-state-own = It is your own account, which you cannot switch off.
user-state-last-admin = It is the last active administrator, who cannot be switched off.
user-deactivate = Deactivate
user-deactivate-question = Deactivate { $name }?
user-deactivate-consequence = They are signed out everywhere at once, links that were sent count no more, and nobody can sign in with the account until it is activated again. Records stay.
user-activate = Activate
user-activate-question = Activate { $name }?
user-activate-consequence = They can sign in again with their password. You vouch that the email address is theirs.
user-kept = This account cannot be deleted. { $reason }
user-delete-free = Nothing in the registers names this account, so it can be deleted.
user-delete = Delete the account
user-delete-question = Delete { $name } for good?
user-delete-consequence = The account, its password and its sign-ins are lost, and links that were sent count no more. The audit log keeps what was done. This cannot be undone.
user-delete-go = Delete for good

## A user's links

user-links = Links by mail
user-link-inactive = The account is inactive. Activate it, then it can be sent a link.
user-link-verify = The email address was never verified. The link to verify it counts for { $days } days.
user-link-verify-go = Send the link again
user-link-invite = Nobody has signed in yet. The link of an invitation lets the owner choose a password; it counts for { $days } days and works once.
user-link-invite-go = Send an invitation
user-link-invite-again = Send a new invitation
user-link-reset = { $hours ->
    [one] The link lets the owner choose a new password; it counts for one hour and works once. Until then the old password stays.
   *[other] The link lets the owner choose a new password; it counts for { $hours } hours and works once. Until then the old password stays.
}
user-link-reset-go = Send a link for a new password
user-link-by-mail = It goes by mail to { $email }.
user-link-by-hand = No mail server is set: the message waits in the outbox. Open it there and pass its link on.
user-verify = Verify by hand
user-verify-question = Verify { $email } by hand?
user-verify-consequence = You vouch that this address belongs to the account's owner. The account becomes active.
user-verify-go = Verify the address
user-messages = Newest messages

## A user's student

user-student-stands = Stands for
user-student-sees = and sees this student’s attendance.
user-student-none = Stands for no student yet, so there is no attendance to see.
user-unlink = Unlink
user-unlink-question = Unlink { $name }?
user-unlink-consequence = The user no longer sees this student's attendance. Account, student and records stay.
user-roll-number = Roll number
user-roll-number-same = { $name } has the same email address.
user-roll-number-hint = It stands in the list of students.
user-link-student = Link to the student

## Outbox

outbox-lead = Messages with links to people, kept for 30 days.
outbox-deleted = The message is deleted.
outbox-no-server = Messages wait here: no mail server is set
outbox-by-hand = Open a message and pass its link on by hand. Or have them sent by themselves:
outbox-server-how = How to set a mail server
outbox-server-lines = Put these two lines, with your own values, into the environment or the .env file of the server, and start it again.
outbox-server-then = Messages whose links still count then leave within seconds.
outbox-state-all = All
outbox-state-waiting = Waiting
outbox-state-sent = Sent
outbox-state-failed = Given up
outbox-messages = Messages
outbox-apply = Apply
outbox-none-fit = No such message
outbox-none-fit-why = No message of the last 30 days fits this search.
outbox-show-all = Show all messages
outbox-empty = Nothing was written yet
outbox-empty-why = Invitations, links for new passwords and for verifying addresses appear here.
outbox-caption = Messages, the newest first
outbox-message = Message
outbox-written = Written
outbox-state = State
outbox-sent = Sent
outbox-not-yet = Not yet
outbox-tries = { $count ->
    [one] 1 try failed
   *[other] { $count } tries failed
}

## One message

message-retried = The message is tried again within seconds.
message-text = Text
message-link = Link
message-link-care = Whoever opens it acts for the account: pass it on to nobody but its owner.
message-link-until = It works once, until
message-link-sent = The message was sent, so its link is not kept here.
message-link-removed = The message was given up and its link removed.
message-link-over = The link counts no more: it was used, has expired, or a newer one replaced it.
message-way = On its way
message-to = To
message-tries = Tries that failed
message-last-error = Last error
message-next-try = Next try
message-what-to-do = What to do
message-stays = It cannot be sent again. { $reason }
message-retry = Try again now
message-delete-question = Delete this message?
message-delete-waiting = It is not sent any more and its text is lost. A link that was passed on already still counts.
message-delete-gone = Its text is lost from this list; nothing else changes.
message-delete-go = Delete the message

## Departments

departments-lead = Students and attendance sessions belong to a department; its code begins their roll numbers.
departments-saved = The department is saved.
departments-deleted = The department is deleted.
departments-none = No departments yet
departments-none-why = Students and teachers belong to departments, so begin here: make the first one in the form.
departments-caption = Departments: { $count }
departments-search = Name or code
departments-none-fits = No department fits
departments-none-fits-why = Search for less, or look at all of them.
departments-show-all = Show all departments
departments-name = Name
departments-code = Code
departments-code-pattern = 1 to 10 letters and digits
departments-code-hint = Up to 10 letters and digits, such as CS. It begins every roll number of the department.
departments-description = Description
departments-edit = Edit
departments-delete-question = Delete { $name }?
departments-in-use = It still has students or attendance sessions; only an empty department can be deleted.
departments-empty = It has neither students nor sessions, so nothing else is lost.
departments-delete-go = Delete department
departments-new = New department
departments-edit-title = Edit { $name }
departments-save = Save changes
departments-make = Make department

## The receipt of an erasure

erasure-title = Receipt of an erasure
erasure-lead = Every place where something of the person may have stood, and what was done there.
erasure-done = The person is erased. This receipt can be opened again from the audit log.
erasure-facts = The erasure
erasure-at = Erased on
erasure-by = Erased by
erasure-by-system = The system, once more after a restore
erasure-row = The student’s row
erasure-row-kept = Stays in the registers under the name “Erased student”
erasure-row-gone = Is gone
erasure-cleaned = Files and logs cleaned
erasure-cleaned-later = Not yet: it is tried again every hour and at every start
erasure-number = Number of the receipt
erasure-copies = These copies were made before and still hold the person. Delete them, or keep them only as long as you have told people that you keep backups. A restore of one erases the person again before anybody is served.
erasure-places = Places
erasure-places-caption = What was done in each place
erasure-place = Place
erasure-what = What was done
erasure-how-deleted = { $count ->
    [one] 1 deleted
   *[other] { $count } deleted
}
erasure-how-emptied = { $count ->
    [one] 1 row kept without what told who it was
   *[other] { $count } rows kept without what told who it was
}
erasure-how-replaced = { $count ->
    [one] a mention replaced in 1 row
   *[other] mentions replaced in { $count } rows
}
erasure-how-rewritten = written anew
erasure-nothing = Nothing was found in
erasure-place-students = Student
erasure-place-users = Account
erasure-place-profiles = Profile of the account
erasure-place-photos = Photos
erasure-place-templates = Templates of the face
erasure-place-consents = Consents
erasure-place-records = Attendance records
erasure-place-contests = Objections
erasure-place-sessions = Subjects and notes of sessions
erasure-place-departments = Descriptions of departments
erasure-place-imports = Imports
erasure-place-import-rows = Rows of imports
erasure-place-log = Audit log
erasure-place-messages = Messages
erasure-place-links = Mailed links
erasure-place-logins = Sign-ins
erasure-place-browsers = Sessions of browsers
erasure-place-failures = Failed sign-ins
erasure-place-answers = Answers kept for devices that ask again
erasure-place-photo-files = Files of photos
erasure-place-import-files = Uploaded files of imports
erasure-place-search = Search of faces
erasure-place-statistics = Statistics of the database
erasure-place-wal = Log of the database
