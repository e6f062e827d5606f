# What actions say.

notice-done = Done.
notice-refusal = Not done.
sign-in-first = Sign in first. You come back to where you were.
sign-in-carried = What you typed is not lost: it is sent as soon as you have signed in.
sign-in-wrong = Wrong pseudonym or password, or the account is disabled.
assessment-saved = Paragraph { $paragraph } is saved.
round-opened = The round “{ $round }” is open.
round-published-notice = The round is published. Nothing in it changes from now on.
round-publish-few = Less than half of the recommendations are assessed. Tick the second box to say that this is meant, then publish.
round-publish-unconfirmed = Tick the box to say that the round may be frozen, then publish.
import-done = Imported: { $created } new, { $updated } changed, { $unchanged } unchanged, { $uncertain } left undecided, { $rejected } rejected, { $skipped } skipped, { $merged } merged into others.
import-review-unknown = The review is written as the State’s code and the cycle, such as SVN-3.
import-no-file = Choose a file first; an empty one does not count.
import-upload-broken = The file did not arrive whole. Send it again.
request-unreadable = What was sent could not be read, so nothing was changed. Go back, load the page again and repeat.
import-undone-notice = The import is undone.
import-mended = Row { $row } is mended.
import-still-rejected = Row { $row } is read again, and something is still wrong with it.
import-decided = Row { $row } is decided.
import-decide-unfit = Choose one of the recommendations, or that it is another one.
mapping-field-twice = “{ $first }” and “{ $second }” are both said to hold the same. Choose one of them.
import-upload-discarded = The file is discarded.
values-unfit = “{ $meaning }” cannot be the meaning of “{ $value }”. Choose one of the list.
values-file = Row { $row } of the file of values does not begin with a field and a value. The columns are field, value and code; the fields are { $fields }.
mapping-removed = The mapping “{ $name }” is forgotten.
