# What the data refuses, and why.

filter-unknown-name = A list has no “{ $parameter }”, so it chose nothing.
filter-given-twice = “{ $parameter }” was given more than once; only “{ $value }” counts.
filter-search-unreadable = “{ $value }” holds no word that could be looked for, so nothing was.
filter-search-too-long = A search has at most { $max } characters; the words after that were left out.
filter-too-many-values = A filter has at most { $max } values; the values after that were left out.
search-too-many-words = This search has { $count } words. A search can have at most { $max } words. Please remove some of them.
search-too-many-beginnings = This search has { $count } words with an asterisk. A search can have at most { $max }. Please write some words in full.
search-too-broad = The words with an asterisk stand for { $count } different words. A search can use at most { $max }. Please write more letters before the asterisk.
site-identity-unfit = The text of { $option } may have at most { $max } characters, and no invisible ones.
filter-unknown-column = No column is called “{ $value }”. It was left out.
filter-unknown-value = “{ $value }” is no value of “{ $parameter }”.
filter-round-has-totals-only = The round “{ $value }” has reported totals only, so its statuses cannot be listed.

round-slug-unfit = The name in the address takes small letters a–z, digits and hyphens, 1 to { $max } of them.
round-slug-taken = This review already has a round named “{ $slug }”. Choose another name for the address.
round-organisation-unfit = The organisation’s name has 1 to { $max } characters.
round-title-unfit = The title has 1 to { $max } characters.
round-date-unfit = The as-of date is a day, written as in 2023-12-31.
round-method-unfit = The method note has at most { $max } characters.
round-scale-unknown = There is no scale “{ $scale }”.
round-is-published = “{ $round }” is published, and nothing in it changes any more.
round-has-totals-only = “{ $round }” has reported totals only: single recommendations cannot be assessed in it.
round-has-no-recommendations = The review has no recommendations yet. Import them first.

assessment-status-unknown = Choose one of the round’s statuses.
assessment-rationale-too-long = The rationale has at most { $max } characters.
assessment-evidence-too-many = One assessment cites at most { $max } pieces of evidence.
evidence-too-long = Evidence { $number }: each field has at most { $max } characters.
evidence-without-title = Evidence { $number }: say what it is in “Title”.
evidence-without-source = Evidence { $number }: give an address or a citation in “Address or citation”.
evidence-date-unfit = Evidence { $number }: the date is a year, a month or a day, as in 2023, 2023-12 or 2023-12-31.

account-pseudonym-unfit = A pseudonym has 1 to { $max } characters: letters, digits, “.”, “_” and “-”, a letter or digit among them.
account-pseudonym-taken = Somebody already goes by “{ $name }”.
account-password-unfit = A password has at least { $min } characters and at most { $max } bytes.
account-unknown = Nobody goes by “{ $name }”.

import-other-report = Review { $review } is known by the report { $known }; this row names { $symbol }. Check the row’s document symbol, State and session.
import-report-of-other-review = { $symbol } is the report of { $other }, but this row belongs to { $review }. Check the row’s document symbol, State and session.
import-categories-differ = The rows say different action categories, { $said }; category { $taken } is taken.
import-source-ids-differ = The rows have different ids in the source, { $said }; { $taken } is kept.
import-positions-unsourced = Neither this position (“{ $after }”) nor the stored one (“{ $before }”) names its source, so the later import counts. To let the sources decide, add a column “Position source”.
import-renumbered = Renumbered: { $from } is now { $to }. Assessments, evidence, links and history go along, and the old address leads to the new one.
import-renumbered-published = A published round names { $from }, so that number stays. The address of { $to } leads to it.
import-renumbered-earlier = { $to } is an earlier number of { $from }, which stays. The address of { $to } leads to it.
import-renumbered-block = This file numbers { $count } known recommendations { $to } instead of { $from }, in the same order.
import-renumbered-missing = Not in this file: { $which }{ $more ->
    [0] .
   *[other] {" "}and { $more } more.
} They stay as they are.
import-moved = Renumbered: the text of { $from } is { $to } in this file. { $assessed ->
    [yes] Its assessments, evidence and links go along.
   *[other] Its history goes along.
}
import-number-taken = { $from } is not in this file (“{ $text }”), and its number is this recommendation’s now. { $assessed ->
    [yes] It stays without a number, with its assessments, evidence and links.
   *[other] It stays without a number.
}
import-other-text = { $paragraph } has another text here: “{ $text }”. { $assessed ->
    [yes] Assessments, evidence or links belong to that text.
   *[other] Nothing is assessed yet.
} Decide whether this row is the same recommendation reworded, or another one. Until then it changes nothing.
import-moved-published = A published round names { $known } (“{ $text }”), so that number keeps its text; this file gives { $paragraph } another one. Correct the number in the file, or leave the row out.
import-reply-of-nothing = { $review } has no recommendation { $paragraph }. Import the Working Group’s report first, or correct the number.
import-row-too-long = A row has at most { $max } MiB of text here. Correct it in the file and import the file once more.
import-review-too-large = { $review } has more than { $max } rows in this file, or more than { $text } million characters; no review has so many recommendations. Split the file, or check which column holds the State and the session.
import-assessment-of-nothing = { $review } has no recommendation { $paragraph }. Correct the paragraph, or import the recommendations first.
claim-reason-missing = Say why this claim counts. The reason is public.
claim-reason-too-long = The reason may have at most { $max } characters. Shorten it.
claim-gone = The recommendation no longer has this claim. Look at the claims again.
claim-counts-anyway = This claim counts anyway, by the usual order. Nothing was changed.
import-assessment-other-states = { $paragraph } was not made by { $said }, but by { $known }. Correct the paragraph or the State, or leave that column out.
import-assessment-other-text = { $paragraph } has another text. The row says “{ $said }”; the recommendation is “{ $known }”. { $other ->
    [none] Correct the paragraph or the text, or leave the column of texts out.
   *[other] The row’s text is { $other }. Correct the paragraph or the text, or leave the column of texts out.
}
import-assessment-waits = It is not yet certain which recommendation the row of { $paragraph } is about. Decide about the recommendation first, or correct it.
import-assessment-repeated = Paragraph { $paragraph } is assessed in row { $first } already, in another way. Only one of the two can be right.
import-assessment-without-round = The file says nothing of the round that its assessments belong to. Choose the review and the round, then try again.
import-status-unknown = “{ $value }” is not a status of the round’s scale. These are: { $known }.
import-status-missing = The row has no status. Write one of the round’s scale: { $known }.
import-status-not-in-words = The row has no status, and its comment begins with none: “{ $value }”. Write one of the round’s scale in the column of the status or in front of the comment: { $known }.
import-round-without-review = A round belongs to a review. Choose the review as well.
import-review-not-here = There is no review { $review } here yet, so it has no round. Import its recommendations first.
import-round-unknown = { $review } has no round “{ $round }”. Assessments can go into these: { $open }.
import-round-unknown-none-open = { $review } has no round “{ $round }”, and none that is open. Open one first: assessments go into open rounds.
import-stages-too-much = The file says the same or next to nothing at such length that it would take more than { $max } MiB here: { $times } times its size and 16 MiB. Nothing was changed. Leave out columns with long texts that do not belong to the recommendations, or split the file.
import-quota-of-person = Files of yours that wait may take { $max } MiB, and { $used } MiB are taken. Apply or discard one of them first, or choose a file that needs at most { $left } MiB.
import-quota-in-all = Files that wait may take { $max } MiB in all, and { $used } MiB are taken. Choose a file that needs at most { $left } MiB, or ask the others to apply or discard theirs.
name-invisible = “{ $name }” holds a character that nobody sees ({ $code }). Names that differ by it only would look the same. Type the name instead of pasting it.
import-stopped = The import was cancelled. Nothing was changed.
import-plan-changed = Something was changed since this preview was made, so nothing was imported. The preview is up to date again: look at it and import once more.
import-undo-touched =
    { $more ->
        [0] This cannot be undone, because something was changed, assessed or published since: { $which }.
       *[other] This cannot be undone, because something was changed, assessed or published since: { $which } and { $more } more.
    }
import-run-busy = This import is under way. Wait until it is done, or cancel it.
import-run-broken = Something went wrong while the file was read. Nothing was changed. Try again.
import-run-reading = “{ $file }” is still being read.
import-run-read = “{ $file }” is not imported yet.
import-run-applied = “{ $file }” is imported already.
import-run-undone = The import of “{ $file }” was undone. Import the file once more instead.
import-run-cancelled = The import of “{ $file }” was cancelled. Import the file once more instead.
import-run-failed = “{ $file }” could not be read. Correct the file and import it once more.
import-no-such-column = The row has no column “{ $column }”.
import-nothing-to-mend = Nothing of this row can be mended here. Correct it in the file and import the file once more.
import-nothing-to-decide = There is nothing to decide about this row.
bundled-unfit = The bundled set has a value that does not fit: { $value }.

database-not-there = There is no file { $file }. Name a database that is there, as in --database sqlite://upr-tracker.sqlite or with DATABASE_URL; “serve”, “migrate” and “import” make a new one.
database-log-missing = The file { $file }-wal is missing. The database { $file } was in use and was not closed, so its latest changes are only in that file. Put { $file }-wal beside it, or restore a backup. If another program closed the database correctly, or if you accept the loss of these changes, add --accept-missing-log.
database-log-given-up = The database is opened without its write-ahead log. Changes that were only in the log are lost. Please verify it with “check”.
database-not-ours = It is there, but nothing of this program is in it. Name another with --database or DATABASE_URL, or let “migrate” put the tables into it.
database-of-later-version = This database was made by a later version of the program (step “{ $step }” of its schema). Use that version, or another database.
check-history-broken = History: entry { $entry } does not fit the one before. Somebody has changed or removed it.
check-history-cut-off = History: entry { $entry } is not there, or not the one that was noted. The history was cut off, or is another one.
check-scale-unsound = Scale “{ $scale }” is unsound.
check-claim-order = { $review }, { $paragraph }: the claims about the position are not in the order in which they count.
check-without-states = { $review }, { $paragraph }: no recommending State.
check-unknown-status = { $review }, round “{ $round }”: a status that its scale does not have.
check-round-altered = { $review }, round “{ $round }”: its content is no longer what was published.
check-review-altered = { $review }: session, date or symbols are not what the history says.
check-review-missing = { $review }: the history tells of this review, but it is not there.
check-recommendation-altered = { $review }, { $paragraph }: the recommendation is not what the history says.
check-recommendation-missing = { $review }, { $paragraph }: the history tells of this recommendation, but it is not there.
check-assessment-altered = { $review }, { $paragraph }, round “{ $round }”: the assessment is not what the history says.
check-round-missing = { $review }, round “{ $round }”: the history tells of this round, but it is not there.
check-table-altered = Table “{ $table }”: a row is not what the history says, or was added or removed without it.
database-has-trigger = The database has a trigger that is not the program's: “{ $name }”. Remove it first: it may change data without the history.
check-trigger = The database has a trigger that is not the program's: “{ $name }”. It may change data without the history. Remove it.
check-table-altered-before = Table “{ $table }”: a row was changed, added or removed without the history before entry { $entry }.
check-rows-unsound = Table “{ $table }”: { $count } rows that cannot be as they are.
check-counts = { $review }, round “{ $round }”: the counts do not add up.
check-round-figures = { $review }, round “{ $round }”: a list of it counts other statuses than the tables hold.
check-read-model = Lists filtered by “{ $filter }” count { $listed } with “{ $value }” ({ $dimension }); the tables hold { $stored }.
view-name = The name of a saved view has between one and { $max } characters.
view-too-long = The address of this list is too long to be saved: a filter has at most { $max } characters. Choose fewer values.
view-too-many = You have saved { $max } views already. Remove one first, on the page of your account.
mapping-name = The name of a mapping has between one and { $max } characters.
mapping-too-many = { $max } mappings are kept already. Forget one first.

# Backups.
backup-written = { $rows } rows, up to entry { $entries } of the history, are backed up to { $file }. SHA-256 of the content: { $sha256 }
backup-would-replace = { $file } exists and is not a backup. Choose another name: it would be replaced.
backup-to-terminal = A backup cannot be shown on a terminal. Redirect standard output, or name a file.
backup-not-one = The file is not a backup of this program.
backup-cut-off = The backup is cut off: its end is missing. Nothing was restored. Use another copy.
backup-garbled = The backup is damaged and cannot be decompressed or decrypted. Nothing was restored. Use another copy.
backup-altered = The backup is damaged or was altered at line { $line } of its content. Nothing was restored. Use another copy.
backup-hash-differs = The backup is damaged or was altered: its content does not have the hash in its last line. Nothing was restored. Use another copy.
backup-goes-on = Something follows the end of the backup. It was altered, or two files were joined. Nothing was restored. Use another copy.
backup-of-later-format = The backup has format { $format }, which only a later version of the program reads. Nothing was restored.
backup-table-differs = The columns of table “{ $table }” in the backup are not those of its version of the program. Nothing was restored. Use another copy.
backup-reference-dangles = A row of table “{ $table }” in the backup refers to a row that is missing. Nothing was restored. Use another copy.
restore-file-is-there = { $file } exists, and restoring overwrites nothing. Choose another name with --database, or move the file away together with those that begin like it (-wal, -shm).
restore-database-holds = The database is not empty: it has “{ $table }”. Restoring overwrites nothing. Name an empty database with --database.
restore-done = The backup is restored and verified: { $rows } rows, { $entries } entries of the history, the last one with the hash { $hash }. Everybody has to sign in again.
restore-verified = The backup is complete, and its rows are what its history says: { $rows } rows, { $entries } entries, the last one with the hash { $hash }. Nothing was put in place.
restore-findings = The backup is complete, but its rows differ from its history (findings above: { $count }). No database was made. Use an earlier backup; if there is none, --despite-findings restores this one as it is.
restore-identity-needed = The backup is encrypted. Name the file with its secret key with --identity.
restore-identity-wrong = The backup is encrypted to another key than those given with --identity.
restore-identity-unread = { $file } has a line that is not a secret key of age (AGE-SECRET-KEY-1…).
upgrade-backed-up = The database is of an earlier version and is being brought up to date. A backup of it as it was is in { $file }.
upgrade-position = { $review }, { $paragraph }: the position is now { $after } ({ $after-source }). Before it was { $before } ({ $before-source }).
upgrade-backup-failed = The database is of an earlier version and was left as it is, because the backup that comes before an upgrade failed: { $why }. Make room or name another folder with --backup-dir. --upgrade-without-backup goes on without one.
migrate-rehearsed = Steps to take: { $count }. They were tried, and everything is as the history says afterwards. The database was not changed.
migrate-rehearsed-findings = Steps to take: { $count }. They were tried, and afterwards not everything is as the history says (above). The database was not changed.
serve-backup-dir-missing = There is no folder { $folder }. Make it, or mount its disk, and start again; --backup-dir names the folder.
