## Bringing students in

imports-lead = Bring students in from a spreadsheet. You see what each row would do before anything is written, and an applied import can be undone for 24 hours.
imports-discarded = The import is discarded. Nothing was written to students.
imports-upload-title = Upload a file
imports-csv = CSV file
imports-csv-hint = Up to 10,000 rows and 10 MB, with headings in the first row. Commas, semicolons and tabs are all fine.
imports-zip = ZIP with photos
imports-zip-hint = JPEG and PNG, one person on each photo, at most 5 MB a photo and 1 GB in all.
imports-upload = Upload and check
imports-help-title = What the file holds
imports-template = Download a template
imports-help = Columns and examples
imports-help-name = Needed for new students. First and last name may stand in two columns.
imports-help-email = Needed for new students; no two students share one.
imports-help-phone = 10 to 15 digits; may be left out.
imports-help-department = Code or name. Without the column, choose one department for the whole file.
imports-help-roll-no = Only where students have one already; others get the next one of their department.
imports-help-photo = Names of files in the ZIP, several separated by a semicolon. Without it, a file called like the roll number or the email is taken.
imports-example = Example:
imports-help-rule = A student who is there already is found by roll number or email and gets what is new; an empty cell leaves what is there. Nobody is ever removed by an import.

## Past imports

imports-none = No imports yet
imports-none-why = Files that you upload appear here, with what became of them. Start with the template if you have no list yet.
imports-caption = Imports, the newest first: { $count }
imports-file = File
imports-when = When
imports-by = By
imports-rows = Rows
imports-state = State
imports-not-rehearsed = Not rehearsed
imports-counts = { $created } new, { $changed } changed, { $unchanged } unchanged, { $problems } with problems
imports-with-zip = with { $name }

## Columns of a file

import-columns-check = Check the columns
import-columns-change = Change the columns
import-columns-open = Columns, department and photos
import-columns-facts = { $count } rows, read as { $encoding } with { $delimiter ->
    [comma] commas
    [semicolon] semicolons
   *[tab] tabs
  } between the cells.
import-columns-photos = { $count } photos in { $name }.
import-columns-not-judged = Photos cannot be judged here
import-columns-absent = Not in the file
import-columns-numbered = Column { $number }
import-columns-department = Department of rows that name none
import-columns-no-department = None: such rows are a problem
import-columns-photos-must-fit = Leave a row out when its photo is refused. Otherwise the student is written without that photo.
import-columns-sample = The first rows of the file
import-rehearse = Rehearse
import-rehearse-again = Rehearse again

## One import

import-uploaded = Uploaded by { $by } on { $at }.
import-rehearsing = Rehearsing: { $done } of { $total } rows
import-applying = Applying: { $done } of { $total } rows
import-undoing = Undoing: { $done } of { $total } rows
import-running-why = The server works on it by itself: you may leave this page and come back. Photos take longest, because taking attendance goes first.
import-show-progress = Show how far it is
import-stop-renewing = Stop renewing this page
import-stopped = The work stopped
import-stopped-why = What was done so far is kept. Try again goes on from there.
import-discard = Discard
import-discard-question = Discard this import?
import-discard-consequence = The uploaded files and all verdicts are deleted. Students stay as they are.
import-discard-go = Discard it
import-figures-label = Rows by verdict
import-figure-problems = { $count ->
    [one] Problem
   *[other] Problems
}

## After the rehearsal

import-decision-title = Nothing is written yet
import-decision-nothing = No row of this file would change anything.
import-decision = Applying creates { $created ->
    [one] 1 student
   *[other] { $created } students
  } and changes { $changed ->
    [one] 1 student
   *[other] { $changed } students
  }.
import-decision-problems = { $count ->
    [one] 1 row has a problem and is left out: mend them in the file below and bring it as another import.
   *[other] { $count } rows have problems and are left out: mend them in the file below and bring it as another import.
}
import-consent-strict = Photos are stored only of students whose consent is recorded already.
import-consent-attest = By applying you attest that these students, or their guardians, agreed to their photos being stored. A withdrawn consent is never overruled.
import-apply = Apply the import
import-download-problems = Download the problems
import-unused = { $count ->
    [one] 1 photo belongs to no row
   *[other] { $count } photos belong to no row
}
import-unused-more = and { $count } more

## What became of it

import-applied = Applied: { $created } new, { $changed } changed
import-applied-left = { $count ->
    [one] Of these, 1 row was left out because students had changed since the rehearsal.
   *[other] Of these, { $count } rows were left out because students had changed since the rehearsal.
}
import-applied-show-left = Show them
import-to-students = Go to the students
import-undone-all = Everything that this import wrote is taken back.
import-undone-kept = { $count ->
    [one] 1 student was kept, in whole or in part; the row below says why.
   *[other] { $count } students were kept, in whole or in part; the rows below say why.
}
import-undone-show-kept = Show only these
import-discarded-nothing = Nothing was written to students.
import-upload-another = Upload another file

## The way back

import-undo = Undo this import
import-undo-question = Undo this import?
import-undo-go = Undo it
import-undo-until = Until { $until } it can be taken back. Undoing now: { $will }
import-undo-will = { $removed ->
    [one] 1 student is
   *[other] { $removed } students are
  } removed with their photos, { $restored ->
    [one] 1 is
   *[other] { $restored } are
  } changed back.
import-undo-kept = { $count ->
    [one] 1 student kept, in whole or in part
   *[other] { $count } students kept, in whole or in part
}
import-undo-more = and { $count } more

## Rows

import-rows-title = Rows
import-rows-none = No such rows
import-rows-none-why = No row of this import has this verdict.
import-rows-show-all = Show all rows
import-rows-all = All rows, by line of the file: { $count }
import-rows-created = New students, by line of the file: { $count }
import-rows-changed = Changed students, by line of the file: { $count }
import-rows-unchanged = Unchanged students, by line of the file: { $count }
import-rows-problem = Rows with problems, by line of the file: { $count }
import-rows-left = Rows left out or kept, by line of the file: { $count }
import-rows-student = Student
import-rows-line = Line
import-rows-verdict = Verdict
import-rows-says = What it says
import-row-no-name = No name
import-row-change = { $from } → { $to }
import-row-cleared = { $from } → nothing
import-photo-good = good quality.
import-photo-fair = fair quality.
import-photo-poor = poor quality.
import-photo-left-out = Left out: { $why }
