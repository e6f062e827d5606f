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
chart-figures-of-assessed = { $best }, of the assessed · received
chart-figures-of-answered = { $best }, of the answered · received
chart-figures-of-all = { $best }, of all · all
chart-figures = { $best } · { $received }
chart-more-lines =
    { $count ->
        [one] { $count } more
       *[other] { $count } more
    }
chart-more-elsewhere = { $count } more, with their numbers, on the chart’s own page
chart-overlaps = One recommendation can stand in several lines, so the lines may add up to more than the total, which counts each once.
chart-caption = { $lines }: counts, and what became of them
chart-caption-answers = { $lines }: counts, and what was answered
chart-drawn = { $shown } of { $count } are drawn; the table has them all.
chart-part-of = { $title } ({ $part } of { $parts })
chart-csv-counted = Counted
chart-csv-source = Source
chart-csv-link = Link
chart-csv-notice = Notice
chart-best-of-assessed = { $status }, of the assessed
chart-outside = Not assessed
chart-best-of-answered = Supported, of the answered
chart-outside-answered = Not answered, or not known
chart-page = Chart
chart-drawing = The chart: { $title }
chart-whole-summary = The whole summary that it is part of
chart-numbers = The numbers
chart-numbers-of = Numbers: { $title }
chart-more-numbers-of = More numbers: { $title }
chart-in-words = The chart in words
chart-files = Take it along
chart-cite = Cite it
chart-embed = Show it on your page
chart-embed-how = This shows the chart in a frame. It loads no script and sets no cookie.
chart-embed-look = How it looks
chart-embed-source = Source, method and citation of this chart
picture-source = Source: { $source }
finding-small = { $best }: { $figure }; the most recommendations: { $label }, { $count }
finding-and-more = { $label } and { $count } more
finding-one = { $best }: { $figure }
finding-span = { $best }: most in { $most }, { $most_figure }; least in { $least }, { $least_figure }
finding-nowhere = { $best }: none in any of { $lines }
finding-everywhere = { $best }: the same in all { $lines }, { $figure }
finding-implemented = Implemented
finding-supported = Supported
dimension-finding-none = Nothing is known by { $dimension }
tiles-reported = †: totals that were only reported, in no sum
tiles-key = One tile for each State: its code, and how many of how many. A dashed tile has nothing to be counted, which is not zero.

take-title = Take along:
take-page = link, citation, embedding

cite-as-of = As of { $day }
cite-hash = SHA-256: { $hash }
cite-revision = Version { $revision } of the data
cite-accessed = { $url } (accessed { $day })

summary-totals-whole = Reported totals cannot be filtered: the figures are those of everything.
summary-list = The list of these recommendations
summary-everything = The summary of everything

breakdowns-title = By what is known of the recommendations
breakdowns-unit = Counted: { $unit }
breakdowns-order = Order
order-own = usual
order-count = most first
order-share-supported = largest share of support first
order-share = largest share of the best status first
squares-best-first = One square for each recommendation, the best status first. Each leads to its recommendation.
squares-order = Squares in order of
squares-order-paragraph = paragraphs
squares-order-status = status

compare-title = Round against round
compare-link = Compare the rounds
compare-one-round = There are no two rounds to compare here.
compare-no-status = A status cannot be filtered by here: statuses are what is compared.
compare-unit = Rounds are compared by recommendation: each has one status in each round, so the recommending States are not counted here.
compare-counted = Counted: recommendations, each once, because each has one status in each round.
reconciled-equal = The totals that were reported and the itemised round of this name are equal in every status.
reconciled-apart = The totals that were reported and the itemised round of this name differ. { $statuses }.
reconciled-status = { $status }: { $reported } reported, { $itemised } itemised
reconciled-other = The other round of this name ({ $kind })
reconciled-compare = Compare the two
compare-from = First round
compare-to = Second round
compare-go = Compare
compare-read-as = “{ $status }” is read as
compare-no-counterpart = no counterpart
compare-source = { $from }; { $to }
compare-totals-title = Totals beside each other
compare-totals-table = Both rounds, status by status
compare-totals-only = At least one of the two is known as totals only: which recommendation moved is not known.
compare-difference = Difference
compare-moved-title = What moved
compare-matrix = From which status (rows) to which (columns); what stayed is framed
compare-from-status = First round
compare-only-one = Only in the first round: { $from }. Only in the second: { $to }.
compare-none-moved = No recommendation has another status.
compare-moved-list =
    { $count ->
        [one] The recommendation that moved
       *[other] The { $count } recommendations that moved
    }
compare-recommendation = Recommendation
compare-agreement-title = Agreement
compare-agreement = The same status: { $same } assessed in both
compare-agreement-none = Nothing is assessed in both.
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
compare-list-moved = All that moved
compare-mapping-title = How the words were read
compare-same-words = Both rounds use the same statuses.
compare-why = Why
compare-same-code = the same status in both scales
compare-same-score = the same score in both scales
compare-both-unassessed = nobody has assessed it
compare-chosen = chosen on this page
rounds-same = Both rounds have the same totals
rounds-differ =
    { $count ->
        [one] The totals differ in { $count } status
       *[other] The totals differ in { $count } statuses
    }
flow-caption = From { $from } (rows) to { $to } (columns)
flow-finding =
    { $moved ->
        [one] { $moved } of { $both } recommendations has another status
       *[other] { $moved } of { $both } recommendations have another status
    }

outcome-best = Implemented (the best status of its scale)
outcome-between = In between
outcome-worst = Not implemented (the worst status of its scale)
outcome-not-assessed = Not assessed
outcome-no-round = No assessment

cycles-heading = Cycle against cycle
cycles-title = { $state }. { $finding }
cycles-about = All recommendations to { $state }, in the newest published round of each cycle; where only totals are public, the totals. Counted: { $unit }.
cycles-about-some = Recommendations to { $state }: { $of }, in the newest published round of each cycle. Where only totals are public there is no number: totals can neither be filtered nor counted by recommending State. Counted: { $unit }.
cycles-not-examined = not examined
cycles-implemented = Implemented, of the assessed
cycles-repeated = Repeat an earlier cycle’s
cycles-stood =
    { $years ->
        [one] { $count } (standing for up to { $years } year)
       *[other] { $count } (standing for up to { $years } years)
    }

everything-title = Summary over all reviews
everything-sentence = { $best } of { $assessed } assessed in the best status of their scale; { $unassessed } of { $in_rounds } not assessed
everything-nothing-assessed = None of { $in_rounds } is assessed
everything-beside =
    { $no_round ->
        [one] One of all { $received } is in no round, because its review has none or it was imported after the round was published: nobody has said anything about it. The charts show it as “No assessment”, and it is in no percentage.
       *[other] { $no_round } of all { $received } are in no round, because their review has none or they were imported after the round was published: nobody has said anything about them. The charts show them as “No assessment”, and they are in no percentage.
    }
everything-no-round = { $received } received, none of them in a round: no assessment
everything-no-round-but-reported = { $received } known one by one, none of them in a round. Totals that were only reported stand below.
everything-only-reported = None of these recommendations is known one by one: only totals were reported. Chosen: { $of }. Counted: { $unit }.
everything-print = This page prints as a briefing: without its navigation, with its filter and its sources.
quality-caption = How many, how many enjoy support, of those whose answer is known, and how many ask for a specific action, of those whose action category is known. Counted: { $unit }.
quality-specific = Specific action

list-summary = Summary and charts of these recommendations
world-not-supported = Noted, or supported in part
world-unknown = No source tells the answer
world-other = Assessed otherwise
world-reported = { $state } (reported totals)
world-finding =
    { $states ->
        [one] { $best } assessed as implemented, in { $states } State
       *[other] { $best } assessed as implemented, in { $states } States
    }
world-supported-finding =
    { $states ->
        [one] { $best } supported, by { $states } State
       *[other] { $best } supported, by { $states } States
    }

recommending-against = All figures against the { $group }
two-title = Two filters beside each other
two-lead = Paste the addresses of two lists, or what follows the question mark in them.
sources-line = Each review’s newest published round: { $rounds }
sources-none = No round: no assessment
sources-both = { $documents }. Statuses: { $rounds }
sources-documents = Working Group reports and addenda: { $documents }
sources-documents-many = Working Group reports and addenda of { $count } reviews
sources-document-of = of { $review }
sources-made-up = { $review }: made up
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
two-units = The two filters count different things, which do not stand on one scale: both count recommendations here.
two-a = First filter
two-b = Second filter
two-set = Set
two-nothing = Nothing is assessed in either
