## Today

today-title = Today
today-sessions = Sessions of today
today-empty = No session yet today
today-empty-why = Start one: the roster is the department's active students as of now.
today-owed = { $count ->
    [one] You still owe 1 register
   *[other] You still owe { $count } registers
}
today-owed-all = Show all { $count }
today-owed-closed = “To confirm”: the clock closed it and entered the unmarked as absent. Please look.
today-start = Start a session
today-choose = Please choose
today-no-department = You belong to no department yet. An administrator can add you to one.
today-department = Department
today-subject = Subject
today-starts = Starts
today-ends = Ends
today-more = Another day, notes
today-date = Date
today-notes = Notes
today-start-go = Start session

## Sessions

sessions-title = Sessions

## One session

session-lead = { $department } · { $day } · { $clock } · { $teacher }
session-history = History
session-print = Print
session-contests = Objections
session-parts = Part of this page
session-file = Register as a file
session-photo-not-sent = This browser cannot send the photo.
session-stands = How this session stands
session-to-confirm = Closed by the clock: please confirm
session-to-confirm-why = Nobody saved this register in time, so everybody without a mark was entered as absent. Correct who was there, then confirm.
session-saved = This register is saved
session-correctable = Single records can still be corrected, with a reason.
session-not-correctable = It cannot be changed here any more. An administrator can still correct a record.
session-cancelled = This session was cancelled
session-cancelled-why = It takes no marks and does not count for anybody.
session-all-marked = Everybody is marked.
session-still-unmarked = { $count } still unmarked.
session-save = Save register
session-save-question = Save this register?
session-save-nobody = Everybody is marked; nobody changes.
session-save-absent = { $count ->
    [one] 1 unmarked student becomes absent.
   *[other] { $count } unmarked students become absent.
}
session-save-afterwards = Afterwards photos mark nobody any more; single records can be corrected with a reason.
session-save-go = Save it
session-save-done = The register is saved.
session-confirm-question = Are the absences right?
session-confirm = Confirm register
session-confirm-done = The register is confirmed.
session-cancel-lead = The class did not take place?
session-cancel = Cancel session
session-cancel-question = Cancel this session?
session-cancel-consequence = For a class that did not take place: it takes no marks and counts for nobody. This cannot be undone.
session-cancel-go = Cancel the session
session-cancel-done = The session is cancelled.

## Camera

camera-too-dark = Too dark: switch a light on or turn away from the window
camera-picture = Live picture of the camera
camera-on = Camera on
camera-start = Turn the camera on
camera-starting = Starting the camera. Please allow it if the browser asks.
camera-paused = The camera is off while this page is out of sight.
camera-no-picture = No live picture
camera-shutter = Take photo
camera-burst = Burst of { $count }
camera-in-burst = Hold still…
camera-switch = Other camera
camera-stop = Turn off
camera-file = Take a photo
camera-not-secure = Browsers give the camera only to pages opened over HTTPS or on this very computer. Take the photo with the camera app and choose it here, or ask for the HTTPS address.
camera-denied = The browser was not allowed to use the camera. Allow it in the address bar or in the settings of the browser and try again, or choose photos instead.
camera-none = No camera was found on this device. Connect one and try again, or choose photos instead.
camera-in-use = Another program is using the camera. Close it and try again, or choose photos instead.
camera-did-not-start = The camera did not start. Try again, or choose photos instead.

## Marking by photo

capture-title = Camera
capture-unavailable = No marking by photo
capture-by-hand = The register works as always: mark by hand.
capture-saved = The register is saved; photos mark nobody any more.
capture-cancelled = This session was cancelled; it takes no marks.
capture-not-yours = Only teachers of this department and administrators can mark here.
capture-next = Next photo
capture-queue = { $count } photos to go
capture-choose = Choose photos
capture-send = Send the photo
capture-live = Live mode
capture-live-stop = Stop live mode
capture-live-looking = Live mode: looking for faces
capture-live-stopped = Live mode stopped. { $why }
shot-waiting = Waiting for the photo before it …
shot-looking = Looking for faces …
shot-progress = Looking for faces
shot-retry = Send this photo again
shot-picture = Photo { $number } of this page
shot-marked-nobody = Nobody new was marked.
shot-marked = { $count ->
    [one] 1 student was marked.
   *[other] { $count } students were marked.
}
shot-no-face = No face was found. What may help:
shot-faces = Faces of this photo
shot-strip = Photos of this page
shot-tile-waiting = Photo { $number }: waiting
shot-tile-sending = Photo { $number }: being looked at
shot-tile-done = Photo { $number }: { $count } marked
shot-tile-kept = Photo { $number }: waits on this device
shot-tile-failed = Photo { $number }: not sent

## Faces of a photo

face-certain = Certain
face-check = Please check
face-unknown = Not known
face-too-small = Too small
face-count-certain = { $count } certain
face-count-check = { $count } please check
face-count-unknown = { $count } not known
face-count-too-small = { $count } too small
face-none = No face found
face-sum = { $count ->
    [one] 1 face: { $kinds }
   *[other] { $count } faces: { $kinds }
}
face-already-marked = { $status ->
    [present] { $name } was already marked present
    [late] { $name } was already marked late
    [absent] { $name } was already marked absent
   *[excused] { $name } was already marked excused
}
face-please-check = Please check: { $names }
face-too-small-to-compare = Too small to compare: step closer or take another photo
face-nobody = Nobody of this roster

## News of a register

live-connected = Live with other devices
live-reconnecting = Reconnecting to other devices
live-marked = { $status ->
    [present] { $name } marked present
    [late] { $name } marked late
    [absent] { $name } marked absent
   *[excused] { $name } marked excused
}
live-unmarked = { $name } is unmarked again
live-many-changed = { $count } students changed
live-rest-marked = { $status ->
    [present] { $count } marked present.
    [late] { $count } marked late.
    [absent] { $count } marked absent.
   *[excused] { $count } marked excused.
}
live-not-changed = { $name } was not changed.
live-not-changed-why = { $name } was not changed. { $why }
live-by-photo = by photo
live-by-clock = by the clock
live-by-import = by import
live-by-you = by you
live-by-you-waiting = by you, waits on this device
live-by-teacher = by a teacher
live-by = by { $name }
live-status-line = { $status }, { $maker }

## Register

grid-title = Register
grid-keys = Keys:{" "}
grid-keys-row = {" "}row,{" "}
grid-keys-set = {" "}set,{" "}
grid-keys-back = {" "}take back
grid-none-fit = Nobody on this roster fits the search.
grid-search = Search the register
grid-search-by = Name or roll number
grid-rest = Mark the rest
grid-rest-question = Mark all who are still unmarked?
grid-rest-note = unmarked. Nobody else is changed, and each can be changed afterwards.
grid-rest-as = { $status ->
    [present] Mark them present
    [late] Mark them late
    [absent] Mark them absent
   *[excused] Mark them excused
}
grid-row = { $name }, { $roll }, { $status }
grid-no-face = no face yet
grid-set-name = Set { $name }
grid-note = Note
grid-note-name = Note for { $name }
grid-note-saved = Saved when you leave the field.
grid-note-waits = Saved together with the status you choose.
grid-take-back = Take back: unmarked again
grid-correct = Correct
grid-correct-name = Correct { $name }
grid-correct-to = Correct to
grid-reason = Reason, for the history
grid-reason-missing = A reason is needed, in a few words.

## Review

review-title = Review
review-skip = Skip to the register
review-sum = { $certain } certain, { $check } to check, { $unseen } not seen, { $nobody } of nobody here
review-keys = Keys:{" "}
review-keys-move = {" "}move,{" "}
review-keys-accept = {" "}accept,{" "}
review-keys-choose = {" "}choose,{" "}
review-keys-none = {" "}none of them,{" "}
review-keys-set = {" "}set,{" "}
review-keys-undo = {" "}undo
review-check = Please check
review-check-none = No open questions.
review-unseen = Not seen
review-unseen-none = Everybody on the roster is marked or asked about.
review-unseen-note = Nobody is absent because a photo missed them: that is for you to say.
review-unseen-row = { $name }, { $roll }, not seen
review-mark = { $status ->
    [present] Mark { $name } present
    [late] Mark { $name } late
    [absent] Mark { $name } absent
   *[excused] Mark { $name } excused
}
review-nobody = Faces of nobody on this roster
review-nobody-note = They are not stored. Somebody is missing here? Mark them by hand.
review-dismissed = { $place }, by your choice
review-certain = Certain
review-certain-row = { $name }, { $status }
review-photo = photo { $number }
review-live-picture = live picture
review-the-live-picture = the live picture
review-face-in-photo = The face in photo { $number }
review-face-live = The face in the live picture
review-none-of-them = None of them
review-enrolment-photo = Enrolment photo of { $name }
review-mark-present = mark present
review-likely = likely
review-possible = possible
review-likely-name = likely { $name }
review-possible-name = possible { $name }
