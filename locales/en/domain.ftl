## Fields of forms
domain-required = This field is required.
domain-unshowable = This text holds characters that cannot be shown.
domain-too-long = Ensure this field has no more than { $most } characters.
domain-email-wrong = Enter a valid email address.
domain-phone-wrong = Enter a phone number of 10 to 15 digits.
domain-username-short = Username must be at least { $least } characters long.
domain-username-letters = Username may contain only letters, digits and underscores.
domain-password-short = Password must be at least { $least } characters long.
domain-password-long = Password must be at most { $most } characters long.
domain-password-upper = Password must contain at least one uppercase letter.
domain-password-lower = Password must contain at least one lowercase letter.
domain-password-digit = Password must contain at least one digit.
domain-password-special = Password must contain at least one special character.
domain-password-common = This password is too common.
domain-code-letters = Code may contain only letters and digits.
domain-within = Ensure this value is within { $least } to { $most }.
domain-date-needed = A valid date is needed.
domain-range-reversed = The start of the range lies after its end.
domain-no-department = This department does not exist.

## Uploads
domain-upload-parts = The form has too many parts.
domain-upload-size = File size exceeds { $most }MB
domain-upload-count = Choose at most { $most } photos at once.
domain-upload-text-long = This text is too long.
domain-upload-text-unreadable = This is not readable text.
domain-upload-integer = A valid integer is required.
domain-upload-number = A valid number is required.
domain-upload-heic = Invalid file format. iPhone HEIC pictures are not read: choose "Most Compatible" under Settings, Camera, Formats, or send the photo as JPEG.
domain-upload-type = Invalid file format. Choose a .jpg, .jpeg or .png file.
domain-upload-unreadable = The form could not be read. Please send it again.
domain-upload-file-size = The file is larger than { $most } MB.
domain-upload-torn = The upload did not arrive whole. Please send it again.

## Photos that cannot be read
domain-photo-empty = The photo is empty.
domain-photo-no-photo = Invalid file format: this is not a photo; please send a JPEG or PNG picture.
domain-photo-format = Invalid file format: { $format } pictures cannot be read; please send a JPEG or PNG picture.
domain-photo-pixels = The photo is { $width } x { $height } pixels, which is more than can be processed.
domain-photo-damaged = The photo is damaged; please take or send it again.
domain-faces-off = Face recognition is switched off in this institution. Mark by hand below.
domain-faces-no-files = Face recognition is not set up on this server: its model files are missing. Mark by hand below.
domain-faces-no-runtime = Face recognition is not set up on this server: ONNX Runtime is missing. Mark by hand below.

## Faces on photos
domain-face-none = No face detected in the uploaded image
domain-face-several = The photo shows { $count } faces. Use a photo of this student alone.
domain-face-fine = This photo is fine.
domain-face-different = These photos show different people.
domain-face-too-small = The face is too small: come closer, at least 80 pixels are needed.
domain-face-small = The face is rather small: come closer.
domain-face-blurred = The face is blurred: hold still and focus.
domain-face-dark = The face is too dark: turn to the light.
domain-face-bright = The face is too bright: turn away from the light.
domain-face-turned = The face is turned away: look into the camera.
domain-face-cut = The face is cut off: keep it whole in the picture.
domain-face-unclear = The face is hard to see: nothing should cover it.
domain-face-try-visible = Ensure face is clearly visible
domain-face-try-light = Check lighting conditions
domain-face-try-size = Face should be at least 80x80 pixels
domain-face-too-small-to-compare = Too small to compare: step closer or take a second photo.
domain-face-nobody = Nobody of this roster has this face.
domain-face-no-match = No match found (confidence below threshold)
domain-face-uncertain = Similar, but not certain.
domain-face-alike = Two students look alike here.
domain-face-poor = The face is blurred, dark or turned away.

## Marks and how they came to be
domain-mark-present = present
domain-mark-late = late
domain-mark-absent = absent
domain-mark-excused = excused
domain-mark-unmarked = unmarked
domain-how-photo = by photo
domain-how-teacher = by teacher
domain-how-clock = by the clock
domain-how-import = by import
domain-how-person = by { $person }
domain-how-somebody = by a person
domain-marked-by-face = Auto (Face Recognition)
domain-marked-by-clock = Auto (Session Closed)

## Records
domain-record-not-on-roster = This student is not on the roster of this session.
domain-record-twice = This student is named twice.
domain-record-too-late = The time for corrections is over. An administrator can still change this record.
domain-record-needs-reason = A correction of a saved register needs a reason.
domain-record-stays = A record of a saved register cannot be removed, only corrected.
domain-records-too-many = More than { $most } records: choose a shorter range or one department.
domain-record-late = { $by } set { $student } to { $status } at { $at }; your mark “{ $own }” from { $made } came too late and was not written.
domain-record-late-student = this student
domain-record-late-somebody = Somebody

## Objections
domain-contest-open-register = This register is not closed yet. Tell your teacher.
domain-contest-too-late = The time for objections is over. Ask the office.
domain-contest-status = Only an absence or a late mark can be objected to.
domain-contest-twice = You have written about this record already. Wait for the answer.
domain-contest-choose = Choose present, late or excused.
domain-contest-decided = Somebody has decided this already.
domain-contest-reason = contested: { $answer }
domain-contest-accepted = accepted
domain-contest-change = { $who }: { $from } became { $to }
domain-contest-change-why = { $who }: { $from } became { $to } ({ $reason })

## Sessions
domain-session-own-departments = You can only start sessions in your own departments.
domain-session-other-department = This session belongs to another department.
domain-session-date-format = Date has wrong format. Use YYYY-MM-DD.
domain-session-past = Cannot create session for past date
domain-session-past-reason = A session of the past needs a reason here.
domain-session-ahead = Cannot create session more than { $days } days in advance
domain-session-time-format = Time has wrong format. Use HH:MM:SS.
domain-session-end = End time must be after start time
domain-session-long = Session duration exceeds maximum ({ $hours } hours)

## Departments
domain-department-code-taken = Department with this code already exists
domain-department-name-taken = Department with this name already exists
domain-department-has-students = Cannot delete department with existing students
domain-department-move-students = Move its students to another department first
domain-department-has-sessions = Cannot delete department with existing attendance sessions
domain-department-keep = Keep it: its registers belong to it
domain-department-has-teachers = Cannot delete department with existing teachers
domain-department-move-teachers = Assign its teachers to another department first
domain-department-no-numbers = The department { $code } has no roll numbers left.

## Students
domain-student-email-taken = Student with this email already exists
domain-student-recorded = Cannot delete student with existing attendance records
domain-student-inactive-instead = Mark student as inactive instead
domain-erasure-just-changed = The student was changed at this moment. Look at the page again, and erase them then.
domain-student-erased = This student was erased: nothing of them can be changed any more.
domain-student-confirm = Type { $number } to confirm.
domain-student-photos-full = A student has at most { $most } photos. Remove one first.
domain-student-no-photo = This student has no stored photo. Add one first.
domain-student-not-own-photo = This is not a stored photo of this student.

## Photos by students
domain-own-face-office = Photos are added by the office of your institution.
domain-own-face-not-linked = Your account is not linked to a student yet. An administrator has to connect it with your entry in the list of students.
domain-own-face-inactive = You are not on any roster at present.
domain-own-face-agree = Agree to the notice first.
domain-own-face-enough = { $most } photos are stored, more are not needed.
domain-own-face-later = Photos cannot be judged at present. Try again later.
domain-own-face-one = Take or choose at least one photo.
domain-own-face-many = At most { $most } photos are stored, { $count } are already. Send fewer.
domain-own-face-somebody = This face is already enrolled for somebody else. Ask the office.

## Accounts
domain-account-username-taken = User with this username already exists
domain-account-email-taken = User with this email already exists
domain-account-teacher-department = A teacher needs at least one department.
domain-account-departments = Name at most { $most } departments.
domain-account-own-switch = You cannot switch off your own account.
domain-account-last-admin-change = This is the last active administrator. Make somebody else one first.
domain-account-own-password = Change your own password with the current one.
domain-account-own-delete = You cannot delete your own account.
domain-account-used = Cannot delete user with associated records
domain-account-deactivate = Deactivate the account instead
domain-account-last-admin = This is the last active administrator.
domain-account-stands = It stands for a student. Unlink it first.
domain-account-named = { $count ->
    [one] It is named once in sessions, records, photos or consents. Deactivate it instead.
   *[other] It is named { $count } times in sessions, records, photos or consents. Deactivate it instead.
}
domain-account-not-linked = This account stands for no student.
domain-account-student-taken = This student is linked to another account. Unlink that one first.
domain-account-student-role = Only an account of the role student stands for a student.
domain-account-linked = This account is linked to a student. Unlink it first.
domain-account-no-student = There is no student with this roll number.
domain-account-just-linked = This account was just linked to a student.
domain-account-activate = Activate the account first.
domain-account-link-fresh = A link was written less than a minute ago. Wait a moment, or use that one.
domain-account-closed = Accounts are made by administrators here. Ask one of them.
domain-account-role = A valid role is needed: student, teacher or admin.
domain-account-role-forbidden = Only administrators may make accounts of this role.
domain-account-passwords-differ = The two passwords are not the same.
domain-account-same-password = Choose a password that differs from the current one.
domain-account-wrong-password = This is not the current password.
domain-account-link-over = This link is not valid any more. Ask for a new one.
domain-account-setup-over = This link is not valid any more. Sign in, or start the server to get a new one.
domain-device-browser-on = { $browser } on { $system }
domain-device-some-browser-on = A browser on { $system }
domain-device-some-browser = A browser
domain-device-some-program = A program

## Mails with a link
domain-mail-verify-subject = Verify your email address
domain-mail-reset-subject = Choose a new password
domain-mail-invite-subject = Your invitation to Rollcall
domain-mail-verify =
    Hello { $username },

    please verify your email address for Rollcall by opening this link within three days:

    { $link }

    If you did not make an account, you need not do anything.
domain-mail-reset =
    Hello { $username },

    choose a new password for Rollcall by opening this link within one hour:

    { $link }

    If you did not ask for this, you need not do anything: your password stays as it is.
domain-mail-invite =
    Hello { $username },

    an account was made for you in Rollcall. Choose your password by opening this link within { $days } days:

    { $link }

    Then sign in with your username { $username } at { $site }

    If you did not expect this, you need not do anything.

## Outbox
domain-message-sent = It was sent already.
domain-message-link-removed = Its link was removed when it was given up. Send the person a new link.
domain-message-link-over = Its link has expired. Send the person a new one.
domain-message-no-server = No mail server is set.
domain-message-expired = Its link had expired before it could be sent.
domain-message-secret-gone = (removed)

## Overview
domain-problem-mail = Mail
domain-problem-mail-sentence = “{ $subject }” could not be sent: { $error }
domain-problem-sign-in = Sign-in
domain-problem-failures = { $count } failed sign-ins lately.
domain-problem-waiting = { $count ->
    [one] One account or address has to wait.
   *[other] { $count } accounts or addresses have to wait.
}
domain-problem-server = Server
domain-problem-log = { $what } The log tells more under { $reference }.
domain-problem-disk = Disk
domain-problem-disk-low = Only { $megabytes } MB are free. Make room before nothing can be saved.
domain-problem-disk-full = The disk is full but for { $megabytes } MB. Make room now: soon nothing can be saved.
domain-problem-recognition = Recognition
domain-fault-search = Searching a photo for faces failed.
domain-fault-measure = Measuring a face failed.
domain-fault-gallery = Searching the enrolled faces failed.
domain-fault-request = A request failed inside the server.

## Reports
domain-report-period = Choose a period of at most { $days } days.
domain-report-nobody = No student matches “{ $search }”.
domain-report-several = Several students match “{ $search }”: choose one.

## Settings
domain-setting-institution = Name of the institution
domain-setting-late-after = Late after
domain-setting-corrections = Time for corrections
domain-setting-longest = Longest session
domain-setting-ahead = Sessions ahead
domain-setting-formula = Confidence formula
domain-setting-low = Low attendance
domain-setting-self = Photos by students
domain-setting-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
domain-setting-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
domain-setting-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
domain-setting-percent = { $percent } %
domain-setting-allowed = allowed
domain-setting-not-allowed = not allowed
domain-setting-whole = Type a whole number.

## What the environment fixes
domain-fixed-zone = Time zone
domain-fixed-zone-effect = Today, “late” and every time on a page follow this clock.
domain-fixed-consent = Consent
domain-fixed-consent-attest = Attest: an administrator’s upload says that the student agreed
domain-fixed-consent-strict = Strict: a consent has to be recorded first
domain-fixed-consent-effect = Decides whether a photo may be stored before a consent was recorded.
domain-fixed-registration = Registration
domain-fixed-registration-open = Open: anybody may make a student’s account
domain-fixed-registration-closed = Closed: accounts come from administrators alone
domain-fixed-registration-effect = Decides who may make an account.
domain-fixed-faces = Face recognition
domain-fixed-faces-on = On
domain-fixed-faces-off = Off: attendance by hand alone
domain-fixed-faces-effect = Off takes the camera and every face away; registers stay.
domain-fixed-pack = Model pack
domain-fixed-pack-first = The first that is there
domain-fixed-pack-effect = Which networks find faces and tell them apart; see Models.
domain-fixed-address = Address
domain-fixed-address-none = Not set; serving on { $address }
domain-fixed-address-effect = Links in mails begin with it, and with https the camera and safe cookies work everywhere.
domain-fixed-mail = Mail
domain-fixed-mail-from = Sent as { $sender }
domain-fixed-mail-no-sender = A mail server is named, but no sender (MAIL_FROM)
domain-fixed-mail-none = Not sent: messages wait in the outbox
domain-fixed-mail-effect = Decides whether messages leave the outbox.
domain-fixed-tokens = Tokens
domain-fixed-tokens-value = Access { $hours } h, refresh { $days } days
domain-fixed-tokens-effect = How long programs that use the API stay signed in.

## Backups
domain-backup-running = A backup is being made already. Wait until it is done.
domain-backup-damaged = { $name } is damaged and cannot be restored: { $why }
domain-backup-step-copy = Copying the database
domain-backup-step-pack = Packing the database
domain-backup-step-photos = Packing photos
domain-backup-step-check = Checking what was written

## Requests that waited on a device
domain-request-key = The Idempotency-Key is not one.
domain-request-key-used = This Idempotency-Key was used for something else.

## Imports
domain-import-no-csv = Choose a CSV file.
domain-import-not-whole = The file did not arrive whole.
domain-import-nothing = No row of this file would change anything.
domain-import-undo-over = An import can be undone for { $hours } hours; that time is over.
domain-import-not-stopped = This import has not stopped.
domain-import-at-work = The server is at work on this import. Wait until it is done.
domain-import-cannot-rehearse = This import is { $state } and cannot be rehearsed.
domain-import-cannot-apply = This import is { $state } and cannot be applied.
domain-import-cannot-discard = This import is { $state } and cannot be discarded.
domain-import-cannot-undo = This import is { $state } and cannot be undone.
domain-import-state-uploaded = columns to check
domain-import-state-rehearsing = rehearsing
domain-import-state-rehearsed = ready to apply
domain-import-state-applying = applying
domain-import-state-applied = applied
domain-import-state-undoing = undoing
domain-import-state-undone = undone
domain-import-state-discarded = discarded
domain-import-name-column = Choose the column of the names.
domain-import-email-column = Choose the column of the email addresses.
domain-import-no-column = The file has no such column. Choose it again.
domain-import-column-twice = This column is chosen as { $column } already.
domain-import-column-name = Name
domain-import-column-first-name = First name
domain-import-column-last-name = Last name
domain-import-column-email = Email
domain-import-column-phone = Phone
domain-import-column-department = Department
domain-import-column-roll-no = Roll number
domain-import-column-photo = Photo

## What imports have kept in English
domain-import-workbook = This is a workbook. In the spreadsheet program choose "Save as" and "CSV UTF-8".
domain-import-not-text = This is not a text file. Save the table as CSV.
domain-import-columns = The file has more than { $most } columns.
domain-import-no-rows = The file has no rows below its headings.
domain-import-rows = The file has { $rows } rows; at most { $most } are taken at once.
domain-import-unreadable = The file cannot be read: { $why }.
domain-import-several-files = There are several files of this name.
domain-import-no-file = There is no such file among the photos.
domain-import-photos-full = A student has at most { $most } photos.
domain-import-no-zip = This is not a ZIP file that can be read.
domain-import-zip-files = The ZIP holds { $count } files; at most { $most } are taken.
domain-import-zip-locked = The ZIP is locked with a password. Pack it without one.
domain-import-zip-large = Unpacked, the ZIP would be larger than { $most } MB.
domain-import-zip-empty = The ZIP holds no files.
domain-import-zip-missing = No ZIP of photos came with the table.
domain-import-damaged = The file is damaged.
domain-import-no-photos = There are no photos.
domain-import-photo-large = The photo is larger than { $most } MB.
domain-import-photo-type = Only JPEG and PNG photos are taken.
domain-import-long-row = The row has more cells than the file has headings: a text with a delimiter needs quotes.
domain-import-roll-letters = A roll number may contain only letters, digits, and - _ . /
domain-import-fixed-number = { $name } has the roll number { $number } already, and a roll number is fixed for life.
domain-import-address-taken = { $student } has this address already.
domain-import-no-department = There is no department { $name }.
domain-import-line-address = Line { $line } has the same address.
domain-import-line-number = Line { $line } has the same roll number.
domain-import-line-student = Line { $line } is about the same student, { $number }.
domain-import-photo-stored = This photo is stored already.
domain-import-face-known = This face is already { $student }.
domain-import-gone = The uploaded files are not on this machine any more. Discard the import and upload again.
domain-import-new-photos = { $count ->
    [one] { $count } new photo
   *[other] { $count } new photos
}
domain-import-students-changed = The students have changed since the rehearsal.
domain-import-recorded = Attendance is recorded: the student stays, and is switched off.
domain-import-changed-student = Somebody has changed the student since: the student stays.
domain-import-added-photo = Somebody has added a photo since: the student stays.
domain-import-changed-since = changed since, so it stays.
domain-import-address-gone = the old address belongs to somebody else now.
domain-import-department-gone = the old department is gone.
domain-import-quality = Face quality too low. Please upload a clearer photo.
domain-import-consent = Consent is needed before a face may be stored.
domain-import-internal = Something went wrong on our side. Nothing was saved. Reference: { $reference }

## The audit log
domain-audit-backup-delete = Backup deleted
domain-audit-backup-download = Backup downloaded
domain-audit-backup-make = Backup made
domain-audit-contest-accept = Objection accepted
domain-audit-contest-decline = Objection declined
domain-audit-contest-open = Record objected to
domain-audit-demo-crowd = Demo students written
domain-audit-demo-sessions = Demo sessions written
domain-audit-department-create = Department created
domain-audit-department-delete = Department deleted
domain-audit-department-update = Department changed
domain-audit-import-applied = Students of a file written
domain-audit-import-apply = Import started
domain-audit-import-discard = Import discarded
domain-audit-import-rehearse = Import checked
domain-audit-import-undo = Import taken back
domain-audit-import-undone = Students of a file removed again
domain-audit-import-upload = File of students brought in
domain-audit-outbox-delete = Message deleted
domain-audit-outbox-retry = Message sent again
domain-audit-record-correct = Saved register corrected
domain-audit-record-photo = Marked by photo
domain-audit-record-rest = Unmarked students marked
domain-audit-record-set = Marked by hand
domain-audit-session-auto-close = Session closed by the clock
domain-audit-session-cancel = Session cancelled
domain-audit-session-change = Session changed
domain-audit-session-complete = Register saved
domain-audit-session-create = Session started
domain-audit-settings-change = Setting changed
domain-audit-student-activate = Student activated
domain-audit-student-consent = Consent given
domain-audit-student-create = Student added
domain-audit-student-data-copy = Copy of the own data taken
domain-audit-student-deactivate = Student deactivated
domain-audit-student-delete = Student deleted
domain-audit-student-erase = Student erased
domain-audit-student-face-remove = Face removed, consent withdrawn
domain-audit-student-photo-add = Photo added
domain-audit-student-photo-remove = Photo removed
domain-audit-student-photo-replace = Photo replaced
domain-audit-student-photo-view = Looked at a photo
domain-audit-student-re-enrol = Photos embedded anew
domain-audit-student-self-enrol = Photos of oneself added
domain-audit-student-update = Student changed
domain-audit-user-activate = Account switched on
domain-audit-user-change-password = Password changed
domain-audit-user-change-role = Role changed
domain-audit-user-create = Account created
domain-audit-user-deactivate = Account switched off
domain-audit-user-delete = Account deleted
domain-audit-user-invite = Account invited
domain-audit-user-link-student = Account joined to a student
domain-audit-user-refused = Was refused
domain-audit-user-request-reset = New password asked for
domain-audit-user-reset-password = Password reset
domain-audit-user-send-link = Link sent
domain-audit-user-sign-in = Signed in
domain-audit-user-sign-in-failed = Sign-in failed
domain-audit-user-sign-out = Signed out
domain-audit-user-sign-out-device = Device signed out
domain-audit-user-sign-out-others = Other devices signed out
domain-audit-user-unlink-student = Account parted from its student
domain-audit-user-update = Account changed
domain-audit-user-verify-email = Email address verified
domain-audit-export = export
domain-audit-marked = { $place ->
    [known] { $who } marked { $student } { $status } in { $subject }, { $date }
   *[unknown] { $who } marked { $student } { $status }
}
domain-audit-marked-photo = { $place ->
    [known] { $who } marked { $student } { $status } by photo in { $subject }, { $date }
   *[unknown] { $who } marked { $student } { $status } by photo
}
domain-audit-took-back = { $place ->
    [known] { $who } took back the mark of { $student } in { $subject }, { $date }: it was { $status }
   *[unknown] { $who } took back the mark of { $student }: it was { $status }
}
domain-audit-confirmed = { $place ->
    [known] { $who } confirmed { $student } as { $status } in { $subject }, { $date }
   *[unknown] { $who } confirmed { $student } as { $status }
}
domain-audit-changed = { $place ->
    [known] { $who } changed { $student }’s record in { $subject }, { $date }: { $from } → { $to }
   *[unknown] { $who } changed { $student }’s record: { $from } → { $to }
}
domain-audit-with-reason = { $sentence } — { $reason }
domain-audit-some-student = a student
domain-audit-student-number = student { $id }
domain-audit-setting = { $who } changed the setting “{ $setting }”: { $from } → { $to }
domain-audit-details = { $who } changed the details of { $name } ({ $number })
domain-audit-active-again = { $who } made { $name } ({ $number }) an active student again
domain-audit-inactive = { $who } made { $name } ({ $number }) inactive
domain-audit-system = The system
domain-audit-told = { $who }: { $title }
domain-audit-told-of = { $who }: { $title } — { $thing }
domain-audit-thing-student = { $name } ({ $number })
domain-audit-thing-session = { $subject }, { $date }
domain-audit-thing-both = { $student } · { $session }
domain-audit-row-action = Action
domain-audit-row-who = Who
domain-audit-row-what = What
domain-audit-row-sentence = Written then
domain-audit-row-reference = Reference of the request
domain-audit-row-address = From the address
