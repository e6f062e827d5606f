# The list of recommendations, a recommendation's own page, and the files of both.

## Filtering

filter-too-long = The address is longer than { $max } characters, which is too long for a filter. Choose fewer values.
list-title = Recommendations
list-of = Recommendations: { $review }
list-faults = Part of the address could not be used. Left out:
list-page-past-end = There is no page { $page }: this is the last page.
list-skip-filter = Skip the filter
list-filter = Filter
list-search = Words
list-search-how = Finds recommendations with all of these words, in any form. “Quotation marks” search for a phrase. begin* finds all words that start with “begin”. OR, NOT and brackets work too.
list-round = Status in the round
list-round-open = { $round } (open)
list-apply = Apply the filter
list-clear = Clear all
list-facet-chosen = { $count } chosen
list-facet-unit = The numbers beside the values count each recommendation once, as the rows of the list do.
list-facet-more = { $count } more
list-facet-find = Find a value
list-facet-find-in = Find a value of “{ $dimension }”
list-facet-none = No value contains “{ $text }”.
views-title = Saved views
views-name = Name
views-of = List
views-save = Save this list
views-open-first = This page was opened by an address or from another site. To save the list, open it here first.
views-open = Open the list
views-none = You have saved no list yet. Every list of recommendations has a form for it.
views-remove = Remove
views-remove-of = Remove the view “{ $name }”
list-columns = Columns
list-columns-how = Columns of this list and of its files. The paragraph is always shown.
list-columns-show = Show these columns
list-columns-usual = Usual columns
list-facet-only = { $count }: only { $value }
list-chips = Chosen
list-chip = { $dimension }: { $value }
list-chip-words = Words: { $value }
list-chip-remove = Remove

## The list

list-caption = { $rows }, sorted by { $column }
list-rows = Rows { $first }–{ $last } of { $count }
list-scroll = Table of recommendations
list-ascending = ascending
list-descending = descending
list-in-the-text = Match in the text:
list-best-first = best match first
list-best-last = best match last
list-no-value = –
list-pages = Pages
list-page = Page { $page }
list-previous = Previous
list-next = Next
list-per-page = Rows per page
list-export = All rows as a file
list-cite = Citation
list-cite-text = Text
list-empty = No recommendation matches this filter.
list-did-you-mean = Did you mean:
list-each-newest-round = Each review counts with its headline round.
list-everything = All recommendations
list-everything-lead = Recommendations of all loaded reviews, in all cycles.
list-empty-why = Remove a part of the filter, or clear it:
list-empty-clear = All { $count } recommendations

## The filter in words

words-all-reviews =
    { $count ->
        [one] The one recommendation to all States, in all cycles
       *[other] All { $what } to all States, in all cycles
    }
words-some-of-all = { $what }: { $clauses }
words-counted =
    { $count ->
        [one] { $count } recommendation
       *[other] { $count } recommendations
    }
words-counted-states =
    { $count ->
        [one] { $count } recommending State’s recommendation ({ $recommendations })
       *[other] { $count } recommending States’ recommendations ({ $recommendations })
    }
words-none-of-all = No recommendation: { $clauses }
words-everything = everything
words-rounds = Status in: each review’s headline round
words-state = to { $values }
words-cycle = in the { $values }
words-all =
    { $count ->
        [one] The one recommendation to { $state }, { $cycle }
       *[other] All { $what } to { $state }, { $cycle }
    }
words-some = { $what } to { $state }, { $cycle }: { $clauses }
words-none = No recommendation to { $state }, { $cycle }: { $clauses }
words-whole = { $what }. { $round }. Counted: { $unit }.
words-without-invented = { $words } Without Examplia, an invented State.
words-round = Status in: { $round }
words-round-open = Status in: { $round } (open, not published)
words-round-none = No assessment
words-two-rounds = Status in: { $from }, and in: { $to }
words-or = { $first } or { $last }
words-comma = { $first }, { $next }
words-recommending = recommended by { $values }
words-group = recommended by States of the { $values }
words-issue = about { $values }
words-theme = with the theme { $values }
words-persons = affecting { $values }
words-sdg = with the goal { $values }
words-action = with the action category { $values }
words-body = assigned to { $values }
words-position = { $values }
words-status = with the status { $values }
words-search = with the words { $values }
words-position-supported = supported
words-position-supported_as_implemented = supported as implemented
words-position-partially_supported = partially supported
words-position-noted = noted
words-position-pending = pending
words-position-unknown = with an unknown position

## A recommendation

recommendation-title = Paragraph { $paragraph }
recommendation-head = Paragraph { $paragraph }, { $review }
recommendation-place = { $place } of { $count } in the list
recommendation-outside = This recommendation is not part of the filtered list.
recommendation-back = Back to the list
recommendation-neighbours = Previous and next recommendation
recommendation-previous = Previous: { $paragraph }
recommendation-next = Next: { $paragraph }
recommendation-summary = Summary
recommendation-text = Text
recommendation-text-in = Text in { $language }
recommendation-text-source = Source: { $source }
recommendation-no-text = The text of the report has not been imported.
recommendation-facts = Details
recommendation-by = Recommended by
recommendation-by-state = { $state } ({ $group })
recommendation-report = Report
unnumbered-in-source = No. { $place } of { $total } ({ $source }; not numbered)
unnumbered-place = No. { $place } of { $total } (not numbered)
unnumbered-short = No. { $place } of { $total }
unnumbered-places = Recommendations without a paragraph are not numbered in their source; “No.” is their place in it.
unnumbered-places-in-source = { $source } does not number recommendations; “No.” is their place in its list.
unnumbered = Not numbered
# In place of a number in sentences such as "Paragraph 120.1 is saved".
unnumbered-in-sentence = without a number
unnumbered-other = a recommendation without a number
recommendation-positions = Position of the State under review
recommendation-positions-caption = All claims about the position of the State under review
recommendation-position-class = Position
recommendation-position-raw = Wording of the source
recommendation-position-source = Source
recommendation-position-paragraph = Paragraph
recommendation-position-date = Date
claim-chosen-because = A reviewer chose this claim, against the usual order. Reason: { $reason }
claim-choice-title = Make another claim count
claim-choice-lead = By the usual order, the State’s reply counts before the report, and the report before databases. Choose another claim only if its source is better. The reason is public.
claim-choice-claim = Claim that counts
claim-choice-option = { $position } ({ $source })
claim-choice-reason = Reason
claim-choice-save = Make this claim count
claim-choice-undo = Use the usual order again
claim-chosen-done = The chosen claim counts from now on.
claim-choice-undone = The usual order decides again which claim counts.
recommendation-position-counts = Current position
recommendation-no-position = No source gives the position of the State under review.
recommendation-assessments = Assessments
recommendation-no-rounds = No assessment is published here.
recommendation-totals-only = At least one round has reported totals only: the status of this recommendation in it is not known.
recommendation-open = Open, not published
recommendation-not-assessed-yet = Not assessed yet.
recommendation-outside-round = This recommendation was imported after the round was published, so it is not part of the round.
recommendation-counted-as = This round counts it as “{ $position }”, the position known when the round was published.
recommendation-assessed-on = Assessed on
recommendation-nobody-assessed = Not assessed before the round was published.
recommendation-no-rationale = No rationale given.
recommendation-assess = Assess in this round
recommendation-evidence = Evidence
recommendation-evidence-dated = { $publisher }, { $date }

## Its history

history-title = History
history-table = All changes, newest first
history-none = No change is public yet.
history-day = Day
history-moment = Date and time
history-by = By
history-what = Change
history-recommendation-added = The recommendation was added.
history-recommendation-changed =
    { $change ->
        [position] The recommendation was changed; its position went from “{ $from }” to “{ $to }”.
       *[other] The recommendation was changed; its position stayed.
    }
history-assessment-saved =
    { $change ->
        [first] Assessed as “{ $to }” in “{ $round }”.
        [status] In “{ $round }” the status was changed from “{ $from }” to “{ $to }”.
       *[other] In “{ $round }” rationale, confidence or evidence was changed; the status stayed “{ $to }”.
    }
history-recommendation-absorbed = The recommendation was merged with another one.
history-recommendation-removed = The recommendation was removed.
history-assessment-removed = The assessment in “{ $round }” was removed.
history-review-added = The review was added.
history-review-updated = Details of the review were changed.
history-demonstration-removed = The demonstration was removed.
history-review-removed = The review was removed, because its import was undone.
history-recommendations-matched = Recommendations were matched with those of another file.
history-totals-reported = Reported totals of the round “{ $round }” were added.
history-round-opened = The round “{ $round }” was opened.
history-round-published = The round “{ $round }” was published and frozen.
history-other = Something else was changed.

## Files

export-refused = No file was made, because it would not match its address. { $why }
export-title = Recommendations: { $review }
export-title-everything = Recommendations of all States and cycles
export-by-state =
    { $rows ->
        [one] { $unit }: { $count } in { $rows } row
       *[other] { $unit }: { $count } in { $rows } rows
    }
export-notice-fictitious = Fictitious demonstration data: the State Examplia does not exist, and nothing was recommended to it or assessed by anybody.
export-notice-open = Statuses of an open round: they are not published and may still change.
list-to-filter = Filter and search
