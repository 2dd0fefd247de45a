## Words of all pages

list-sort = Sort by
list-show = Show
list-page-size = { $count } a page
status-present = Present
status-late = Late
status-absent = Absent
status-excused = Excused
status-unmarked = Unmarked
status-count-present = { $count } present
status-count-late = { $count } late
status-count-absent = { $count } absent
status-count-excused = { $count } excused
status-count-unmarked = { $count } unmarked
role-student = Student
role-teacher = Teacher
role-admin = Administrator
state-active = Active
state-inactive = Inactive
stage-not-started = Not started
stage-open = Open
stage-to-confirm = To confirm
stage-done = Done
stage-cancelled = Cancelled
word-optional = (optional)
word-cancel = Cancel
word-search = Search
word-delete = Delete
word-try-again = Try again
word-sign-in = Sign in
word-actions = Actions
word-list-separator = {", "}

## Frame of every page

shell-description = Class attendance: photograph the room, get the register.
layout-skip = Skip to the content
layout-offline = No connection. Changes are not saved on the server until it is back.
nav-main = Main
nav-overview = Overview
nav-today = Today
nav-sessions = Sessions
nav-students = Students
nav-reports = Reports
nav-users = Users
nav-settings = Settings
nav-my-attendance = My attendance
nav-my-face = My face
user-menu-profile = Profile and devices
user-menu-sign-out = Sign out
language-choose = Language
search-box-everywhere = Everywhere
search-box-label = Search students, sessions and more
area-label = Administration
area-settings = Settings
area-departments = Departments
area-import = Import
area-models = Models
area-outbox = Outbox
area-audit = Audit log
area-backup = Backup
breadcrumbs-label = Breadcrumbs
skeleton-loading = Loading
toast-dismiss = Dismiss this message

## Lists

pagination-label = Pages of this list
pagination-range = { $from }–{ $to } of { $count }
pagination-previous = Previous
pagination-next = Next
contests-wait = { $count ->
    [one] 1 objection waits
   *[other] { $count } objections wait
}

## Counts of a register

counters-sentence = { $present } present, { $late } late, { $absent } absent, { $excused } excused, { $unmarked } unmarked; { $total } in all
counters-on-roster = on the roster
counters-mini = { $here } of { $total }

## Percentage of a student

share-sum = { $attended } attended of { $counted } counted
share-sum-late = { $attended } attended ({ $present } present and { $late } late) of { $counted } counted
share-excused = { $count ->
    [one] { $sum }; 1 excused session is not counted
   *[other] { $sum }; { $count } excused sessions are not counted
}
share-rule = Present and late count as attended. Only saved registers are counted.
share-sessions = sessions

## Amounts

amount-bytes = { $count } bytes
amount-kb = { $amount } kB
amount-mb = { $amount } MB
amount-gb = { $amount } GB
amount-tb = { $amount } TB
amount-none = none
amount-in-ten-thousand = { $amount } in 10,000
amount-ms = { $amount } ms
amount-s = { $amount } s

## Charts

heat-weekday-1 = M
heat-weekday-2 = T
heat-weekday-3 = W
heat-weekday-4 = T
heat-weekday-5 = F
heat-weekday-6 = S
heat-weekday-7 = S
heat-month-empty = { $month }: no classes
heat-month-days = { $month }, days: { $counts }
heat-day-title = { $day }: { $words }
line-label = { $label }. { $told }
line-one = One value: { $value }.
line-many = { $count } values. First { $first }; lowest { $lowest }; last { $last }. The table has all of them.

## Changes

history-reason = Reason:
history-became = became

## Chips

chip-faces = { $count ->
    [0] No face yet
    [one] 1 face
   *[other] { $count } faces
}
chip-quality-good = Good quality
chip-quality-fair = Fair quality
chip-quality-poor = Poor quality
chip-import-stopped = Stopped
chip-row-new = New
chip-row-changed = Changed
chip-row-unchanged = Unchanged
chip-row-problem = Problem
chip-row-left-out = Left out
chip-row-undone = Undone
chip-row-kept = Kept
chip-row-photo-waits = Photo waits
chip-row-created = Created

## Photos in a form

picker-choose = Choose photos
picker-choose-one = Choose a photo
picker-use-camera = Use the camera
picker-close-camera = Close the camera
picker-camera-photo = Camera photo
picker-hint = One person, looking at the camera, evenly lit. Front, slightly left and slightly right together work best. JPEG or PNG; photos are made smaller and stripped of their metadata before they are sent.
picker-refused = { $name }: { $why }
picker-too-many = at most { $most } photos at once.
picker-heic = This is a HEIC photo, which browsers cannot show. Set the phone's camera to “Most compatible”, or send it as JPEG.
picker-too-large = This file is larger than 40 MB.
picker-wrong-kind = Only JPEG and PNG photos are taken.
pick-preview = Preview of { $name }
pick-take-out = Take out { $name }
pick-again = Take again
pick-again-name = Take again: { $name }
pick-checking = Looking at the face …
pick-looks-alike = Looks alike
pick-lookalike = This face is very close to { $name } ({ $roll }).
pick-compare = Compare
pick-face-size = Face { $px } px
pick-sharpness = Sharpness { $percent } %
pick-brightness = Brightness { $percent } %
pick-turned = Turned { $degrees }°

## Trouble

trouble-code = Error { $status }
trouble-no-connection = No connection
trouble-title-401 = Please sign in
trouble-title-403 = You may not see this
trouble-title-404 = There is nothing here
trouble-title-413 = That was too much at once
trouble-title-503 = Just a moment
trouble-title-500 = Something went wrong
trouble-title-other = That did not work
trouble-first-page = Go to your first page
trouble-no-such-page = The address may have been mistyped, or what stood here has been removed.
trouble-missing = This { $what } does not exist, or you may not see it.
trouble-missing-attendance-record = This attendance record does not exist, or you may not see it.
trouble-missing-session = This attendance session does not exist, or you may not see it.
trouble-missing-backup = This backup does not exist, or you may not see it.
trouble-missing-department = This department does not exist, or you may not see it.
trouble-missing-import = This import does not exist, or you may not see it.
trouble-missing-login-session = This login session does not exist, or you may not see it.
trouble-missing-message = This message does not exist, or you may not see it.
trouble-missing-objection = This objection does not exist, or you may not see it.
trouble-missing-photo = This photo does not exist, or you may not see it.
trouble-missing-record = This record does not exist, or you may not see it.
trouble-missing-student = This student does not exist, or you may not see it.
trouble-missing-student-of-session = This student of this session does not exist, or you may not see it.
trouble-missing-user = This user does not exist, or you may not see it.
resource-unreadable = The page brought data that cannot be read. Load it again.

## Camera that leads from photo to photo

guide-count = Photo { $number } of { $count }
guide-said = Photo { $number } of { $count }: { $label }. { $hint }
guide-skip = Skip this photo
guide-skipped = Skipped
guide-after-all = Take it after all
guide-after-all-name = Take it after all: { $name }
guide-now = This one now
guide-to-come = Still to come
guide-refused = Nothing is stored yet: take this photo again.
guide-done = Ready to be stored
guide-done-hint = Look at the photos once more. Nothing is stored yet, and leaving this page forgets them.
guide-photos = The photos so far
