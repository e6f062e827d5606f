# Corrections, withdrawals and the choice of headline rounds.

round-title-correction = { $title }, correction { $number }

## On the page of a round

superseded-tag = superseded
withdrawn-tag = withdrawn
open-correction-tag = correction
superseded-on = Superseded on { $day } by correction { $number }.
superseded-reason = Reason: { $reason }
superseded-what = This round stays as it was published. Figures and lists count the correction.
superseded-read = Read the correction
superseded-changes = See what changed
superseded-hash-here = Content hash of this round
superseded-hash-since = Content hash of the correction
correction-on = Published on { $day } as correction { $number }. It supersedes the earlier round.
correction-read-former = Read the superseded round
correction-read-published = Read the published round
correction-hash-former = Content hash of the superseded round
correction-hash-here = Content hash of this correction
correction-open = This is an open correction. It began with the published assessments of the round “{ $round }”.
correction-former-withdrawn = The earlier round was withdrawn, so its assessments are not shown.
changes-title = What changed
changes-count =
    { $changed ->
        [0] The correction gives every recommendation the same status as before.
        [one] The correction gives one of { $all } recommendations another status.
       *[other] The correction gives { $changed } of { $all } recommendations another status.
    }
changes-others =
    { $count ->
        [one] One more has the same status, but another rationale, confidence or evidence.
       *[other] { $count } more have the same status, but another rationale, confidence or evidence.
    }
changes-added =
    { $count ->
        [one] One recommendation was imported since, and is only in the correction.
       *[other] { $count } recommendations were imported since, and are only in the correction.
    }
changes-caption = Recommendations that the correction changed
changes-before = Status before
changes-after = Status after
changes-else = Also changed
changes-rationale = rationale
changes-confidence = confidence
changes-evidence = evidence
changes-nothing-else = nothing

## A withdrawn round

withdrawn-headline = This round was withdrawn on { $day }.
withdrawn-what = Its assessments are not shown any more, and no figure counts them.
withdrawn-reason = Reason
withdrawn-published = Published
withdrawn-day = Withdrawn
withdrawn-hash = The content hash stays, and “check” still verifies it. A copy of the text has the same hash:
withdrawn-superseded = A correction of it was published.

## The headline round

headline-chosen-note = A reviewer chose this round to head the review. Reason: { $reason }
headline-chosen-rule = How the headline round is chosen otherwise

## The page on which a reviewer changes what is published

change-round-link = Correct, withdraw or choose as headline
change-round-link-open = Delete this round
change-round-title = Change what is published
change-round-title-open = Delete this round
change-reason = Reason
change-reason-public = Everybody can read the reason on the page of corrections.
correct-title = Correct
correct-how = A correction is a new open round. It begins with the assessments and the evidence of this round. Publishing it supersedes this round.
correct-button = Open a correction
correct-is-open = A correction of this round is open.
correct-totals = Only the totals of this round are known, so its assessments cannot be corrected here.
headline-title = Headline round
headline-how = The headline round heads the page of the review, the home page and figures over several reviews.
headline-rule = Without a choice, it is the newest round that assesses at least as many recommendations as every other.
headline-is = It is “{ $round }” now.
headline-is-chosen = It is “{ $round }” now, by choice. Reason: { $reason }
headline-choose = Make this the headline round
headline-leave = Leave it to the rule again
withdraw-title = Withdraw
withdraw-how = A withdrawn round leaves every list, chart and total. Its address then shows its name, dates, content hash and the reason.
withdraw-headline-none = The review then has no published round.
withdraw-headline = The review is then headed by “{ $after }” ({ $signed }).
withdraw-final = This cannot be undone.
withdraw-confirm = The round may be withdrawn for good.
withdraw-button = Withdraw this round
remove-how =
    { $assessments ->
        [0] The round has no assessments,
        [one] One assessment is deleted,
       *[other] { $assessments } assessments are deleted,
    } { $drafts ->
        [0] and no drafts.
        [one] and one draft.
       *[other] and { $drafts } drafts.
    } { $citations ->
        [0] It has no links to evidence.
        [one] One link to evidence goes with them; the evidence itself stays in the review.
       *[other] { $citations } links to evidence go with them; the evidence itself stays in the review.
    }
remove-history = The history keeps what was saved. The round itself does not come back.
remove-confirm = The round may be deleted.
remove-button = Delete this round
publish-supersedes = It supersedes “{ $round }”, which stays readable and is marked. All figures count the correction.
publish-reason = Reason for the correction

## Messages

correction-opened-done = Correction { $number } is open. It begins with the published assessments.
round-superseded-done = The correction is published, and the earlier round is marked as superseded.
round-withdrawn-done = The round is withdrawn.
round-removed-done = The round “{ $round }” is deleted.
headline-chosen-done = The headline round is changed.
round-withdraw-unconfirmed = Tick the box to say that the round may be withdrawn, then withdraw it.
round-remove-unconfirmed = Tick the box to say that the round may be deleted, then delete it.
round-not-published = “{ $round }” is not published. Only a published round can be corrected, withdrawn or chosen.
round-is-superseded = “{ $round }” was superseded by the round “{ $by }”. Correct or choose that one.
round-is-withdrawn = “{ $round }” was withdrawn, so it can be neither corrected nor chosen.
round-correction-is-open = A correction of “{ $round }” is open already, at the address { $slug }. Publish or delete that one first.
round-reason-unfit = Give a reason of 1 to { $max } characters.
round-headline-unchanged = This choice is made already. Nothing was changed.
round-contents-changed = The content of this round has changed since the page was loaded. Look at the new numbers, then decide again.
filter-round-withdrawn = The round “{ $value }” was withdrawn, so its statuses are not listed.

## The page of corrections

corrections-title = Corrections
corrections-of = Corrections: { $review }
corrections-lead = Every correction, withdrawal and other change of what was published, the newest first.
corrections-none = Nothing that was published has been corrected or withdrawn.
corrections-count =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
corrections-all = Corrections of all reviews
corrections-edits = Edits of recommendations change no published round. The history of each review lists them with their reasons.
corrections-link = Corrections of this review
corrections-what = What happened
corrections-numbers = Numbers, before → after
corrections-hashes = Content hashes
corrections-superseded = Superseded by correction { $number }: { $reason }
corrections-withdrawn = Withdrawn: { $reason }
corrections-redacted = A text was removed: { $reason }
corrections-headline = Chosen as the headline round of the review: { $reason }
corrections-headline-rule = No longer the headline round by choice: { $reason }
corrections-counts = { $implemented } of { $assessed } assessed recommendations implemented; { $received } received
corrections-counts-round = { $counts } ({ $round })
corrections-change = { $before } → { $after }
corrections-change-none = no longer counted
corrections-same = unchanged
corrections-hash-before = Before:
corrections-hash-since = Since then:
corrections-hash-kept = Unchanged:
corrections-pages = Pages of corrections

## In the history

history-round-correction-opened = A correction of the round “{ $corrects }” was opened.
history-round-superseded = The round “{ $round }” was superseded by correction { $number }. { $reason } Content hash before: { $before }; since then: { $after }.
history-round-withdrawn = The round “{ $round }” was withdrawn. { $reason } Content hash: { $hash }.
history-round-removed = The open round “{ $round }” was deleted. Deleted with it: { $assessments } assessments, { $drafts } drafts, { $citations } links to evidence.
history-headline-chosen =
    { $chosen ->
        [yes] The round “{ $round }” was chosen to head the review. { $reason }
       *[no] The choice of the headline round was left to the rule again. { $reason }
    }
history-kind-round-correction-opened = Correction opened
history-kind-round-superseded = Round superseded
history-kind-round-withdrawn = Round withdrawn
history-kind-round-removed = Round deleted
history-kind-headline-chosen = Headline round chosen

## In “check”

check-round-correction = { $review }, round “{ $round }”: what it corrects, or how it was superseded or withdrawn, is not what the history says.
check-round-chain = { $review }, round “{ $round }”: the round that it corrects is missing, unpublished, itself, or already superseded by another correction.
check-round-reason = { $review }, round “{ $round }”: a correction or withdrawal without a reason.
check-round-headline = { $review }, round “{ $round }”: chosen as headline round, although it does not count or another one is chosen.
check-round-counted = { $review }, round “{ $round }”: it is counted, although it was superseded or withdrawn.
check-headline = { $review }: the chosen headline round is not what the history says.

## Rounds that count no more, and what counts in their place

changes-of-one = Correction { $number } of “{ $round }” changed the status: { $before } → { $after }.
changes-no-status = no status
former-rounds =
    { $count ->
        [one] 1 round that is no longer counted
       *[other] { $count } rounds that are no longer counted
    }
former-superseded = Superseded on { $day } by correction { $number }. Reason: { $reason }
former-withdrawn = Withdrawn on { $day }. Reason: { $reason }
corrections-withdrawn-counts = Withdrawn: { $before }. { $now }
corrections-now = The review is headed by: { $counts } ({ $round }).
corrections-now-none = No round of the review is published now.
