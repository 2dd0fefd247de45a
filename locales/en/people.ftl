## Users

users-lead = Everybody who signs in: teachers, administrators, and students who look at their own attendance.
users-invite = Invite somebody
users-deleted = The account is deleted.
users-created = { $name } can sign in now
users-one-time-password = Hand over this password in person; it is shown only now.
users-caption = Accounts: { $count }
users-any-role = Any
users-any-state = Any
users-newest = Newest first
users-none-match = No such account
users-none-match-why = No account fits this search and these filters.
users-show-all = Show all accounts
users-account = Account
users-role = Role
users-last-sign-in = Last sign-in
users-state = State
users-never = Never
users-is-you = This is you
users-new = New account
users-username = Username
users-username-pattern = 3 to 150 letters, digits and underscores
users-username-hint = Letters, digits and underscores.
users-email = Email
users-first-name = First name
users-last-name = Last name
users-departments = Departments of the teacher
users-no-department = There is no department yet.
users-make-department = Make one first
users-password = Password
users-password-hint = Leave it empty and a one-time password is made and shown once. { $rule }
users-no-scripts = Scripts are off: type a password, a made one could not be shown.
users-make = Make account

## A new student

new-student-title = New student
new-student-no-department = First a department
new-student-no-department-why = Every student belongs to one, and its code begins the roll number. There is none yet.
new-student-make-department = Make a department
new-student-who = Who
new-student-name = Name
new-student-email = Email
new-student-phone = Phone
new-student-phone-pattern = 10 to 15 digits; +, spaces, dashes and brackets may stand between them
new-student-department = Department
new-student-choose = Choose …
new-student-roll-number = Roll number
new-student-roll-number-later = is given when the student is saved
new-student-face = Face
new-student-agreed = By saving photos you confirm that the student agreed to face recognition. Without photos the student is marked by hand.
new-student-save = Save student
new-student-left-out = { $count } of the photos cannot be used and will be left out.
new-student-not-sent = This browser cannot send the form.
new-student-saved = { $name } is saved as { $roll }.
new-student-lookalike = This face is very close to { $name } ({ $roll }). The two will always be asked about.

## Accounts, in every form about them

account-username = Username
account-username-pattern = 3 to 150 letters, digits and underscores
account-email = Email
account-password = Password
account-password-rule = At least 8 characters with a capital letter, a small letter, a digit and a special character.
account-link-needed = This page needs its link

## Sign in

login-lead = Attendance for your classes.
login-forgot = Forgot your password?
login-register = Make an account

## The first administrator

setup-tab = First administrator
setup-title = Welcome to Rollcall
setup-lead = Make the first administrator; everybody else is added from there.
setup-no-link = The server prints a one-time link at its first start. Open that link to make the first administrator.
setup-username-hint = Letters, digits and underscores.
setup-make = Make the administrator

## Links in messages

verify-tab = Verify your email
verify-title = Verify your email address
verify-lead = Then your account is ready and you can sign in.
verify-go = Verify my address
reset-tab = New password
reset-title = Choose a new password
reset-lead = All your devices are signed out when you save it.
reset-invited-title = Choose your password
reset-invited-lead = Then sign in with your username, which stands in the message.
reset-password = New password
reset-save = Save the password
link-whole = Open the whole link of the message that was sent to you.

## Photos that are looked at while they are chosen

check-not-sent = This browser cannot send the photo.

## Photos of oneself

my-photos-front = From the front
my-photos-front-hint = Look straight into the camera, face to the light, nothing in front of it.
my-photos-left = Slightly left
my-photos-left-hint = Turn your head a little to the left; both eyes stay in the picture.
my-photos-right = Slightly right
my-photos-right-hint = Turn your head a little to the right; both eyes stay in the picture.
my-photos-store = Store these photos
my-camera-title = Photos with the camera
my-camera-lead = One photo from the front and, better still, one slightly to each side. Nothing is stored before you say so.
my-camera-back = Back to my face
my-camera-files = Choose photos from files instead
my-camera-no-scripts = The camera needs scripts, which this browser does not run. Choose photos from files instead.
