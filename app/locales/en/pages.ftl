# Signing in, assessing, importing.

sign-in-pseudonym = Pseudonym
sign-in-password = Password
sign-in-how = The administrator of this installation makes accounts. No name or e-mail address is asked for.

previous = Previous:
next = Next:
progress = { $done } of { $all } examined, { $assessed } assessed
progress-examined = { $done } of { $all } examined

assess-title = Assess
assess-open-rounds = Open rounds
assess-none-open = No round is open.
assess-review = Review
assess-round = Round
assess-organisation = Organisation
assess-progress = Progress
assess-open-new = Open a round
assess-open-new-how = A round is one organisation’s assessment of one review. Choose the review:

worklist-title = Assess: { $round }
worklist-round-page = About this round
worklist-next = Assess the next one
worklist-show = Show
worklist-all = All ({ $count })
worklist-open = Not yet assessed ({ $count })
worklist-caption =
    { $count ->
        [one] { $count } recommendation
       *[other] { $count } recommendations
    }

assessment-title = Assess paragraph { $paragraph }
assessment-recommendation = Recommendation
assessment-about = About
assessment-whole = Full page of this recommendation
assessment-form = Assessment
assessment-neighbours = Neighbouring recommendations
assessment-save = Save
assessment-save-next = Save and go to the next
confidence-unsaid = Not given

evidence-how = A law, a judgment, a report, an article: what the status rests on. Leave the last one empty if there is no more.
evidence-one = Evidence
evidence-title = Title
evidence-source = Address or citation
evidence-publisher = Publisher
evidence-date = Date (year, month or day)
evidence-kind = Kind
evidence-note = Note
evidence-more = Publisher, kind, language, note and archived copy
evidence-add = Add another
evidence-remove = Remove

conflict-heading = Another save came first
conflict-why = Nothing is lost: both versions are below, and the form still has yours. Choose a version for each field that differs, then save.
conflict-theirs = Saved version
conflict-yours = Your version
conflict-keep-theirs = Keep the saved version
refused-heading = Not saved yet
refused-discard = Discard my changes

new-round-title = Open a round
new-round-name = Title
new-round-name-how = What readers see, such as “Mid-term assessment”.
new-round-organisation = Organisation
new-round-organisation-how = Who signs the assessment. People are never named.
new-round-slug = Name in the address
new-round-slug-how = Small letters, digits and hyphens, such as mid-term-2025.
new-round-as-of = As of
new-round-as-of-how = Evidence available up to this day is considered. May be left open.
new-round-scale = Scale
new-round-method = Method
new-round-method-how = How the assessment is made, or where that is written.
new-round-open = Open the round

publish-title = Publish
publish-how = Publishing freezes the round: nothing in it can be changed afterwards, and everybody can read it. { $open } of { $all } recommendations have no assessment; they will stand as not assessed.
publish-headline-first = It becomes the first public sentence of this review: “{ $after }”.
publish-headline-replaced = The public sentence of this review is now “{ $before }” ({ $signed }). It becomes “{ $after }”.
publish-headline-stays = The public sentence of this review stays “{ $before }” ({ $signed }), because that round assesses more, or as much and has a later date.
publish-headline-stays-chosen = The public sentence of this review stays “{ $before }” ({ $signed }), because a reviewer chose that round.
publish-without-rationale = { $count } of { $assessed } assessed recommendations have no rationale.
publish-without-evidence = { $count } of { $assessed } assessed recommendations have no evidence.
publish-few = Only { $assessed } of { $received } recommendations are assessed. This round is meant to be published all the same.
publish-confirm = The round may be frozen and made public.
publish-button = Publish this round

import-title = Import
import-what = The format is recognised from the content:
import-format-uhri = the export of the Universal Human Rights Index (XLSX or JSON),
import-format-matrix = OHCHR’s matrix or thematic list of recommendations (DOCX), also one that came back with its last column filled in,
import-format-upr-info = UPR Info’s export (CSV),
import-format-report = a Working Group report, draft or final (DOCX, PDF or text), in any of the six languages of the United Nations: its conclusions with their numbered paragraphs,
import-format-reply = a State’s reply to its recommendations (text, DOCX, PDF, CSV, XLSX): the numbers of the report and an answer to each,
import-format-own = this program’s own table (CSV, XLSX, JSON),
import-format-assessments = a table with paragraph, status, rationale and evidence, for a round that is open.
import-file = File
import-file-how = At most 64 MiB, as CSV 160 MiB, as JSON 512 MiB. Nothing is written before you have seen what would change.
import-file-left = Your files that wait to be applied may take { $max } MiB; { $used } MiB are taken, and { $left } MiB are left.
import-review = Review, if the file does not name it
import-review-how = The State’s code and the cycle, such as SVN-3.
import-preview = Preview

format-uhri_xlsx = export of the Universal Human Rights Index
format-uhri_json = dump of the Universal Human Rights Index
format-upr_info = export of UPR Info’s database
format-ohchr_matrix = OHCHR matrix
format-report_text = Working Group report
format-state_reply = a State’s reply to its recommendations
format-mapped_text = table, read by what was said about its columns
format-mapped_workbook = workbook, read by what was said about its columns
format-own_csv = table of this program
format-own_xlsx = workbook of this program
format-own_json = JSON of this program

import-round = Round, for a file with assessments
import-symbol = Symbol of a reply or report (optional)
import-symbol-how = Only for a State’s reply or a Working Group report that does not say its symbol, such as A/HRC/43/15/Add.1.
import-round-how = The assessments of the file go into this round; its recommendations go into the review.
import-round-none = None
import-runs = Files brought before
import-runs-newest = The newest first
import-when = Brought
import-who = By
import-state = State
import-state-reading = being read
import-state-read = waiting for a decision
import-state-applied = imported
import-state-undone = undone
import-state-cancelled = not imported
import-state-failed = could not be read
import-state-waits = waits for its columns
import-state-unexplained = not read: its columns were not known

import-run-title = A file to be imported
import-run-title-applied = An imported file
import-run-title-undone = An import that was undone
import-run-title-not-imported = A file that was not imported
import-counts = What the file holds
import-recommendations = Recommendations
import-assessments = Assessments
import-status-written = “{ $written }” ({ $status })
import-new = New
import-changed = Changed
import-unchanged = Unchanged
import-joined = Rows that belong to another row’s recommendation
import-uncertain = To be decided
import-rejected = Rejected rows
import-skipped = Rows of other mechanisms and voluntary pledges, skipped
import-merged = Merged: recommendations here that become part of another
import-merges =
    { $count ->
        [one] One recommendation here turned out to be this one. It becomes part of it:
       *[other] { $count } recommendations here turned out to be this one. They become part of it:
    }
import-merged-score = { $score } of the text agree.
import-brought = Brought by { $who }, { $at }.
import-ended-by = By { $who }.
import-problem = What is wrong
import-document = { $count ->
    [one] The matrix as it was brought: { $count } row
   *[other] The matrix as it was brought: { $count } rows
}
import-document-rows = Rows of the matrix
import-document-shown = { $count } of { $all } rows, in the order of the file
import-document-kind = Kind of row
import-document-became = Recommendation
import-document-cells = Cells
import-document-headings = Headings
import-document-theme = Theme
import-document-recommendation = Recommendation
import-document-other = Other
import-warnings = To be checked
import-problems =
    { $count ->
        [one] The row that could not be taken
       *[other] The first { $count } rows that could not be taken
    }
import-problems-more =
    { $count ->
        [one] And one more row.
       *[other] And { $count } more rows.
    }
import-rejected-too-long = Row { $row } of the file: { $reason } The row is too long to be given back; correct it in the file.
import-skipped-kinds = Skipped: { $kinds }.
import-rows = Rows by what becomes of them
import-rows-shown = Rows { $first } to { $last } of { $all }
import-entries-shown = Entries { $first } to { $last } of { $all }. A row has one entry for its recommendation and one for its assessment.
import-row = Row
import-open-row = Row { $row }: look at it, mend it
import-review-and-paragraph = Review, paragraph
import-says = What the file says
import-becomes = What becomes of it
import-property = Property
import-before = Now
import-after = After the import
import-alike = Found to be the same: { $score } of the text agree.
import-joined-rows = With rows { $rows } of the file: they are one recommendation.
import-joined-why = One recommendation with an earlier row of the file.
import-candidates =
    { $count ->
        [one] One recommendation here reads much alike.
       *[other] { $count } recommendations here read much alike.
    }
import-candidates-unlike =
    { $count ->
        [one] One recommendation here is of the same State, and its text is not known.
       *[other] { $count } recommendations here are of the same State, and their texts are not known.
    }
import-candidates-other-text =
    { $count ->
        [one] One recommendation here has the same number or State and another text.
       *[other] { $count } recommendations here have the same number or State and other texts.
    }
import-decide-row = Decide about row { $row }
import-nothing = Nothing can be imported. Part of this file is here already, and the other rows were rejected or skipped.
import-nothing-new = Nothing can be imported. Everything in this file is here already.
import-nothing-taken = Nothing can be imported, because the rows were rejected. Correct them below or in the file.
import-nothing-decided = Nothing can be imported yet. Decide about the rows under “To be decided” first.
import-undecided =
    { $count ->
        [one] One recommendation has to be decided about: it stays out of the import until then.
       *[other] { $count } recommendations have to be decided about: they stay out of the import until then.
    }
import-do = Import { $count }
import-do-both = Import { $recommendations } { $recommendations ->
    [one] recommendation
   *[other] recommendations
} and { $assessments } { $assessments ->
    [one] assessment
   *[other] assessments
}
import-discard = Do not import
import-rejected-file =
    { $count ->
        [one] The rejected row as a file
       *[other] The { $count } rejected rows as a file
    }
import-rejected-how = with what is wrong in a column of its own: mend it there and bring it again, or mend a row here.
import-reading = Reading the file
import-comparing = Comparing with what is here
import-applying = Importing
import-done-of = { $done } of { $of }
import-cancel = Stop, and import nothing
import-rows-read =
    { $count ->
        [one] one row read
       *[other] { $count } rows read
    }
import-rows-read-percent =
    { $count ->
        [one] one row read, { $percent } % of the file
       *[other] { $count } rows read, { $percent } % of the file
    }
import-cut-off = The reading was cut off; nothing was imported. Bring the file again.
import-applied = Imported, { $at }.
import-undone = Imported and taken back, { $at }.
import-cancelled = Not imported, { $at }.
import-undo = Undo this import
import-undo-how = An import cannot be undone once any part of it was changed or assessed.
import-row-title = Row { $row }
import-decide = Is it one that is here?
import-same-as = The same as { $paragraph } ({ $score } of the text agree)
import-same-as-decided = The same as { $paragraph }
import-decide-several = Which recommendations here are this paragraph?
import-decide-several-how = A paragraph may unite several that came without a number. Choose all that are the same; none if it is another one.
import-another = Another one: add it as new
import-undecide = Leave it open
import-decide-save = Keep this decision
import-mend = Mend it
import-mend-how = Values as the file has them. The row is read again, nothing is imported yet.
import-mend-save = Read the row again
import-reason-column = what is wrong
import-reviews =
    { $count ->
        [one] It is about one review
       *[other] It is about { $count } reviews
    }
import-of-review =
    { $count ->
        [one] (one recommendation or assessment)
       *[other] ({ $count } recommendations or assessments)
    }
import-stored = What will be stored
import-in-file = In the file
import-becomes-new = It is new.
import-becomes-changed = It changes.
import-becomes-unchanged = Nothing changes.
import-becomes-joined = One recommendation with an earlier row of the file.
import-becomes-uncertain = To be decided.
import-becomes-rejected = It cannot be taken.
import-columns-ask = Let me say what the columns hold, also if the format is recognised
import-waiting = Files that wait for you
import-waiting-how = Say what their columns hold, or discard them
import-waiting-until = Kept until
import-waiting-go-on = Go on
import-waiting-go-on-file = Go on with { $file }
import-waiting-discard = Discard
import-waiting-discard-file = Discard { $file }
import-undo-title = Undo an import
import-undo-not-applied = There is nothing to undo: the file is not imported.
import-undo-created = { $count ->
    [one] One recommendation or assessment that it added is removed.
   *[other] { $count } recommendations and assessments that it added are removed.
}
import-undo-updated = { $count ->
    [one] One recommendation or assessment that it changed is as before again.
   *[other] { $count } recommendations and assessments that it changed are as before again.
}
import-undo-merged = { $count ->
    [one] One recommendation that it merged into another is apart again.
   *[other] { $count } recommendations that it merged into others are apart again.
}
import-undo-recommendations-added = { $count ->
    [one] One recommendation that the import added is removed:
   *[other] { $count } recommendations that the import added are removed:
}
import-undo-recommendations-changed = { $count ->
    [one] One recommendation that the import changed gets its earlier values back:
   *[other] { $count } recommendations that the import changed get their earlier values back:
}
import-undo-assessments-added = { $count ->
    [one] One assessment that the import added is removed:
   *[other] { $count } assessments that the import added are removed:
}
import-undo-assessments-changed = { $count ->
    [one] One assessment that the import changed gets its earlier values back:
   *[other] { $count } assessments that the import changed get their earlier values back:
}
import-undo-more = and { $count } more
import-undo-keep = Keep the import
import-differences = What changes
import-format-mapped = any other table (CSV, XLSX, ODS, a table in DOCX, a list of records in JSON): you are asked which column holds what.
mapping-title = Which column holds what?
mapping-what-records = The names in the records are not known. Below is what they seem to hold. Correct it, then look at the preview; nothing is written before that.
mapping-what = Nothing that is known goes by these headings, which stand in row { $row }. Below is what the columns seem to hold. Correct it, then look at the preview; nothing is written before that.
mapping-to-preview = Back to the preview
mapping-sheets = Sheet that is read
mapping-sheets-how = The preview names the sheets that were not read.
mapping-sheet-size = ({ $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $columns ->
    [one] 1 column
   *[other] { $columns } columns
})
mapping-sheet-use = Use this sheet
mapping-kept = A mapping that was kept
mapping-kept-how = Those that fit this table. Choosing one replaces what is chosen below.
mapping-guess = None: what the columns seem to hold
mapping-use = Use it
mapping-columns = The table’s columns
mapping-heading = Heading
mapping-values = First values
mapping-holds = Holds
mapping-nothing = Nothing that is taken
mapping-beside = The table is recognised ({ $format }); its headings are in row { $row }. Say what its other columns hold.
mapping-all-columns = Say what all of its columns hold instead
mapping-known = Read by the format
mapping-heading-row = Row of the headings
mapping-heading-row-how = Rows above it are not read.
mapping-heading-row-use = Take this row
mapping-row = { $row }: { $text }
mapping-check-values = Check the values first
values-title = What do these values mean?
values-what = { $count ->
    [one] One value of the table is not known. What you choose counts for all rows that have it.
   *[other] { $count } values of the table are not known. What you choose counts for all rows that have them.
}
values-none = All values of the table are known.
values-perhaps = Perhaps { $meaning }? Choose it if that is meant.
values-more = { $count ->
    [one] One more row has a value that is not known. It will be rejected with its reason.
   *[other] { $count } more rows have values that are not known. They will be rejected with their reasons.
}
values-unknown = Values that are not known
values-known-table = Positions that are known
values-known = { $count ->
    [one] One position is known
   *[other] { $count } positions are known
}
values-known-how = To read one of them in another way, choose its meaning.
values-value = In the file
values-rows = Rows
values-means = Means
values-reject = Choose, or reject these rows
values-as-read = As read: { $meaning }
values-leave-out = Leave these rows out
values-issue-keep = Keep it as a new issue
values-issue-known = Known issue: { $issue }
values-issue-leave-out = Leave the issue out of these rows
values-issue-other = Another known issue
mapping-common = What every row has
mapping-common-how = Where no column says it. The review is written as in SVN-3; a State and a session do as well.
mapping-separator = What separates several values in a cell
mapping-separator-how = Leave it empty for line ends and semicolons.
mapping-name-label = Keep this mapping under the name
mapping-name-how = For the next table of the same kind. Leave it empty to keep nothing.
mapping-list = Mappings that are kept
mapping-list-how = They are offered for tables that have all their headings and no others.
mapping-remove = Forget “{ $name }”
mapped-review = Review
mapped-state = State under review
mapped-cycle = Cycle
mapped-session = Session
mapped-report-symbol = Report’s symbol
mapped-paragraph = Paragraph
mapped-text = Text
mapped-summary = Summary
mapped-recommending-states = Recommending States
mapped-position = Position
mapped-position-source = Document of the position
mapped-issues = Issues (UPR Info)
mapped-themes = Themes (UHRI)
mapped-affected-persons = Affected persons
mapped-sdgs = Sustainable Development Goals
mapped-action-category = Action category
mapped-responsible-bodies = Responsible bodies
mapped-language = Language of the text
mapped-source-id = Identifier in its collection
mapped-status = Status of implementation
mapped-rationale = Rationale
mapped-evidence = Evidence
mapped-evidence-kind = Kind of evidence
mapped-confidence = Confidence
mapped-mechanism = Mechanism
