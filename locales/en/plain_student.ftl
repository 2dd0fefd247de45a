## My attendance

me-done-contested = Your note is with the teachers of the department. The answer appears here, beside the session.
me-not-linked = Your account is not linked yet
me-not-linked-why = An administrator has to connect it with your entry in the list of students. Your attendance then appears here by itself.
me-empty = No classes yet
me-empty-why = As soon as a teacher takes attendance in a class of yours, it is listed here.
me-percentage = Percentage
me-subjects = By subject
me-subjects-caption = Attendance in each subject; the bars show present, late, absent and excused
me-subject = Subject
me-sessions = Sessions
me-attended = Attended
me-calendar = Day by day
me-all-subjects = All subjects
me-none-match = No session matches
me-none-match-why = No session of yours fits these filters.
me-show-all = Show all sessions
me-from = From
me-to = To
me-apply = Apply
me-clear = Clear
me-was-there = I was there
me-was-there-when = on { $day } in { $subject }

## "I was there"

my-record-closed = Nothing can be written about this record now: it is open already, was corrected, or the time is over.
my-record-title = What was recorded
my-record-note = What should your teacher know?
my-record-note-hint = For example where you sat, or who can confirm it. The teachers of the department read this; nothing changes until one of them has looked.
my-record-until = You can write until { $until }.
my-record-send = Send to the teacher
my-record-state-open = Waiting for an answer
my-record-state-accepted = Accepted
my-record-state-declined = Declined
my-record-answer = Answer:
my-record-wrote = You wrote on { $day }:

## My face

my-face-done-given = Thank you. Photos of you may be stored from now on.
my-face-done-withdrawn = Your face is gone. The receipt stands below.
my-face-done-enrolled = Your photos are stored. You can be recognised from now on.
my-face-not-linked-why = An administrator has to connect it with your entry in the list of students. What is stored of you then appears here by itself.
my-face-data = My data
my-face-data-what = Everything that is stored about you in one file: your entry, your attendance, your consents, who changed what, and your photos.
my-face-data-download = Download my data (ZIP)
my-face-stored-title = What is stored
my-face-stored-nothing = No photo and no face data of you is stored. Your attendance is taken by hand.
my-face-stored =
    { $photos ->
        [one] 1 photo
       *[other] { $photos } photos
    } and { $templates ->
        [one] 1 template
       *[other] { $templates } templates
    } made from them. Only templates of the model in use are searched: { $searched } now.
my-face-not-usable = Not usable yet
my-face-photo = Photo of you, stored since { $since }
my-face-photo-by-you = Since { $since }, by you
my-face-photo-by-institution = Since { $since }, by your institution
my-face-templates = { $count ->
    [one] 1 template
   *[other] { $count } templates
}
my-face-templates-shown = { $count ->
    [one] 1 template · shown to staff
   *[other] { $count } templates · shown to staff
}

## Consent

my-consent-title = Consent
my-consent-your-institution = your institution
my-consent-agreed = You agreed
my-consent-written = { $by } wrote down that you agreed
my-consent-attested = { $by } confirmed your consent when adding a photo
my-consent-withdrew = You withdrew
my-consent-removed = { $by } removed your face and wrote down that consent is withdrawn
my-consent-state-given = Given
my-consent-state-attested = Confirmed by your institution
my-consent-state-withdrawn = Withdrawn
my-consent-state-none = Not given yet
my-consent-of-notice = notice { $version }
my-consent-notice = The notice, version { $version }
my-consent-agree = I have read this and agree
my-consent-agree-again = Agree again
my-consent-delete = Withdraw and delete my face
my-consent-delete-question = Delete your face now?
my-consent-delete-consequence =
    { $photos ->
        [one] 1 photo
       *[other] { $photos } photos
    } and { $templates ->
        [one] 1 template
       *[other] { $templates } templates
    } are deleted at once and cannot be brought back. Your account and your attendance stay; from now on it is taken by hand.
my-consent-withdraw = Withdraw
my-consent-withdraw-question = Withdraw your consent?
my-consent-withdraw-consequence = Nobody can then add a photo of you. Nothing is stored now, and your attendance is taken by hand.
my-consent-refuse = Refuse
my-consent-refuse-question = Refuse that your face is stored?
my-consent-refuse-consequence = Nobody can then add a photo of you. Your attendance is taken by hand.

## Receipt of a removed face

my-receipt-title = Receipt
my-receipt-by-you = You withdrew on { $day } at { $time }. Your account and your attendance stay.
my-receipt-by-institution = Your institution removed your face on { $day } at { $time }. Your account and your attendance stay.
my-receipt-photos = Photos in the database
my-receipt-files = Photo files on the disk
my-receipt-templates = Templates in the database
my-receipt-searched = Templates in the running search
my-receipt-store = Store
my-receipt-removed = Removed
my-receipt-left = Left now

## Photos of oneself

my-photos-title = Add photos of yourself
my-photos-guided = The camera page leads you through the photos and says at once whether each one can be used.
my-photos-files = Or take or choose photos here
my-photos-refused = Nothing was stored. Take the marked photos again and choose the others once more: browsers do not keep files.
my-photos-room = One photo is enough, three are better. { $count } more can be stored.

## Profile and devices

profile-lead = Your own account.
profile-done-saved = Your details are saved.
profile-done-password = Your password is changed. All other devices are signed out.
profile-done-device = That device is signed out.
profile-done-others = All other devices are signed out.
profile-about = About you
profile-role = Role
profile-departments = Departments
profile-since = Since
profile-kept-by-admins = Username, email and role are changed by an administrator.
profile-password-lead = A new password signs all your other devices out.
profile-password-current = Current password
profile-password-new = New password
profile-password-again = New password again
profile-password-change = Change the password
profile-devices = Signed in on these devices
profile-sign-out-others = Sign out everywhere else
profile-sign-out-others-question = Sign out everywhere else?
profile-sign-out-others-consequence = All other browsers, and the programs that use your account, have to sign in again.
profile-sign-out-others-go = Sign them out
profile-devices-note = Something here that is not yours? Sign it out and change your password. A browser that is not used for an hour is signed out by itself.
profile-device-browser = Browser
profile-device-program = Program with an API token
profile-device-used = { $kind } · last used
profile-device-since = · signed in
profile-device-this = This device
profile-device-sign-out = Sign out { $name }

## An account of one's own

signup-title = Make an account
signup-lead = For students. Teachers are invited by { $who }.
signup-who = an administrator of your institution
signup-who-of = an administrator of { $institution }
signup-have-account = Have an account already?
signup-closed = Registration is closed
signup-closed-lead = Accounts are made by the administrators here. Ask { $who } for one.
signup-closed-how = They make the account and send you a link with which you choose your password.
signup-back = Back to sign in
signup-signed-in = You are signed in as { $name } and need no other account.
signup-username-hint = You sign in with it: 3 to 150 letters, digits and underscores.
signup-email-hint = The one that your school knows, so that your attendance finds you.
signup-first-name = First name
signup-last-name = Last name
signup-phone = Phone
signup-phone-hint = 10 to 15 digits.
signup-password-again = Password again
signup-go = Make the account
signup-sent = Look into your mail
signup-sent-lead = A message with a link is on its way to the address you typed.
signup-sent-then = Open the link within { $days } days and sign in. Look into the folder for spam as well.
signup-waits = Your account waits
signup-waits-lead = Its email address has to be verified first. Tell { $who }.
signup-waits-then = This site sends no mail by itself: the message with your link waits in the outbox, where administrators read it and pass the link on to you.
signup-no-link = No link? Ask { $who }: they can verify your address by hand.
signup-done-again = If an account waits for this address, a new message is written. The older link counts no more.
signup-email-of-account = Email of the account
signup-send-again = Send the message again
signup-write-again = Write the message again

## A lost password

forgot-title = Forgot your password?
forgot-lead = A link to choose a new one comes to the email address of your account.
forgot-go = Ask for a link
forgot-again = Ask for another link
forgot-unverified = Your address was never verified?
forgot-unverified-why = A new account has to be verified before it can get a new password.
forgot-remembered = Remembered it?
forgot-asked = That is all you need to do here
forgot-asked-what = If an account in use has this address, a message with a link is written.
forgot-asked-mail = Look into your mail, and into the folder for spam as well.
forgot-asked-outbox = This site sends no mail by itself: the message waits in the outbox, where administrators find it. Tell { $who }, who passes the link on to you.
forgot-asked-link = { $hours ->
    [one] The link counts for one hour and works once. Your old password stays until you use it.
   *[other] The link counts for { $hours } hours and works once. Your old password stays until you use it.
}
