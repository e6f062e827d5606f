# Reading: the front page, States, reviews, rounds, the methodology.

breadcrumbs-label = You are here
yes = Yes
no = No
percent = { $value }%
percent-less = less than { $value }%
percent-more = more than { $value }%
percent-none = –
assessed = Assessed
assessed-base = Assessed (base)
answered-base = Answered (base)
received = Received
no-assessment = No assessment
not-imported = Not imported yet
totals-only = (totals only)
import-link = Import recommendations
fictitious-tag = fictitious

headline-implemented =
    { $unit ->
        [recommending-states] { $implemented } of { $assessed } assessed recommending States’ recommendations implemented; { $not_assessed } of { $received } not assessed
       *[other] { $implemented } of { $assessed } assessed recommendations implemented; { $not_assessed } of { $received } not assessed
    }
headline-best-status =
    { $unit ->
        [recommending-states] “{ $status }”: { $implemented } of { $assessed } assessed recommending States’ recommendations; { $not_assessed } of { $received } not assessed
       *[other] “{ $status }”: { $implemented } of { $assessed } assessed recommendations; { $not_assessed } of { $received } not assessed
    }
headline-nothing-assessed =
    { $unit ->
        [recommending-states] None of { $received } recommending States’ recommendations is assessed
       *[other] None of { $received } recommendations is assessed
    }
signed = { $organisation }: { $title }
signed-kind = { $signed } ({ $kind })
signed-open = { $signed } (open, not published)
kind-itemised = itemised
kind-totals = reported totals
signed-as-of = { $organisation }: { $title }, as of { $day }

home-title = Reviews
home-what = What States were recommended in the Universal Periodic Review, and what became of it. Every figure leads to the recommendations that it counts.
home-caption =
    { $count ->
        [one] { $count } review
       *[other] { $count } reviews
    }
home-empty = There is no review here yet. Reviews come with the files that are imported.
home-state = State
home-cycle = Cycle
home-session = Session and date
home-recommendations = Recommendations
home-rounds = Rounds
home-implementation = Implementation, newest published round
session-and-date = Session { $session }, { $date }
session = Session { $session }
session-unknown = Not known

state-code = Code
state-group = Regional group
state-no-group = None
state-documents = Documents
state-caption =
    { $count ->
        [one] { $state }: { $count } review
       *[other] { $state }: { $count } reviews
    }
documents-unknown = Not known

review-all =
    { $count ->
        [one] The one recommendation
       *[other] All { $count } recommendations
    }
review-not-assessed = { $what }; no assessment
review-empty = No recommendations and no assessment here yet
review-totals-only = Only totals are public: which recommendation has which status is not known here, and the recommendations themselves have not been imported.
review-nothing-here = The review is known, its recommendations have not been imported.
review-how-to-import = A reviewer imports them from an export of the Universal Human Rights Index, from OHCHR’s matrix of recommendations, or from a table.

unit-label = Counted
unit-squares = Counted: recommendations. A square is one recommendation.
unit-totals-only = Counted: recommendations. Reported totals cannot be counted by recommending State.

by-status-title = By status
by-status-caption = By status. Counted: { $unit }
by-status-bar = Out of { $received }
by-status-count = Count
by-status-share = Of the assessed
finding =
    { $unit ->
        [recommending-states] { $status }: { $count } of { $assessed } assessed recommending States’ recommendations ({ $percent })
       *[other] { $status }: { $count } of { $assessed } assessed recommendations ({ $percent })
    }
headline-no-answer = No answer to any of { $received } is known
headline-answers =
    { $unit ->
        [recommending-states] { $supported } of { $answered } answered recommending States’ recommendations enjoy support; { $unanswered } of { $received } not answered, or with an answer that no source tells
       *[other] { $supported } of { $answered } answered recommendations enjoy support; { $unanswered } of { $received } not answered, or with an answer that no source tells
    }
finding-none = Nothing is assessed yet
chart-part = { $status }: { $count }
chart-whole = { $received } received, { $assessed } of them assessed
chart-whole-answered = { $received } received, { $answered } of them answered
chart-source = Source:

squares-in-order = One square for each recommendation, in the report’s order. Each leads to its recommendation.
squares-by-status = One square for each recommendation, by status. Which recommendation has which is not public.
squares-skip = Skip the squares
square-name = { $paragraph }: { $status }
square-tooltip = { $paragraph }: { $status }. { $text }

by-position-title = By position
by-position-caption = What the State answered, and what became of it. Counted: { $unit }
by-position-all = All positions
by-position-unsaid = Not given by position
by-position-none = The source gives no totals by position.
derived-mark = Derived, see the note
derived-notice = * Not published as such, but derived by arithmetic from totals that are: { $cells }.
derived-cell = { $label }, { $status }: { $count }
derived-note = * Not published as such: derived by arithmetic from totals that are.

positions-title = By position
positions-share = Of the answered
positions-caption = What the State answered. Counted: { $unit }

rounds-title = Rounds of assessment
rounds-none = Nobody has published an assessment of this review here.
round-shown-here = Its figures are shown above
round-show-here = Show its figures above
round-assess = Assess in this round
round-publish = Publish this round
round-organisation = Organisation
round-as-of = As of
round-undated = no date given
round-kind = Kind
round-itemised = A status for each recommendation
round-totals = Reported totals only
round-state = State
round-published = Published and frozen
round-published-on = Published and frozen on { $day }
round-open = Open: not published, still changing
round-open-tag = open, not published
round-replaces = Replaces the round:
round-method-title = Method
round-method-none = No note on the method.
round-scale-title = Scale
round-hash-title = Content hash
round-hash-open = An open round has no content hash yet: it gets one when it is published.
round-hash-how = The SHA-256 hash of the round’s whole content. Whoever has the content can recompute it, and so see that nothing was changed:
round-hash-text = the exact text, { $file }
citation-source = Published in:
citation-cite = Cite as:
citation-text = { $organisation }, { $title }. { $review }. As of: { $day }. SHA-256: { $hash }

scale-name = { $name }, version { $version }
scale-definition = When it is chosen
scale-assessed = Counts as assessed
scale-score = Score
scale-score-none = none

how-title = How this was counted
how-base-term = Base
how-base = { $received } received = { $assessed } assessed + { $not_assessed } not assessed. Percentages are of the { $assessed } assessed.
how-base-everything = { $received } received = { $in_rounds } in rounds ({ $assessed } assessed + { $not_assessed } not assessed) + { $no_round } in none. Shares of what was implemented are of the { $assessed } assessed, shares of what was supported of the { $answered } whose answer is known ({ $pending } pending, { $unknown } unknown).
how-base-cycles = { $received } received in all; the answer to { $answered } is known. { $in_rounds } are in a round, { $assessed } of them assessed. Each cycle’s share of what was implemented is of its assessed.
how-base-reported = The totals stand as they were reported: nothing is known one by one, so nothing was counted here.
how-base-all = All { $received }
how-base-answers = { $received } received = { $answered } answered + { $unanswered } not answered, or with an answer that no source tells. Percentages are of the { $answered } answered.
how-documents-term = Documents
how-base-several = Each set has its own: what it received less what nobody has assessed
how-filter-term = Filter
how-filter-none = None: everything in the round
how-scale-term = Scale
how-scale-outcomes = Each round’s own, read as outcomes: the best status of a scale is “implemented”, the last assessed one “not implemented”, and what lies between is in between
how-round-term = Round
how-rounds-term = Rounds
how-more-rounds =
    { $count ->
        [one] and { $count } more
       *[other] and { $count } more
    }
how-hash-of-hashes = The hash is that of the rounds’ content hashes: SHA-256 of a line “BLR-3 mid-term hash” for each, by State and cycle.
how-hash-term = Content hash (SHA-256)
how-hash-none = None yet: the round is open
how-revision-term = State of the data
how-revision-alone = Version { $revision }
how-revision = Version { $revision }, { $day }
how-outside =
    { $count ->
        [one] { $count } recommendation was imported after the round was published and is outside it.
       *[other] { $count } recommendations were imported after the round was published and are outside it.
    }

methodology-title = How the figures are counted
methodology-lead = What the words on these pages mean, what every number is a number of, and what this tool does not keep.
methodology-contents = On this page
methodology-sentence = The sentence
methodology-sentence-1 = Every round of assessment is summed up in one sentence, such as “2 of 252 assessed recommendations implemented; 14 of 266 not assessed”. It has four numbers: how many are in the best status of the round’s scale, how many were assessed, how many were not, and how many were received.
methodology-sentence-2 = Received is always assessed plus not assessed. The sentence, the chart, the table and the files of a set come from one and the same count, so they cannot differ.
methodology-assessed = Assessed and not assessed
methodology-assessed-1 = A recommendation is assessed if somebody has judged it in that round. “Not assessed” is an answer of its own: mostly, there was not enough information to judge. It does not mean “not implemented”, and it never counts as such.
methodology-assessed-2 = A review without any round reads “no assessment”, never zero. When a round is published, recommendations that nobody judged are written down as not assessed; what is imported later stays outside the round.
methodology-percentages = Percentages
methodology-percentages-1 = Percentages are of the assessed recommendations, not of those received. A count always stands beside its percentage, and the base above or beneath it.
methodology-percentages-2 = They have one decimal at most. What is not zero is never written as 0%, and what is not everything never as 100%. Rounded percentages may add up to a little more or less than 100.
methodology-positions = Positions and their sources
methodology-positions-1 = A position is what the State under review answered. Resolution 5/1 of the Human Rights Council knows two classes: recommendations that enjoy the State’s support, and recommendations that it notes. Sources are finer than that, and they disagree with each other.
methodology-positions-2 = So a position is kept as a claim: the source’s own wording, the document and the paragraph it stands in, and its date. Several claims may stand beside each other; the latest counts, and all of them can be read on the recommendation’s page.
class-caption = Positions and their classes
class-heading = Class of resolution 5/1
class-supported = Enjoys the State’s support
class-noted = Noted
class-unanswered = Not answered
methodology-units = Counting units
methodology-units-1 = A paragraph of a Working Group’s report is one recommendation, however many States made it. Counted in recommending States’ recommendations, as UPR Info counts, a paragraph made by three States is three. Where only some States or groups are asked for, only theirs count: of a paragraph that Norway made with two others, Norway’s one.
methodology-units-2 = The unit stands beside every figure, and can be switched wherever each recommendation’s status is known. Where a part of a table can overlap with another, such as issues, its rows may add up to more than the total, and the total counts each once.
methodology-rounds = Rounds, totals and hashes
methodology-rounds-1 = A round is one organisation’s assessment of one review, as of one day, in one scale. A recommendation has at most one assessment in each round, and may have different ones in different rounds: organisations may disagree, and each signs for itself.
methodology-rounds-2 = Some results are public as totals only. Such a round carries the published numbers with their citation and nothing else: which recommendation has which status is not known, and is not made up. Numbers that follow from published ones by arithmetic are marked with an asterisk. In summaries over several reviews such totals stand apart, marked with a dagger (†), and are in no sum.
methodology-rounds-3 = A published round is frozen: nothing in it changes any more. Its content hash (SHA-256) is taken of a text that anybody can download from the round’s page, so that a copy can be checked without trusting this site.
methodology-history = History
methodology-history-1 = Every change is kept: what was changed, when, and what stood there before. Nothing is overwritten without trace. Each entry of the history carries a hash that covers the entry before, so an entry that was changed or taken out later shows. Whoever keeps the number and hash of the last one elsewhere notices as well if the end was cut off.
methodology-history-2 = The public history of a recommendation names no person. Organisations sign rounds.
methodology-not-recorded = What is not recorded
methodology-not-recorded-1 = Reading needs no account, sets no cookie and runs no script. No address, no browser and no search term of a reader is recorded, and no page asks any other host for anything.
methodology-not-recorded-2 = People who assess have a pseudonym and a password. No real name and no e-mail address is asked for, and files taken from here carry no author.
methodology-scales = Scales
methodology-scales-1 = Each organisation has its own words for how far a recommendation is implemented. A scale is such a list of words in order, the best first, each with the reason to choose it; a change of a scale that is in use makes a new version.
methodology-scales-2 = Each status has a mark that tells it apart without colour. Exactly one status of each scale means that nobody has assessed the recommendation; it is outside the base of all percentages. These are the scales that are known here:
