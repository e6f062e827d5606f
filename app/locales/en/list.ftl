# The list of recommendations, a recommendation's own page, and the files of both.

## Filtering

filter-too-long = The address is longer than { $max } characters, which is too long for a filter. Choose fewer values.
list-title = Recommendations
list-of = Recommendations: { $review }
list-faults = Not all of the address could be used. Left out:
list-page-past-end = There is no page { $page }: this is the last one.
list-skip-filter = Skip the filter
list-filter = Filter
list-search = Words
list-search-how = All words must occur, in any form. “Words in quotation marks” stand together as written. begin* finds what begins so. OR, NOT and brackets work too.
list-round = Status in the round
list-round-open = { $round } (open)
list-apply = Apply the filter
list-clear = Clear all
list-facet-chosen = { $count } chosen
list-facet-unit = The numbers beside the values count recommendations, each once, as the rows of the list do.
list-facet-more = { $count } more
list-facet-only = { $count }: only { $value }
list-chips = Chosen
list-chip = { $dimension }: { $value }
list-chip-words = Words: { $value }
list-chip-remove = Remove

## The list

list-caption = { $rows }, in the order of: { $column }
list-rows = Rows { $first }–{ $last } of { $count }
list-scroll = Table of recommendations
list-ascending = ascending
list-descending = descending
list-in-the-text = In the text:
list-best-first = the best first
list-best-last = the best last
list-no-value = –
list-pages = Pages
list-page = Page { $page }
list-previous = Previous
list-next = Next
list-per-page = Rows on a page
list-export = This list as a file:
list-empty = No recommendation fits this filter.
list-did-you-mean = Did you mean:
list-each-newest-round = Each review counts with its newest published round.
list-everything = All recommendations
list-everything-lead = The recommendations of all reviews, whatever the State and cycle.
list-empty-why = Take something out of the filter, or begin again:
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
words-rounds = Status in: each review’s newest published round
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
recommendation-outside = It is not among those that the filter leaves.
recommendation-back = Back to the list
recommendation-neighbours = Neighbours in the list
recommendation-previous = Previous: { $paragraph }
recommendation-next = Next: { $paragraph }
recommendation-summary = Summary
recommendation-text = Text
recommendation-no-text = The report’s text has not been imported.
recommendation-facts = About it
recommendation-by = Recommended by
recommendation-by-state = { $state } ({ $group })
recommendation-report = Report
recommendation-positions = Position of the State under review
recommendation-positions-caption = Every claim about what the State answered
recommendation-position-class = Position
recommendation-position-raw = In the source’s words
recommendation-position-source = Source
recommendation-position-paragraph = Paragraph
recommendation-position-date = Date
recommendation-position-counts = This one counts
recommendation-no-position = No source says what the State answered.
recommendation-assessments = Assessments
recommendation-no-rounds = Nobody has published an assessment of this review here.
recommendation-totals-only = One or more rounds have reported totals only: what they say about this recommendation is not known.
recommendation-open = Open, not published
recommendation-not-assessed-yet = Not assessed yet.
recommendation-outside-round = It was imported after this round was published, and is outside it.
recommendation-counted-as = In this round it counts as “{ $position }”: the answer known when the round was published.
recommendation-assessed-on = Assessed on
recommendation-nobody-assessed = Nobody assessed it before the round was published.
recommendation-no-rationale = No rationale was given.
recommendation-assess = Assess in this round
recommendation-evidence = Evidence
recommendation-evidence-dated = { $publisher }, { $date }

## Its history

history-title = History
history-table = All changes, the newest first
history-none = No change is public yet.
history-day = Day
history-moment = When
history-by = By
history-what = What
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
history-recommendation-absorbed = It turned out to be the same as a numbered recommendation and was joined to that.
history-recommendation-removed = The recommendation was removed, because its import was undone.
history-assessment-removed = The assessment in “{ $round }” was taken away.
history-review-added = The review was added.
history-review-updated = What is known about the review was changed.
history-review-removed = The review was removed, because its import was undone.
history-recommendations-matched = Recommendations were matched with those of another file.
history-totals-reported = The totals of the round “{ $round }” were taken in.
history-round-opened = The round “{ $round }” was opened.
history-round-published = The round “{ $round }” was published and frozen.
history-other = Something else was changed.

## Files

export-refused = No file was made, because it would not hold what its address asks for. { $why }
export-title = Recommendations: { $review }
export-title-everything = Recommendations of all States and cycles
export-by-state =
    { $rows ->
        [one] { $unit }: { $count } in { $rows } row
       *[other] { $unit }: { $count } in { $rows } rows
    }
export-notice-fictitious = Fictitious demonstration data: the State Examplia does not exist, and nothing was recommended to it or assessed by anybody.
export-notice-open = The round is open: its statuses are not published and may still change.
