# Charts: what they say, and how they are taken along.

count-of = { $count } of { $base }
count-of-nothing = –
count-of-percent = { $count } of { $base } ({ $percent })
chart-all = All
chart-set = Set
chart-sum = Sum
chart-total = { $count } in all
chart-no-value = Not given
chart-line = { $label }: { $counts }
chart-mark = { $line } – { $series }: { $count }
chart-figures-of-assessed = Bold: received. Beside it: { $best }, as a share of the assessed.
chart-figures-of-answered = Bold: received. Beside it: { $best }, as a share of the answered.
chart-figures-of-all = Bold: all. Beside it: { $best }, as a share of all.
bar-of = of { $base }
bar-of-percent = of { $base } ({ $percent })
bar-of-received = of { $received } received
chart-more-lines =
    { $count ->
        [one] { $count } more
       *[other] { $count } more
    }
chart-more-elsewhere = { $count } more, with their numbers, on the page of this chart
chart-overlaps = A recommendation can be counted in several lines, so the lines may add up to more than the total, which counts each recommendation once.
chart-caption = { $lines }: recommendations and implementation
chart-caption-answers = { $lines }: recommendations and response of the State under review
chart-drawn = The chart shows { $shown } of { $count }; the table has all of them.
chart-csv-counted = Counted
chart-csv-source = Source
chart-csv-link = Link
chart-csv-notice = Notice
chart-best-of-assessed = { $status }, of the assessed
chart-best-of-answered = Supported, of the answered
chart-page = Chart
chart-drawing = The chart: { $title }
chart-whole-summary = Full summary with this chart
chart-numbers = The numbers
chart-numbers-of = Numbers: { $title }
chart-more-numbers-of = More numbers: { $title }
chart-in-words = Chart description
chart-files = Download
chart-cite = Cite
chart-embed = Embed
chart-embed-how = This shows the chart in a frame. It loads no script and sets no cookie.
chart-embed-look = Appearance
chart-embed-source = Source, method and citation of this chart
picture-implementation = Implementation of recommendations: { $of }
picture-responses = Responses to recommendations: { $of }
picture-all = all States, all cycles
picture-of-filtered = { $review }, { $chosen }
picture-two-rounds = { $review }, two rounds
picture-as-of = As of { $day }
picture-published = Published on { $day }
picture-data-of = Database last changed on { $day }
picture-source = Source: { $source }
# Headings of charts. $who: "state" (one State under review), "line" (the lines are States under review), or nobody.
finding-place = { $dimension ->
    [cycle] in the { $label }
    [state] in { $label }
    [to-state] to { $label }
    [supporting-state] { $label }
    [recommending] from { $label }
    [group] from the { $label }
    [position] with the position “{ $label }”
    [action] in the action category “{ $label }”
    [issue] on { $label }
    [theme] on { $label }
    [sdg] on { $label }
    [persons] on { $label }
   *[other] for { $label }
}
# A label that is not a part of the sentence: “Other”.
finding-quoted = “{ $label }”
finding-place-more = { $place } and { $count } { $dimension ->
    [cycle] { $count ->
        [one] other cycle
       *[other] other cycles
    }
    [state] { $count ->
        [one] other State
       *[other] other States
    }
    [to-state] { $count ->
        [one] other State
       *[other] other States
    }
    [supporting-state] { $count ->
        [one] other State
       *[other] other States
    }
    [recommending] { $count ->
        [one] other State
       *[other] other States
    }
    [group] { $count ->
        [one] other regional group
       *[other] other regional groups
    }
    [position] { $count ->
        [one] other position
       *[other] other positions
    }
    [action] { $count ->
        [one] other action category
       *[other] other action categories
    }
    [issue] { $count ->
        [one] other issue
       *[other] other issues
    }
    [theme] { $count ->
        [one] other theme
       *[other] other themes
    }
    [sdg] { $count ->
        [one] other goal
       *[other] other goals
    }
    [persons] { $count ->
        [one] other group of persons
       *[other] other groups of persons
    }
    [body] { $count ->
        [one] other body
       *[other] other bodies
    }
   *[unnamed] { $count ->
        [one] other
       *[other] others
    }
}
finding-lines = { $dimension ->
    [cycle] { $count } cycles
    [state] { $count } States
    [recommending] { $count } recommending States
    [group] { $count } regional groups
    [position] { $count } positions
    [action] { $count } action categories
    [issue] { $count } issues
    [theme] { $count } themes
    [sdg] { $count } goals
    [persons] { $count } groups of persons
    [body] { $count } bodies
   *[other] these { $count }
}
finding-every = { $filtered ->
    [true] { $of ->
        [answered] all of these recommendations that were answered
        [assessed] all of these recommendations that were assessed
       *[received] all of these recommendations
    }
   *[false] { $of ->
        [answered] every answered recommendation
        [assessed] every assessed recommendation
       *[received] every recommendation
    }
}
finding-figure = { $percent } ({ $count } of { $base })
finding-all-of = ({ $count })
# Behind a sentence that a small line would contradict.
finding-among = (leaving aside { $small } with fewer than { $least } that would change this)
# A comparison of cycles of which not all reviews are loaded.
finding-of-loaded = { $finding }, in the reviews loaded here
finding-supported-highest = { $who ->
    [state] { $state } supported the highest share { $place }: { $figure }
    [line] { $place } supported the highest share: { $figure }
   *[nobody] Support was highest { $place }: { $figure }
}
finding-supported-every = { $who ->
    [state] { $state } supported { $every } { $place }
    [line] { $place } supported { $every }
   *[nobody] Supported: { $every } { $place }
}
finding-supported-everywhere = { $who ->
    [state] { $state } supported { $every } across { $lines }
   *[nobody] Supported: { $every } across { $lines }
}
finding-supported-same = { $who ->
    [state] { $state } supported the same share across { $lines }: { $figure }
   *[nobody] The same share was supported across { $lines }: { $figure }
}
finding-supported-nowhere = { $filtered ->
    [true] { $who ->
        [state] { $state } supported none of these recommendations, across { $lines }
       *[nobody] None of these recommendations was supported, across { $lines }
    }
   *[false] { $who ->
        [state] { $state } supported no recommendation across { $lines }
       *[nobody] No recommendation was supported across { $lines }
    }
}
finding-supported-one = { $who ->
    [state] { $state } supported { $figure } { $place }
    [line] { $place } supported { $figure }
   *[nobody] Supported { $place }: { $figure }
}
finding-implemented-highest = { $who ->
    [state] In { $state }, the highest share assessed as { $best } is { $place }: { $figure }
   *[nobody] The highest share assessed as { $best } is { $place }: { $figure }
}
finding-implemented-every = { $who ->
    [state] In { $state }, assessed as { $best }: { $every } { $place }
   *[nobody] Assessed as { $best }: { $every } { $place }
}
finding-implemented-everywhere = { $who ->
    [state] In { $state }, assessed as { $best }: { $every } across { $lines }
   *[nobody] Assessed as { $best }: { $every } across { $lines }
}
finding-implemented-same = { $who ->
    [state] In { $state }, the same share is assessed as { $best } across { $lines }: { $figure }
   *[nobody] The same share is assessed as { $best } across { $lines }: { $figure }
}
finding-implemented-nowhere = { $filtered ->
    [true] { $who ->
        [state] In { $state }, none of these recommendations is assessed as { $best }, across { $lines }
       *[nobody] None of these recommendations is assessed as { $best }, across { $lines }
    }
   *[false] { $who ->
        [state] In { $state }, no recommendation is assessed as { $best } across { $lines }
       *[nobody] No recommendation is assessed as { $best } across { $lines }
    }
}
finding-implemented-one = { $who ->
    [state] In { $state }, { $figure } { $place } are assessed as { $best }
   *[nobody] { $figure } { $place } are assessed as { $best }
}
finding-most =
    { $filtered ->
        [true] Of these recommendations, the most are { $place }: { $figure }
       *[false] { $who ->
            [state] The most recommendations to { $state } are { $place }: { $figure }
           *[nobody] The most recommendations are { $place }: { $figure }
        }
    }{ $others ->
        [0] { "" }
       *[other] { " each" }
    }
finding-plain = By { $dimension }
finding-implemented = Implemented
finding-no-response = No response of the State under review is known
finding-supported = Supported
dimension-finding-none = No { $dimension } is recorded

take-files = Files of this chart
take-title = Download and cite
take-squares = Squares
take-page = Link, citation, embed code

cite-as-of = As of { $day }
cite-hash = SHA-256: { $hash }
cite-superseded = Superseded by correction { $number } on { $day }
cite-revision = Version { $revision } of the data
cite-accessed = { $url } (accessed { $day })

summary-totals-whole = Reported totals cannot be filtered: the figures are those of the whole round.
summary-list = List of these recommendations
summary-everything = Summary of all reviews

breakdowns-title = Breakdowns
breakdowns-unit = Counted: { $unit }
breakdowns-order = Sort by
order-own = default order
order-count = number of recommendations
order-share-supported = share supported
order-share = share implemented
squares-best-first = One square for each recommendation, sorted by status.
squares-linked = Each leads to its recommendation.
squares-too-many = All recommendations in one bar, by status: there are too many for one square each.
squares-count =
    { $count ->
        [one] { $count } square
       *[other] { $count } squares
    }
squares-order = Sort squares by
squares-order-paragraph = paragraph
squares-order-status = status

compare-title = Compare rounds
compare-link = Compare rounds
compare-one-round = This review has fewer than two rounds, so there is nothing to compare.
compare-no-status = Statuses cannot be filtered on this page, because statuses are what it compares.
compare-unit = Rounds are compared by recommendation: each has one status in each round, so this page does not count by recommending State.
compare-counted = Counted: recommendations, each once, because each has one status in each round.
reconciled-equal = The reported totals and the itemised round of the same name are equal in every status.
reconciled-apart = The reported totals and the itemised round of the same name differ. { $statuses }.
reconciled-status = { $status }: { $reported } reported, { $itemised } itemised
reconciled-other = Other round of this name ({ $kind })
reconciled-compare = Compare both rounds
compare-from = First round
compare-to = Second round
compare-go = Compare
compare-read-as = “{ $status }” is read as
compare-no-counterpart = no counterpart
compare-source = { $from }; { $to }
compare-totals-title = Totals
compare-totals-table = Both rounds by status
compare-totals-only = At least one of the rounds has reported totals only: which recommendations changed their status is not known.
compare-difference = Difference
compare-moved-title = Changes of status
compare-matrix = Status in the first round (rows) and in the second (columns); unchanged statuses are framed
compare-from-status = First round
compare-only-one = Only in the first round: { $from }. Only in the second: { $to }.
compare-none-moved = No recommendation changed its status.
compare-moved-list =
    { $count ->
        [one] The recommendation that moved
       *[other] The { $count } recommendations that moved
    }
compare-recommendation = Recommendation
compare-agreement-title = Agreement
compare-agreement = The same status: { $same } assessed in both
compare-agreement-none = No recommendation is assessed in both rounds.
compare-kappa = Cohen’s kappa: { $kappa } (1: complete agreement; 0: no more than by chance)
compare-unmapped =
    { $count ->
        [one] { $count } is left out: its status has no counterpart.
       *[other] { $count } are left out: their statuses have no counterpart.
    }
compare-any-status = any status
compare-listed =
    { $count ->
        [one] { $count } recommendation from { $from } to { $to }
       *[other] { $count } recommendations from { $from } to { $to }
    }
compare-list-moved = All changes
compare-mapping-title = How statuses were matched
compare-same-words = Both rounds use the same statuses.
compare-why = Why
compare-same-code = the same status in both scales
compare-same-score = the same score in both scales
compare-both-unassessed = not assessed in either scale
compare-chosen = chosen on this page
rounds-same = Both rounds have the same totals
rounds-differ =
    { $count ->
        [one] The totals differ in { $count } status
       *[other] The totals differ in { $count } statuses
    }
flow-reading = Each bar: recommendations by status in { $from }. Its parts: their status in { $to }.
flow-caption = From { $from } (rows) to { $to } (columns)
flow-finding = { $changed } of { $both } assessed in both rounds changed status; { $added } newly assessed, { $removed } no longer assessed

outcome-best = Implemented
outcome-between = Partially implemented or in process
outcome-worst = Not implemented
outcome-not-assessed = Not assessed
outcome-no-round = No assessment

cycles-heading = Compare cycles
cycles-title = { $state }: { $finding }
cycles-about = All recommendations to { $state }, in the headline round of each cycle; where only totals are public, the totals. Counted: { $unit }.
cycles-about-some = Recommendations to { $state }: { $of }, in the headline round of each cycle. Where only totals are public there is no number: totals can neither be filtered nor counted by recommending State. Counted: { $unit }.
cycles-caption = { $about } { $classes }
cycles-not-examined = not examined
cycles-implemented = Implemented, of the assessed
cycles-repeated = Repeat a recommendation of an earlier cycle
cycles-stood =
    { $years ->
        [one] { $count } (standing for up to { $years } year)
       *[other] { $count } (standing for up to { $years } years)
    }

all-reviews-title = Summary over all reviews
all-reviews-sentence = { $best } of { $assessed } assessed in the best status of their scale; { $unassessed } of { $in_rounds } not assessed
all-reviews-nothing-assessed = None of { $in_rounds } recommendations in rounds is assessed
all-reviews-beside =
    { $no_round ->
        [one] One of all { $received } is in no round, because its review has none or it was imported after the round was published: nobody has said anything about it. The charts show it as “No assessment”, and it is in no percentage.
       *[other] { $no_round } of all { $received } are in no round, because their review has none or they were imported after the round was published: nobody has said anything about them. The charts show them as “No assessment”, and they are in no percentage.
    }
all-reviews-no-round = { $received } received, none of them in a round: no assessment
all-reviews-no-round-but-reported = { $received } recommendations imported, none of them in a round. Reported totals are below.
all-reviews-only-reported = None of these recommendations is known one by one: only totals were reported. Chosen: { $of }. Counted: { $unit }.
all-reviews-print = This page prints as a briefing: without navigation, with its filter and sources.
quality-caption = How many, how many enjoy support, of those whose answer is known, and how many ask for a specific action, of those whose action category is known. Counted: { $unit }.
quality-specific = Specific action

list-summary = Summary and charts of these recommendations
world-other = Assessed otherwise
world-reported = { $state } (reported totals)
world-finding =
    { $states ->
        [one] { $best } assessed as implemented, in { $states } State
       *[other] { $best } assessed as implemented, in { $states } States
    }
world-only-totals =
    { $states ->
        [one] Only totals are reported, for { $states } State
       *[other] Only totals are reported, for { $states } States
    }
world-supported-finding =
    { $states ->
        [one] { $best } supported by { $states } State
       *[other] { $best } supported, across { $states } States
    }

recommending-against = All figures against the { $group }
two-title = Compare two sets of recommendations
two-lead = Choose a State, a cycle or a recommending State for each side.
two-any = All
two-several = As chosen ({ $count })
two-paste = Compare any two lists
two-paste-how = Paste the addresses of two lists, or the part after the question mark.
two-rounds-title = Compare rounds
two-rounds-review = Review
two-rounds-of = { $review } ({ $count } rounds)
two-rounds-go = Compare its rounds
coverage-of = Coverage: { $loaded } of { $held } reviews of { $whose } loaded
coverage-part = Coverage: { $loaded } of the { $received } recommendations that the reported totals count are loaded
coverage-surplus = Coverage: { $loaded } recommendations are loaded, more than the { $received } that the reported totals count
coverage-unmatched =
    Coverage: { $loaded } recommendations are loaded. { $report } numbers { $numbered }; { $unmatched ->
        [one] { $unmatched } ({ $source }) was
       *[other] { $unmatched } ({ $source }) were
    } not matched with a numbered recommendation
coverage-report = The report
coverage-whose-all = the first three cycles
coverage-whose-state = { $state } in the first three cycles
coverage-whose-chosen = the chosen States and cycles
coverage-under-way = { $coverage }, and { $count } of the fourth cycle, which is under way
coverage-only-under-way =
    { $count ->
        [one] Coverage: { $count } review of the fourth cycle, which is under way
       *[other] Coverage: { $count } reviews of the fourth cycle, which is under way
    }
sources-line = Each review’s headline round: { $rounds }
sources-none = none (no round of assessment)
sources-both = { $positions }. Statuses: { $rounds }
sources-positions = Positions: { $sources }
sources-count = { $source } ({ $count })
sources-documents =
    { $count ->
        [one] { $count } UN document
       *[other] { $count } UN documents
    }
sources-others =
    { $count ->
        [one] { $count } other source
       *[other] { $count } other sources
    }
sources-totals = totals reported in { $round }
sources-not-given = source not given
sources-no-position = no position known
sources-fictitious = fictitious data
sources-nothing = none
sources-united-nations = United Nations, Working Group on the Universal Periodic Review
sources-round = { $round } ({ $review })
sources-rounds =
    { $count ->
        [one] { $count } round
       *[other] { $count } rounds
    }
sources-organisations =
    { $count ->
        [one] { $count } organisation
       *[other] { $count } organisations
    }
sources-many = { $rounds } of { $organisations }
sources-many-as-of = { $rounds } of { $organisations }, evidence up to { $day }
two-units = The two filters have different counting units, which cannot share a scale. Both are counted in recommendations here.
two-a = First set
two-b = Second set
two-set = Set
two-nothing = Neither filter has an assessed recommendation
