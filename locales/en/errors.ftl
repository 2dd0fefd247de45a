## What was refused, and why

error-invalid = Please correct the marked fields.
error-parameter-missing = The parameter { $name } is required.
error-out-of-range = { $field } must be within { $range }.
error-credentials = Invalid username or password
error-account-inactive = This account is not active. Ask an administrator.
error-email-unverified = Please verify your email address first, with the link that was sent to it.
error-not-signed-in = Please sign in first.
error-token-invalid = The token is malformed or was changed.
error-token-expired = The token has expired. Please login again.
error-refresh-expired = Refresh token has expired. Please login again.
error-forbidden = You do not have permission to do this.
error-cross-site = This request came from another site and was refused.
error-no-such-page = There is nothing at this address.
error-method = This address does not take that kind of request.
error-session-closed = Session has ended or is inactive
error-face-quality = Face quality too low. Please upload a clearer photo.
error-face-quality-registration = Face quality insufficient for registration
error-no-faces = No faces detected in the image
error-consent = Consent is needed before a face may be stored.
error-too-large = The upload is too large; at most { $most } MB are taken.
error-too-large-kb = What was sent is too large; at most { $most } kB are taken.
error-head-too-large = The address and the headers of the request are too large.
error-too-slow = What was sent came too slowly. Please try again with a better connection.
error-too-many = Too many attempts. Please wait { $seconds } seconds and try again.
error-request-unreadable = The request could not be read.
error-answer-unreadable = The answer could not be read: this page may be older than the server. Load it again.

## What failed

error-storage-full = The server's disk is full. Nothing was saved. Ask an administrator to make room, then try again.
error-storage-unwritable = The server cannot write to its disk. Nothing was saved. Ask an administrator to look at it.
error-busy = The server is busy. Please try again in { $seconds } s.
error-internal = Something went wrong on our side. Nothing was saved. Reference: { $reference }
error-engine-inference = The faces of this photo could not be searched. Nothing was saved. Reference: { $reference }
error-engine-embedding = A face of this photo could not be measured. Nothing was saved. Reference: { $reference }
error-engine-index = The enrolled faces could not be searched. Nothing was saved. Reference: { $reference }
error-unreachable = The server could not be reached. Check the connection and try again.
error-waits = No connection. This waits on your device and is sent by itself.

## What is not there

error-missing = { $what } with id { $id } does not exist
error-missing-attendance-record = Attendance record with id { $id } does not exist
error-missing-session = Attendance session with id { $id } does not exist
error-missing-backup = Backup with id { $id } does not exist
error-missing-department = Department with id { $id } does not exist
error-missing-import = Import with id { $id } does not exist
error-missing-login-session = Login session with id { $id } does not exist
error-missing-message = Message with id { $id } does not exist
error-missing-objection = Objection with id { $id } does not exist
error-missing-photo = Photo with id { $id } does not exist
error-missing-record = Record with id { $id } does not exist
error-missing-student = Student with id { $id } does not exist
error-missing-student-of-session = Student of this session with id { $id } does not exist
error-missing-user = User with id { $id } does not exist

## How an import stands

import-state-uploaded = Columns to check
import-state-rehearsing = Rehearsing
import-state-rehearsed = Ready to apply
import-state-applying = Applying
import-state-applied = Applied
import-state-undoing = Undoing
import-state-undone = Undone
import-state-discarded = Discarded

## A percentage and its arithmetic

summary-sum = { $attended } of { $counted }
summary-sum-late = { $attended } of { $counted } ({ $present } present, { $late } late)
summary-excused = { $sum }; { $count } excused not counted
summary-nothing = Nothing to count yet
forecast-may-miss = { $count ->
    [0] You may miss no more class and keep { $limit } %.
    [one] You may miss 1 more class and keep { $limit } %.
   *[other] You may miss { $count } more classes and keep { $limit } %.
}
forecast-attend = { $count ->
    [one] Attend the next class to reach { $limit } %.
   *[other] Attend the next { $count } classes to reach { $limit } %.
}
forecast-out-of-reach = { $limit } % cannot be reached any more.

## What students agree to

notice-stored = Your institution stores photos of you and, made from each photo, a template: numbers that describe your face.
notice-use = They are used to recognise you in photographs that staff take of a class, so that your attendance is recorded, and to notice when one face is enrolled twice. They are not used for anything else and not passed on.
notice-seen = Staff of the institution can see your photos. Nobody can see the numbers.
notice-refuse = You may refuse, and you may withdraw at any time. It is no disadvantage: your attendance is then taken by hand.
notice-withdraw = When you withdraw, photos and templates are deleted at once. Copies in backups go when those expire.
