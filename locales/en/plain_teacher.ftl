## Search

search-form = Search on this page
search-placeholder = Name, roll number, subject, day
search-kinds = Students by name, roll number or email; sessions by subject or day
search-kinds-admin = Students by name, roll number or email; sessions by subject or day; users; departments
search-hint-title = What are you looking for?
search-hint = Students by name, roll number or email; sessions by subject or day.
search-hint-admin = Students by name, roll number or email; sessions by subject or day; users; departments.
search-all-students = All students
search-all-sessions = All sessions
search-new-student = New student
search-matches = { $count ->
    [one] 1 match for “{ $text }”
   *[other] { $count } matches for “{ $text }”
}
search-nothing = Nothing matches “{ $text }”
search-nothing-why = Try part of a name, a roll number such as CS-2025-001, a subject, or a day such as 3 Nov or yesterday.
search-show-all = Show all { $count }
search-departments = Departments
search-active-students = { $count } active students

## Objections

contests-title = Objections
contests-lead = Students who say that a record is wrong. Accepting corrects the register, with your name and the reason in its history.
contests-done-accepted = The record is corrected. The student sees your answer.
contests-done-declined = The record stays. The student sees your answer.
contests-state = State
contests-state-open = Waiting
contests-state-accepted = Accepted
contests-state-declined = Declined
contests-state-all = All
contests-sort-oldest = Oldest first
contests-sort-newest = Newest first
contests-apply = Apply
contests-all-sessions = All sessions
contests-none-open = No objection waits
contests-none-open-why = When a student says that a record is wrong, it appears here until somebody decides.
contests-none = Nothing here
contests-none-why = No objection fits this filter.
contests-show-all = Show all objections
contests-written = Written { $at }
contests-decided = { $who }, { $at }
contests-history = History of this record
contests-outcome = The student was
contests-outcome-present = present
contests-outcome-late = late
contests-outcome-excused = excused
contests-answer = Answer to the student
contests-accept = Accept and correct
contests-too-late = The time in which teachers correct this register is over. An administrator can still accept.
contests-why = Why it stays as it is
contests-decline = Decline

## History of a register

register-history-title = History of the register
register-history-which = Which changes
register-history-all = Every change
register-history-corrections = Corrections ({ $count })
register-history-list = Changes, the latest first
register-history-show-all = Show every change
register-history-no-corrections = Nothing was corrected
register-history-no-corrections-why = Nobody has changed a mark since this register was saved.
register-history-none = No changes are known
register-history-none-why = The register is older than what the audit log still keeps.
register-history-past-end = Nothing on this page
register-history-past-end-why = The history has fewer pages than that.

## Register on paper

sheet-title = Attendance register
sheet-print = Print this page with the browser: Ctrl + P, or ⌘ P on a Mac.
sheet-subject = Subject
sheet-department = Department
sheet-teacher = Teacher
sheet-date = Date
sheet-time = Time
sheet-late-after = Late after
sheet-minutes = { $count } min
sheet-state = State
sheet-saved-on = Saved on { $at }
sheet-saved = Saved
sheet-not-final = { $stage }: this register is not final
sheet-notes = Notes:
sheet-caption = Everybody on the roster, with status and note
sheet-number = No.
sheet-roll-number = Roll number
sheet-name = Name
sheet-status = Status
sheet-marked = Marked
sheet-note = Note
sheet-by-photo = by photo
sheet-by-clock = by the clock
sheet-by-hand = by hand
sheet-by = by { $person }
sheet-sum = { $present } present + { $late } late + { $absent } absent + { $excused } excused + { $unmarked } unmarked
sheet-sum-total = { $count } on the roster
sheet-signed-on = Date
sheet-signature = Signature ({ $teacher })
sheet-drawn = Drawn by Rollcall on { $at }

## History of a student

student-history-of = Attendance of { $name }
student-history-title = Attendance and history
student-history-done-deactivated = The student is inactive: on no new roster, and no photo finds them any more.
student-history-done-activated = The student is active again and stands on new rosters.
student-history-attendance = Attendance
student-history-share-none = Nothing to count yet: no register with this student was saved.
student-history-counted = How it is counted
student-history-subjects = By subject
student-history-subjects-caption = Saved registers by subject
student-history-subject = Subject
student-history-records = Session by session
student-history-records-caption = Sessions with this student: { $count }
student-history-records-none = No sessions yet
student-history-records-none-why = The student has stood on no roster so far: a session takes the department's active students when it starts.
student-history-start-session = Start a session
student-history-session = Session
student-history-day = Day
student-history-status = Status
student-history-marked = Marked
student-history-note = Note
student-history-changes = History
student-history-changes-none = Nothing was changed that the log still knows of.
student-history-leaving = Leaving
student-history-deactivate = Deactivate
student-history-deactivate-consequence = The student stands on no new roster and no photo finds them. Photos and past records stay, and this can be undone at any time.
student-history-activate = Activate again
student-history-activate-consequence = The student stands on new rosters again, and photos find them.
student-history-erase = Erase this student …
student-history-erase-final = This cannot be undone.
student-history-erase-losses = What goes, and what stays:
student-history-erase-faces =
    { $photos ->
        [one] 1 photo
       *[other] { $photos } photos
    } and { $templates ->
        [one] 1 template
       *[other] { $templates } templates
    } go at once, also out of the search.
student-history-erase-fields = Name, roll number, email, phone and the consents go.
student-history-erase-no-records = There are no records, so nothing of the student is left.
student-history-erase-records = { $count ->
    [one] 1 record stays in the counts of the registers, under the name “Erased student”; their notes go.
   *[other] { $count } records stay in the counts of the registers, under the name “Erased student”; their notes go.
}
student-history-erase-account = The account “{ $account }” is erased with them: nobody can sign in with it any more.
student-history-erase-backups = Messages, rows of imports and the words of the audit log about them go too. Backups keep all of it until they are deleted.
student-history-erase-confirm = Type { $roll } to confirm
student-history-erase-go = Erase for good

## Reports: filters

reports-period = { $from } to { $to }
reports-of-all-departments = all departments
reports-of-subject = subject “{ $subject }”
reports-this-week = This week
reports-last-30-days = Last 30 days
reports-last-90-days = Last 90 days
reports-last-365-days = Last 365 days
reports-filters = What to report
reports-from = From
reports-to = To
reports-department = Department
reports-all-departments = All departments
reports-subject = Subject
reports-student = Student
reports-student-hint = Roll number or name
reports-over-time = Over time
reports-step-by-length = By length
reports-step-day = By day
reports-step-week = By week
reports-step-month = By month
reports-below = Attended below, %
reports-below-hint = 1 to 100; empty for all
reports-show = Show
reports-clear = Clear the filters
reports-tab-low = Low attendance
reports-tab-without-register = Without a register
reports-too-much = Too much for one file
reports-too-much-why = A file holds at most 1,000,000 rows, a PDF 5,000. Choose a shorter period, one department or one student.

## Reports: overview

reports-empty = No saved registers in this period
reports-empty-why = Reports count the sessions whose register a person has saved. None fits this period and these filters.
reports-longer = Look at the last 365 days
reports-percentage = Percentage
reports-arithmetic = { $count ->
    [one] { $arithmetic }, in 1 saved session
   *[other] { $arithmetic }, in { $count } saved sessions
}
reports-records = records
reports-students-below = Students below { $limit } %
reports-owed = { $count ->
    [one] 1 session without a register
   *[other] { $count } sessions without a register
}
reports-owed-why = in this period: not saved, or closed by the clock and not confirmed. They are not in the numbers.
reports-trend-day = Over time, by day
reports-trend-day-label = Attended, by day
reports-trend-week = Over time, by week
reports-trend-week-label = Attended, by week
reports-trend-month = Over time, by month
reports-trend-month-label = Attended, by month
reports-day = Day
reports-week = Week from
reports-month = Month
reports-point = { $when }: { $percentage }, { $arithmetic }
reports-by-subject = By subject
reports-by-subject-caption = Attendance by subject
reports-by-department = By department
reports-by-department-caption = Attendance by department
reports-lowest-first = The { $shown } lowest of { $count }; the table has all of them.
reports-files = Files
reports-file-report = This report
reports-file-records = Records behind it

## Reports: tables

reports-numbers = { $count ->
    [one] The numbers (1 row)
   *[other] The numbers ({ $count } rows)
}
reports-attended = Attended
reports-attended-of = { $attended } of { $counted }

## Reports: students

reports-by-student = Attendance by student
reports-by-student-caption = Students: { $count }
reports-file-students = All students of this filter
reports-past-end = Nothing on this page
reports-past-end-why = The list is shorter by now.
reports-past-end-first = Go to its first page
reports-nobody-below = Nobody is below the limit
reports-nobody-below-why = Every student with records in this period has attended at least { $limit } %, or nothing counts yet.
reports-all-students = Show all students
reports-no-records = No records in this period
reports-no-records-why = Students are listed here once a register that they stand on has been saved.

## Reports: sessions without a register

reports-without-register = Sessions without a register
reports-none-owed = No register is missing
reports-none-owed-why = Every session of this period has a register that a person has saved or confirmed.
reports-all-sessions = All sessions
reports-sessions = { $count } sessions

## Lists of sessions and students

word-save = Save
sessions-lead = Every class meeting and its register.
sessions-start = Start a session
sessions-all-departments = All departments
sessions-any-state = Any state
sessions-owed = Owed by me
sessions-open = Open
sessions-saved = Saved or closed
sessions-cancelled = Cancelled
sessions-subject = Subject
sessions-department = Department
sessions-state = State
sessions-from = From
sessions-to = To
sessions-none-match = No session matches
sessions-none-match-why = No session fits these filters.
sessions-show-all = Show all sessions
sessions-empty = No sessions yet
sessions-empty-why = The first session appears here as soon as somebody starts it.
sessions-count = { $count } sessions
sessions-file = Saved records as a file
sessions-file-recent = Saved records of the last 30 days
students-lead = Everybody who can stand on a roster. Students without a face are marked by hand.
students-new = New student
students-all-departments = All departments
students-any-state = Any
students-active-only = Active only
students-inactive-only = Inactive only
students-sort-name = Name
students-sort-newest = Newest first
sessions-sort-latest = Latest first
sessions-sort-earliest = Earliest first
reports-sort-lowest = Lowest first
reports-sort-highest = Highest first
reports-sort-name = Name
reports-sort-roll = Roll number
students-any-face = Any
students-without-face = Without a face
students-with-face = With a face
students-caption = Students: { $count }
students-student = Student
students-face = Face
students-none-match = Nobody matches
students-none-match-why = No student fits this search and these filters.
students-show-all = Show all students
students-empty = No students yet
students-empty-add = Add the first one: a name, an address and a department are enough, photos can follow.
students-empty-wait = An administrator adds students; they appear here by themselves.
