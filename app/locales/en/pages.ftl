# Signing in, assessing, importing.

sign-in-pseudonym = Pseudonym
sign-in-password = Password
sign-in-how = Accounts are made by whoever runs this installation. No name or e-mail address is needed or asked for.

previous = Previous:
next = Next:
progress = { $done } of { $all } assessed

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
assessment-whole = Everything about this recommendation
assessment-form = Assessment
assessment-neighbours = Neighbouring recommendations
assessment-save = Save
assessment-save-next = Save and go to the next
confidence-unsaid = Not said

evidence-how = A law, a judgment, a report, an article: what the status rests on. Leave the last one empty if there is no more.
evidence-one = Evidence
evidence-title = Title
evidence-source = Address or citation
evidence-publisher = Publisher
evidence-date = Date (year, month or day)
evidence-kind = Kind
evidence-note = Note
evidence-add = Add another
evidence-remove = Remove

conflict-heading = Somebody else saved first
conflict-why = Nothing is lost: here are both versions. The form below holds yours; change it as you like and save to replace the other one, or keep the other one.
conflict-theirs = Saved in the meantime
conflict-yours = What you typed
conflict-keep-theirs = Keep the saved one
refused-heading = Not saved yet
refused-discard = Give up what I typed

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
publish-confirm = The round may be frozen and made public.
publish-button = Publish this round

import-title = Import
import-what = The format is recognised from the content:
import-format-uhri = the export of the Universal Human Rights Index (XLSX),
import-format-matrix = OHCHR’s matrix or thematic list of recommendations (DOCX),
import-format-own = this program’s own table (CSV).
import-file = File
import-file-how = At most 64 MiB. Nothing is written before you have seen what would change.
import-review = Review, if the file does not name it
import-review-how = The State’s code and the cycle, such as SVN-3.
import-preview = Preview

preview-title = Preview of an import
preview-counts = What importing would do
preview-new = New recommendations
preview-changed = Changed recommendations
preview-unchanged = Unchanged recommendations
preview-uncertain = Perhaps the same as one that is here
preview-rejected = Rejected rows
preview-skipped = Rows of other mechanisms, skipped
preview-nothing = There is nothing in this file that is not here already.
preview-import = Import { $count }
preview-discard = Do not import
preview-row = Row
preview-column = Column
preview-value = Value
preview-reason = What is wrong, and what would pass
preview-review = Review
preview-what-changes = What changes
preview-first-rows = The first { $shown } of { $all } rows
preview-all-rows =
    { $all ->
        [one] { $all } row
       *[other] { $all } rows
    }

format-uhri_xlsx = export of the Universal Human Rights Index
format-ohchr_matrix = OHCHR matrix
format-own_csv = table of this program
