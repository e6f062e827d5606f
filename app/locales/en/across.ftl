# Summaries over all reviews: the world, a recommending State, a theme.

world-title = The world’s reviews
world-ways = Other summaries
world-measure = Shown
world-measure-supported = Share supported
world-measure-implemented = Share implemented
world-caption-supported = Share of the answered recommendations that each State under review supported. What is pending, or whose answer no source tells, is in no share, and neither are totals that were only reported.
world-caption-implemented = Share of the assessed recommendations that each State under review implemented, in its newest published round. Totals that were only reported are marked with a dagger; they are in no sum.
world-shade = { $from } to { $to }
world-none-supported = No recommendations here, or no answer known
world-none-implemented = No assessment
world-tile = { $state }: { $count } of { $base }
world-no-group = In no regional group
world-reported-title = Reported totals
world-reported-note = Of these rounds only the totals are public: which recommendation has which status is not known, so they are in none of the sums above.
world-reported-caption = The newest round of each of these States
world-tile-none = { $state }: nothing to be counted
world-tile-unanswered = { $state }: { $received } received, no answer known

recommending-title = Recommending States
recommending-all = What each State recommended, and what became of it
recommending-of = What { $state } recommended
recommending-nothing = No recommendation by { $state } is known here, or none that the filter leaves.
recommending-to = To whom
recommending-quality =
    { $count ->
        [one] What the one recommendation with an action category asks for
       *[other] What the { $count } recommendations with an action category ask for
    }
recommending-beside = { $group }, all States
recommending-all-states = All States
recommending-beside-caption = Beside others
recommending-rated = With an action category
briefing-title = What { $state } recommended to { $other }
briefing-caption = Every recommendation, the latest cycle first
briefing-list = The same as a list, to be filtered and taken along

subject-all = How often it was recommended, and what became of it

across-lead =
    { $received ->
        [one] One recommendation: { $supported } supported, { $noted } noted.
       *[other] { $received } recommendations: { $supported } supported, { $noted } noted.
    }
across-lead-assessed =
    { $rounds ->
        [one] One is in a round: { $assessed } assessed, { $implemented } implemented.
       *[other] { $rounds } are in rounds: { $assessed } assessed, { $implemented } of these implemented.
    }
across-no-round = None of them is in a round.
across-share = { $count } ({ $percent })
across-by-cycle = By cycle
across-by-issue = By issue
across-by-position = By position
across-by-state = By State under review
across-by-recommending = By recommending State
across-by-group = By regional group of the recommending States
across-received = Received
across-supported = Supported, of the answered
across-unanswered = No answer known
across-lead-unanswered = { $answered } are answered as far as is known; { $pending } pending, { $unknown } without a known answer.
across-noted = Noted
across-assessed = Assessed
across-implemented = Implemented, of the assessed
across-all = All
across-no-value = Not given
across-unassessed = No assessment
across-take-answers = The answers:
across-take-outcomes = What became of them:
across-overlap = One recommendation can have several of these, so the lines may add up to more than all.
across-caption = { $caption }. Counted: { $unit }.
across-more = { $shown } of { $count } are shown; all of them stand beside the list.
