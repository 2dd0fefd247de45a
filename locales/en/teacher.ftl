## Any page

routes-other-role = This page belongs to another role.

## Student

student-saved = Saved.
student-attendance-link = Attendance and history
student-details = Details
student-name = Name
student-roll-number = Roll number
student-department = Department
student-email = Email
student-phone = Phone
student-account = Signs in as
student-no-account = No account linked
student-added = Added
student-edit = Edit
student-roll-number-stays = The roll number stays as it is, for life.
student-state = State
student-state-active = Active: stands on new rosters
student-state-inactive = Inactive: on no new roster, past records stay
student-save = Save changes

## Photos of a student

student-photos-title = Face
student-photos-none = No photo yet. This student is marked by hand.
student-photos-none-add = No photo yet. Without one this student is marked by hand.
student-photos-not-usable = Not usable yet
student-photos-alt = Photo of { $name }, added { $added }
student-photos-shown = { $added } · shown in lists
student-photos-remove = Remove
student-photos-remove-question = Remove this photo?
student-photos-remove-consequence = The photo and the face data made from it are deleted at once and cannot be brought back.
student-photos-remove-go = Remove photo
student-photos-removed = The photo and its face data are gone.
student-photos-add = Add photos
student-photos-agreed = By adding a photo you confirm that the student agreed to it.
student-photos-none-usable = None of these photos can be stored.
student-photos-none-chosen = Choose or take a photo first.
student-photos-not-sent = This browser cannot send the photo.
student-photos-stored = { $count ->
    [one] Photo added.
   *[other] { $count } photos added.
}

## Students

students-title = Students
