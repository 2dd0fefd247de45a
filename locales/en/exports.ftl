## Files to take away: their titles, headings and words. The files of the REST API say the same in English.

export-title-register = { $institution }: { $subject } on { $date }
export-title-records = { $institution }: attendance records
export-title-statistics = { $institution }: attendance from { $from } to { $to }
export-institution = Institution
export-department = Department
export-subject = Subject
export-teacher = Teacher
export-date = Date
export-start = Start
export-end = End
export-state = State
export-state-active = active
export-state-completed = completed
export-state-cancelled = cancelled
export-completed = Completed
export-counts = Counts
export-counts-sentence = { $total } students: { $present } present, { $late } late, { $absent } absent, { $excused } excused, { $unmarked } unmarked
export-notes = Notes
export-register = Register
export-records = Records
export-roll-no = Roll no
export-name = Name
export-status = Status
export-status-present = present
export-status-late = late
export-status-absent = absent
export-status-excused = excused
export-status-unmarked = unmarked
export-marked-at = Marked at
export-marked-by = Marked by
export-signature = Signature: { $name }
export-signed-on = Date
export-from = From
export-to = To
export-written = Written
export-overall = Overall
export-by-department = By department
export-by-student = By student
export-by-subject = By subject
export-by-day = By day
export-by-week = By week
export-by-month = By month
export-period = Period
export-period-words = { $from } to { $to }
export-student = Student
export-week-from = Week from
export-month = Month
export-sessions = Sessions
export-attendance = Attendance %
export-attendance-rule = present / records
export-attended = Attended %
export-attended-rule = (present + late) / (records − excused)
export-contains = contains “{ $part }”
export-too-many = More than { $most } rows: choose a shorter range or one department.
export-format = Choose csv, xlsx or pdf.

## The audit log to take away

export-time-zone = Time zone
export-when = When
export-who = Who
export-what = What
export-sentence = Sentence
export-action = Action

## Rows of an import with problems

export-line = Line
export-problems = Problems

## A long file while it is made

exports-title = File of records
exports-waiting = Another long file is being made: this one waits for its turn
exports-making = Being made: { $done } of { $total } rows
exports-counting = Being made: the rows are counted
exports-why = You may leave this page. The file goes on being made, and this address shows it.
exports-ready = The file is ready: { $size }
exports-until = It is kept here until { $until }. After that, ask for it again.
exports-download = Download the file
exports-failed = The file could not be made
exports-failed-why = Ask for it again in a few minutes, or choose a shorter period, one department or one student.
exports-to-reports = Back to the reports
exports-gone = This file is no longer here, or is not yours. Files are kept for an hour: ask for it again.
exports-at-work = { $most ->
    [one] One of your files is being made. Wait until it is ready, then ask again.
   *[other] { $most } of your files are being made. Wait until one is ready, then ask again.
}
