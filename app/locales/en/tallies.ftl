# Summaries over all reviews: the world, a recommending State, a theme.

world-title = The world’s reviews
world-ways = Other summaries
world-measure = Shown
world-measure-supported = Share supported
world-measure-implemented = Share implemented
world-caption-supported = Share of the answered recommendations that each State under review supported. Pending and unknown positions are excluded, and so are reported totals.
world-caption-implemented = Share of the assessed recommendations that each State under review implemented, in its headline round. Reported totals are marked as such; they are not part of any sum.
world-shade = { $from } to { $to }
world-none-supported = No recommendations here, or no answer known
world-none-implemented = No assessment
world-tile = { $state }: { $count } of { $base }
world-no-group = In no regional group
world-reported-title = Reported totals
world-reported-note = Only the totals of these rounds are public. The statuses of single recommendations are not known, so these totals are not part of the sums above.
world-reported-caption = The headline round of each of these States
world-tile-none = { $state }: no figures
world-tile-unanswered = { $state }: { $received } received, no answer known

recommending-title = Recommending States
recommending-all = Recommendations made by each State, and their implementation
recommending-of = Recommendations made by { $state }
recommending-nothing = No recommendation made by { $state } is loaded, or none matches this filter.
recommending-to = State under review
recommending-quality =
    { $count ->
        [one] What the one recommendation with an action category asks for
       *[other] What the { $count } recommendations with an action category ask for
    }
recommending-beside = { $group }, all States
recommending-all-states = All States
recommending-beside-caption = Comparison
recommending-rated = With an action category
briefing-title = Recommendations of { $state } to { $other }
briefing-caption = Every recommendation that is loaded, the latest cycle first.
briefing-list = Open as a list, to filter and download

subject-part = { $with ->
    [0] None of the { $received } recommendations has an entry here, because the sources give none.
   *[other] { $with } of { $received } recommendations have an entry here. The sources give none for the others, which are counted as “Not given”.
}
subject-all = Number of recommendations, and their implementation

tallies-lead =
    { $received ->
        [one] One recommendation: { $answers }.
       *[other] { $received } recommendations: { $answers }.
    }
tallies-lead-part = { $count } { $position }
tallies-lead-assessed =
    { $rounds ->
        [one] One is in a round: { $assessed } assessed, { $implemented } implemented.
       *[other] { $rounds } are in rounds: { $assessed } assessed, { $implemented } of these implemented.
    }
tallies-no-round = None of them is in a round of assessment.
tallies-few-assessed = { $assessed } of { $received } are assessed: too few for a chart of implementation. The table has them.
tallies-share = { $count } ({ $percent })
tallies-by-cycle = By cycle
tallies-by-issue = By issue
tallies-by-position = By position
tallies-by-state = By State under review
tallies-by-recommending = By recommending State
tallies-by-group = By regional group of the recommending States
tallies-received = Received
tallies-answered = Answered
tallies-of-answered = { $position }, of the answered
tallies-unanswered = No answer known
tallies-lead-unanswered = { $answered } are answered as far as is known; { $pending } pending, { $unknown } without a known answer.
tallies-assessed = Assessed
tallies-implemented = Implemented, of the assessed
tallies-by-share = Sort by share
tallies-all = All
tallies-no-value = Not given
tallies-unassessed = No assessment
tallies-take-answers = Download and cite: responses
tallies-take-outcomes = Download and cite: implementation
tallies-overlap = A recommendation can be counted in several lines, so the lines may add up to more than the total.
tallies-caption = { $caption }. Counted: { $unit }.
tallies-caption-classes = { $caption }. Counted: { $unit }. { $classes }
classes-label = Positions counted as
classes-three = Supported, partially supported, noted
classes-official = Supported, noted (official classes)
classes-recorded = Every position as recorded
classes-said-three = Positions counted as supported, partially supported and noted; supported as implemented counts as supported.
classes-said-official = Positions counted in the two official classes, supported and noted; partially supported counts as noted.
classes-said-recorded = Positions counted as recorded; supported as implemented stands apart from supported.
tallies-more = { $shown } of { $count } are shown; all of them stand beside the list.
