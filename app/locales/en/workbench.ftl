# The workbench: queue, form, what is beside it.

worklist-drafts = Your drafts ({ $count })
worklist-carried-over = Carried over ({ $count })
worklist-done = Done ({ $count })
worklist-ways = About this round
worklist-method = Method and details
worklist-evidence = Evidence
worklist-history = History
queue-filter = Filter the queue
queue-any = Any
queue-option = { $name } ({ $count })
queue-choose = Choose paragraph { $paragraph }
queue-tag-draft = Draft
queue-tag-carried-over = Carried over
queue-many-chosen = Change the selected ones
queue-select-page =
    { $count ->
        [one] Select the one on this page
       *[other] Select all { $count } on this page
    }
queue-select-none = Select none
queue-elsewhere = { $count } selected on other pages
queue-previous-page = Previous page, keep the selection
queue-next-page = Next page, keep the selection
queue-many-shown =
    { $count ->
        [one] Change this one
       *[other] Change all { $count }
    }
queue-place = { $place } of { $count }
queue-search = Search

keys-title = Keys
keys-off = Turn keys off
keys-on = Turn keys on
key-status = to { $last }: choose the status
key-save = save, and open the next
key-save-typing = save from within a field, and open the next
key-leave-field = leave the field, so that keys work
key-next = next
key-previous = previous
key-search = search
key-help = this list
key-method = method and definitions, in a new tab
key-open = open

draft-typed = Typed { $when } and not saved. It counts nowhere until you save it.
draft-keep = Keep as a draft
draft-kept = Draft kept.
draft-kept-notice = Kept as a draft. It counts nowhere until you save it.
draft-nothing = No draft to keep: the form equals the saved assessment.
draft-nothing-notice = There was no draft to keep: the form equals the saved assessment.
draft-over-older = This draft is based on an earlier version: another save came since. Saving shows you both versions.
draft-elsewhere = You typed something else here in another window. This is kept in this browser; load the page again to see both.
draft-unsaved = Typed for “{ $round }” and never saved
draft-unsaved-discard = Discard this draft
draft-unsaved-why = Only you see this. The round is published, so it cannot be saved any more.
draft-unsaved-title = Drafts in published rounds
draft-unsaved-count =
    { $count ->
        [one] You have one unsaved draft in a round that has since been published. Only you see it: copy it or discard it.
       *[other] You have { $count } unsaved drafts in rounds that have since been published. Only you see them: copy or discard them.
    }
draft-unsaved-list = You typed something for these and never saved it. Only you see it:
draft-offline = You are offline, or the server does not answer. Your text is kept on this device. Save it when the connection is back.
draft-offline-unkept = You are offline, or the server does not answer. This browser keeps no texts. Copy your text before you close this page.
draft-expired = Your session has ended. Your text is kept on this device.
draft-ended = Your session has ended. Copy your text before you close this page.
draft-sign-in = Sign in again and go on here
draft-unkept = This cannot be kept or saved any more: the round may be published, or your role may have changed. Copy what you typed, and load the page again.

cites-cited = Cited here
cites-offered = Evidence of this review
cites-find = Find evidence by words or number (E12)
cites-find-button = Find
cites-recent =
    { $all ->
        [one] The review has one piece of evidence.
       *[other] { $shown } of { $all } pieces of evidence: those cited nearby, then the most recently cited.
    }
cites-found =
    { $count ->
        [0] No evidence found for “{ $search }”. Try fewer words.
        [one] One piece of evidence found for “{ $search }”.
       *[other] { $count } pieces of evidence found for “{ $search }”, recently used first.
    }
cites-found-some = { $shown } of { $count } pieces of evidence found for “{ $search }”, recently used first. Add a word to see fewer.
cites-unanswered = The search failed, so this list did not change. Load the page again, or try again later.
cites-open = E{ $number }: { $title }
evidence-number = E{ $number }
evidence-language = Language (code, such as en)
evidence-archived = Address of an archived copy

status-examples = Examples
status-method = Method and definitions (new tab)
context-others = Other rounds
context-earlier = Earlier cycles ({ $count })
context-claim = “{ $raw }” { $source }

conflict-table = Both versions, field by field
conflict-field = Field
conflict-nothing = Empty
conflict-take-theirs = { $field }: use the saved version
conflict-take-yours = { $field }: use mine
conflict-take-both = { $field }: keep both
conflict-save-choice = Save this choice
refused-to-field = Go to the field
conflict-unchosen = Choose a version for each field that differs.

assessment-restored = Paragraph { $paragraph } is restored to that version.

earlier-since = Stands since the { $cycle }.
earlier-since-year = Stands since the { $cycle } ({ $year }).
earlier-none = No recommendation of an earlier cycle is linked to this one.
earlier-name = { $cycle }, paragraph { $paragraph }
earlier-alike = { $percent }% of the words in common
earlier-confirm = Repeats it
earlier-refuse = Not a repetition
earlier-undo = Undo the link
earlier-through = Repeated by one that this one repeats.

live-overtaken = This recommendation has just been saved, by somebody else or in another window of yours. What you typed stays as it is; saving shows you both.
live-reload = Show what was saved

# What the data refuses.
assessment-confidence-unknown = Choose one of the levels of confidence: { $known }, or none.
evidence-kind-unknown = Evidence { $number }: choose one of the kinds: { $known }.
round-assessors-unfit = At most { $most } organisations, one a line, each of 1 to { $max } characters.
round-changed-meanwhile = Somebody else has changed “{ $round }” meanwhile. Load the page again to see how it is now.
round-unconfirmed =
    { $count ->
        [one] One of these results was carried over from an earlier round and is not confirmed.
       *[other] { $count } of these results were carried over from an earlier round and are not confirmed.
    }
round-unconfirmed-way = Confirm or change them
round-has-unconfirmed =
    { $count ->
        [one] One result carried over from an earlier round is not confirmed. Confirm or change it first.
       *[other] { $count } results carried over from an earlier round are not confirmed. Confirm or change them first.
    }
evidence-language-unfit = Evidence { $number }: the language is a code, as in en, be or pt-BR.
evidence-archived-unfit = Evidence { $number }: the archived copy’s address begins with http:// or https://.
evidence-unknown = There is no evidence { $number } in this review any more. Untick it.
evidence-same-address-known = Evidence { $number } has the address of E{ $known }, “{ $title }”. Tick that one and empty the row, or say that it is another part of that source.
evidence-known = Evidence { $number } says this already, or has the same address: “{ $title }”. Cite that one.
evidence-is-cited = Evidence { $number } is cited { $count } times. Only what nothing cites can be taken away.
evidence-is-published = Evidence { $number } is cited in “{ $round }”, which is published, and stays as it is. Add another one.
evidence-changed-meanwhile = Somebody else has changed evidence { $number } meanwhile. Load the page again to see how it is now.
link-not-earlier = { $review } is no earlier review of this State.
carry-over-from-itself = Choose another round.
carry-over-nothing = There is nothing to carry over: every result is here already, or in a status that this round’s scale does not have.
bulk-reason-unfit = Give a reason of 1 to { $max } characters.
bulk-rationale-unfit = The rationale of a bulk change has at most { $max } characters.
bulk-term-unfit = A theme has 1 to { $max } characters.
bulk-none-chosen = No recommendation is chosen. Tick at least one, or change all that the queue shows.
bulk-cite-unfit = “{ $value }” is no number of a piece of evidence. Choose one of the list.
bulk-nothing-chosen = Choose what shall change: status, confidence, evidence, theme, or confirming.
bulk-changed-meanwhile = Changed meanwhile: { $paragraphs }. Nothing was done. Look at the preview again.
bulk-changes-nothing = No change: all of them have these values already.
bulk-nothing-to-undo = Nothing can be undone: all of these assessments were changed since.
scale-code-unfit = The scale’s code takes small letters a–z, digits, hyphens and underscores, 1 to { $max } of them.
scale-name-unfit = The scale’s name has 1 to { $max } characters.
scale-too-long = A scale has at most { $max } statuses.
scale-status-code-unfit = Status { $number }: the code takes small letters a–z, digits, hyphens and underscores.
scale-status-label-unfit = Status { $number }: the label has 1 to 200 characters.
scale-status-too-long = Status { $number }: a definition has at most 2,000 characters, examples 5,000, a label 200.
scale-status-colour-unfit = Status { $number }: choose one of the colours.
scale-repeated-code = Two statuses have the same code. Each needs its own.
scale-unassessed = { $count } statuses do not count as assessed. Exactly one has to: the one for “not assessed”.
scale-order = The status that does not count as assessed stands last, after at least one other.
scale-status-score-unfit = Status { $number }: a score is a number between 0 and 1, or nothing.
scale-score-unfit = A score is between 0 and 1, and “not assessed” has none.
check-account-altered = Account “{ $name }”: its role, or that it is there, is not what the history says.
check-scale-altered = Scale “{ $scale }” is not what the history says.
check-evidence-altered = { $review }: the evidence is not what the history says.
check-link-altered = { $review }, { $paragraph }: its links to earlier cycles are not what the history says.

live-saved = { $name } has saved { $paragraph }: { $status }.
live-here = Also here: { $names }
failure-busy-why = As many pages as this program can keep up to date are open already. This one works, but does not show what others do until it is loaded again.

# Evidence as records.
evidence-list-head = Evidence – { $review }
evidence-list-title = Evidence
evidence-list-count =
    { $count ->
        [one] { $count } piece of evidence
       *[other] { $count } pieces of evidence
    }
evidence-list-number = Number
evidence-list-date = Date
evidence-list-uses = Used
evidence-same-address = same address as E{ $number }
evidence-add-record = Add a piece of evidence
evidence-add-button = Add it
evidence-although-known = Another part of a source that is here already
evidence-page-title = Evidence { $number }
evidence-uses = Where it is used
evidence-unused = Nothing cites it.
evidence-frozen = A published round cites it, so it stays as it is.
evidence-change = Change it
evidence-change-how = Every open assessment that cites it then cites the changed one.
evidence-change-button = Save the change
evidence-remove-record = Remove this evidence
evidence-added-done = The evidence is added.
evidence-changed-done = The evidence is changed, wherever it is cited.
evidence-removed-done = Evidence { $number } is removed.
link-decided-done = Noted.

assessment-carried-over = Carried over from “{ $round }”. Save it, as it is or changed, to confirm it.
publish-drafts =
    { $people ->
        [one] One person has drafts of { $count ->
            [one] one recommendation
           *[other] { $count } recommendations
        }. They can be read by whoever typed them, but not saved once this is published.
       *[other] { $people } people have drafts of { $count ->
            [one] one recommendation
           *[other] { $count } recommendations
        }. They can be read by whoever typed them, but not saved once this is published.
    }

# Many at once.
many-title = Bulk change
many-what = Changes
many-unchanged = Unchanged
many-cite = Cite this evidence
many-scheme = Kind of theme
many-add = Add this theme
many-remove = Remove this theme
many-confirm = Confirm carried-over results
many-rationale = Rationale for recommendations without one (public)
many-reason = Reason for the change (in the history)
many-from-elsewhere = This address was not opened from a page of this site. Check what is filled in below, then ask for the preview.
many-preview = Preview the changes
many-which = In these ({ $count })
many-preview-title = This would change { $count } of { $all }
many-reason-goes =
    { $count ->
        [0] The reason stands in the history. Every rationale stays as it is.
        [one] The reason stands in the history. The rationale is given to one recommendation without a rationale; every other stays as it is.
       *[other] The reason stands in the history. The rationale is given to { $count } recommendations without a rationale; every other stays as it is.
    }
many-before = Before
many-after = After
many-no-assessment = Not assessed yet
many-do =
    { $count ->
        [one] Change { $count }
       *[other] Change these { $count }
    }
many-back = Back to the worklist
many-undo = Undo the whole change
many-is-undone = This change was undone.
bulk-done = { $count } changed.
bulk-undone-done = Undone: { $count } are as they were before.
bulk-undone-partly = Undone: { $count } are as they were before. Left alone, because they were changed since: { $left }.

# Method.
method-title = Method and details
method-scale = Scale
method-assessors = Who assessed
method-assessors-field = Organisations that assess, one a line
method-note-field = Method note (Markdown)
method-as-of = As of: evidence available up to (YYYY-MM-DD)
method-change = Change it
round-changed-done = Saved.
carry-over-title = Begin with the results of another round
carry-over-how = Recommendations without an assessment here get the other round’s. Each is marked as carried over until somebody confirms or changes it; the round cannot be published before.
carry-over-from = Round
carry-over-button = Carry its results over
carry-over-done = { $carried } carried over; { $kept } had an assessment already; { $unknown } are in a status that this scale does not have.
round-day-unreadable = “{ $day }” is no day. Write it as 2023-12-31.
round-not-there-yet = This round was not there yet on { $day }. Choose a later day.
round-as-of-day = This is the round as it stood on { $day }. Lists that its figures lead to are those of today.
round-as-now = As it is now
round-as-of-list = Every recommendation as it stood then

# Scales.
scales-title = Status scales
scale-new = A new scale
scale-edit = Edit “{ $name }”
scale-edit-how = This is version { $version }. Saving makes a new version, which rounds opened from then on use; rounds that use an earlier one keep it.
scale-code-field = Code
scale-name-field = Name
scale-status-number = Status { $number }
scale-place = Place
scale-status-code = Code
scale-status-label = Label
scale-status-labels = Label in other languages, one a line (be: …)
scale-status-score = Score, 0 to 1
scale-status-colour = Colour
scale-status-shape = Mark
scale-status-counts = Counts as assessed
scale-status-examples = Examples
scale-status-place-unfit = Status { $number }: the place is a whole number.
scale-status-labels-unfit = Status { $number }: write each label as the language’s code, a colon and the label.
scale-save = Save as a new version
scale-version-made = “{ $name }”, version { $version }
scale-saved = Saved as version { $version }.
scale-colour-full = Done
scale-colour-process = In process
scale-colour-partial = Partly
scale-colour-none = Not done
scale-colour-unassessed = Not assessed
scale-shape-full = Disc with a tick
scale-shape-three-quarters = Ring with a dot
scale-shape-half = Half disc
scale-shape-ring = Square
scale-shape-dotted = Dashed square

# History.
earlier-title = The same demand in earlier cycles
history-head = History – { $review }
history-filter = Filter the history
history-from = From
history-to = To
history-count =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
history-pages = Pages of the history
history-newer = Newer
history-older = Older
history-as-of-title = A round as it stood
history-as-of = { $round }, as of
history-as-of-show = Show
history-changes = From what to what
history-restore = Restore this version
history-assessment-restored = { $round }: restored to { $to }.
history-assessment-carried-over = { $round }: { $to }, carried over from an earlier round.
history-assessment-evidence-changed = { $round }: evidence that it cites was changed.
history-evidence-added = Evidence was added.
history-evidence-changed = Evidence was changed.
history-evidence-removed = Evidence was removed.
history-round-changed = { $round }: its details were changed.
history-bulk-changed = { $round }: bulk change. { $reason }
history-of-many = { $what } Part of a bulk change: { $reason }
history-bulk-undone = { $round }: a bulk change was undone.
history-link-decided = Whether it repeats an earlier recommendation was decided.
history-kind-assessment-saved = Assessment saved
history-kind-assessment-restored = Assessment restored
history-kind-assessment-removed = Assessment removed
history-kind-assessment-carried-over = Result carried over
history-kind-assessment-evidence-changed = Cited evidence changed
history-kind-evidence-added = Evidence added
history-kind-evidence-changed = Evidence changed
history-kind-evidence-removed = Evidence removed
history-kind-recommendation-added = Recommendation added
history-kind-recommendation-changed = Recommendation changed
history-kind-recommendations-matched = Recommendations matched with those of another file
history-kind-recommendation-removed = Recommendation removed
history-kind-recommendation-absorbed = Recommendation merged
history-kind-demonstration-removed = Demonstration removed
history-kind-review-added = Review added
history-kind-review-removed = Review removed
history-kind-review-updated = Review changed
history-kind-round-opened = Round opened
history-kind-round-changed = Round changed
history-kind-round-published = Round published
history-kind-totals-reported = Totals reported
history-kind-bulk-changed = Bulk change
history-kind-bulk-undone = Bulk change undone
history-kind-link-decided = Link to an earlier cycle
history-field-status = Status
history-field-rationale = Rationale
history-field-confidence = Confidence
history-field-evidence = Evidence
history-field-carried_over = Carried over from
history-field-title = Title
history-field-organisation = Organisation
history-field-as_of = As of
history-field-method = Method
history-field-assessors = Who assessed
history-field-terms = Themes
history-field-text = Text
history-field-texts = Texts in other languages
history-field-positions = Positions
history-field-recommending = Recommending States
history-field-reason = Reason
history-field-paragraph = Paragraph
history-field-repeats = Repeats it
history-field-review = Review
history-field-source = Address or citation
history-field-publisher = Publisher
history-field-date = Date
history-field-kind = Kind
history-field-note = Note
history-field-language = Language
history-field-archived = Archived copy
history-field-number = Number
