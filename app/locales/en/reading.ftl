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

home-title = States and their reviews
home-what = What States were asked to do in the Universal Periodic Review, and whether they did it
home-as-of = Headline rounds are as of { $day } or earlier.
home-changed = Last changed on { $day }.
site-name-run-by = { $name }, run by { $organisation }.
site-name = { $name }.
site-run-by = Run by { $organisation }.
site-contact = Contact: { $contact }
home-under-review = States under review
home-under-review-what = What each State was recommended, what it answered, and what became of it.
home-recommending = Recommending States
home-recommending-what = What each State recommended to others, and what became of it.
home-recommending-count =
    { $count ->
        [one] { $count } State made the recommendations loaded here:
       *[other] { $count } States made the recommendations loaded here. The most:
    }
home-assessed =
    { $count ->
        [0] No review of a State has a published assessment
        [one] One review has a published assessment
       *[other] { $count } reviews have a published assessment
    }
home-empty = No reviews yet. Importing a file of recommendations adds its reviews.
home-demonstration = Demonstration
home-assessed-all = All { $count } assessed reviews
part-of-received = of { $received } received, according to the reported totals
unmatched-beside-number = { $unmatched } not matched with a numbered one
home-all-states = All States, with their cycles
home-letters = Letters
home-key-loaded = recommendations loaded
home-key-assessed = assessed
home-key-empty = no data loaded
home-key-missing = not loaded
home-cycle-box = { $number }: { $cycle }, { $loaded }
strip-part = { $count } { $status }
home-cycle = Cycle
home-session = Session and date
home-recommendations = Recommendations
home-rounds = Rounds
home-implementation = Implementation, headline round
session-and-date = Session { $session }, { $date }
session = Session { $session }
session-unknown = Not known

state-code = Code
state-group = Regional group
state-no-group = None
state-under-review = As State under review
state-recommending = As recommending State
state-no-review = No review of { $state } is loaded.
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
review-totals-only = Only totals are public: the status of each recommendation is not known, and the recommendations have not been imported.
review-part = { $loaded } of { $received } recommendations are loaded: the reported totals below are of { $received }. Figures that are counted here are of the { $loaded }.
review-surplus = { $loaded } recommendations are loaded, but the reported totals below are of { $received }.
review-unmatched =
    { $report } numbers { $numbered } of the { $loaded } recommendations that are loaded. { $unmatched ->
        [one] { $unmatched } has no number ({ $source }): it was
       *[other] { $unmatched } have no number ({ $source }): they were
    } not matched with a numbered recommendation, and may be counted twice.
review-nothing-here = The recommendations of this review have not been imported.
review-how-to-import = They can be imported from an export of the Universal Human Rights Index, from OHCHR’s matrix of recommendations, or from a table.

unit-label = Counted
unit-squares = Counted: recommendations. A square is one recommendation.
unit-totals-only = Counted: recommendations. Reported totals cannot be counted by recommending State.

by-status-title = By status
by-status-caption = By status. Counted: { $unit }
finding =
    { $unit ->
        [recommending-states] { $status }: { $count } of { $assessed } assessed recommending States’ recommendations ({ $percent })
       *[other] { $status }: { $count } of { $assessed } assessed recommendations ({ $percent })
    }
headline-no-answer = The response to { $received } recommendations is not known
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
chart-source-statuses = Statuses:
wording-summary = Summary

squares-in-order = One square for each recommendation, in the report’s order.
squares-by-status = One square for each recommendation, by status. Which recommendation has which is not public.
squares-skip = Skip the squares
square-name = { $paragraph }: { $status }
square-tooltip = { $paragraph }: { $status }. { $text }

by-position-title = By position
by-position-caption = Response of the State under review, as recorded, and implementation status. Counted: { $unit }
by-position-bars = Received, by status
by-position-none = The source gives no totals by position.
derived-mark = Derived, see the note
derived-notice = * Not published as such, but derived by arithmetic from totals that are: { $cells }.
derived-cell = { $label }, { $status }: { $count }
derived-note = * Not published as such: derived by arithmetic from totals that are.

positions-title = By position
positions-caption = Response of the State under review. Counted: { $unit }. { $classes }

rounds-title = Rounds of assessment
rounds-none = No assessment is published here.
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
round-method-title = Method
round-method-none = No note on the method.
round-scale-title = Scale
round-hash-title = Content hash
round-hash-open = An open round has no content hash yet: it gets one when it is published.
round-hash-how = The SHA-256 hash of the round’s full content. Anyone with the content can compute the hash again and see that nothing was changed:
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
how-base-reported = The totals are given as reported: the statuses of single recommendations are not known, so nothing was counted here.
how-base-all = All { $received }
how-base-answers = { $received } received = { $answered } answered + { $unanswered } not answered, or with an answer that no source tells. Percentages are of the { $answered } answered.
how-positions-term = Positions
how-positions = { $answered } answered = { $parts }. { $classes }
how-coverage-term = Coverage
how-documents-term = Sources of positions
how-base-several = Each set has its own base: the recommendations received, less those not assessed
how-filter-term = Filter
how-filter-none = None: all recommendations of the round
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
how-hash-none = None: only a published round has one
how-revision-term = State of the data
how-revision-alone = Version { $revision }
how-revision = Version { $revision }, { $day }
how-outside =
    { $count ->
        [one] { $count } recommendation was imported after the round was published and is outside it.
       *[other] { $count } recommendations were imported after the round was published and are outside it.
    }

methodology-title = How the figures are counted
methodology-lead = What the terms on these pages mean, what each number counts, and what this tool does not record.
methodology-contents = On this page
methodology-sentence = The sentence
methodology-sentence-1 = Every round of assessment is summed up in one sentence, such as “2 of 252 assessed recommendations implemented; 14 of 266 not assessed”. It has four numbers: how many are in the best status of the round’s scale, how many were assessed, how many were not, and how many were received.
methodology-sentence-2 = Received is always assessed plus not assessed. The sentence, the chart, the table and the files of a set come from one and the same count, so they cannot differ.
methodology-assessed = Assessed and not assessed
methodology-assessed-1 = A recommendation is assessed if the round gives it a status other than “Not assessed”. “Not assessed” is an answer of its own: mostly, there was not enough information to judge. It does not mean “not implemented”, and it is never counted as such.
methodology-assessed-2 = A review without any round reads “no assessment”, never zero. When a round is published, recommendations without an assessment are recorded as not assessed. Recommendations imported later stay outside the round.
methodology-percentages = Percentages
methodology-percentages-1 = The base of a percentage of implementation is the assessed recommendations. The base of a percentage of positions is the answered ones. Neither is the received ones. A count always stands beside its percentage, and the base above or beneath it.
methodology-percentages-2 = Percentages have at most one decimal. A count above zero is never shown as 0%, and a part is never shown as 100%. Rounded percentages may add up to slightly more or less than 100.
methodology-positions = Positions and their sources
methodology-positions-1 = A position is what the State under review answered. Resolution 5/1 of the Human Rights Council knows two classes: recommendations that enjoy the State’s support, and recommendations that it notes. Sources are finer than that, and they disagree with each other.
methodology-positions-2 = So a position is kept as a claim: the source’s own wording, the document and the paragraph it stands in, and its date. Several claims may stand beside each other. One of them counts, and all of them can be read on the recommendation’s page.
methodology-claim-order = An answer counts before a claim that there is no answer yet. Of several answers, the source decides, in this order:
methodology-source-reply = the State’s reply, an addendum to the report (A/HRC/…/Add.1);
methodology-source-report = the Working Group’s report (A/HRC/…);
methodology-source-document = any other document;
methodology-source-index = the Universal Human Rights Index, where it names no document;
methodology-source-database = databases of organisations, such as UPR Info’s;
methodology-source-unnamed = a claim without a source.
methodology-claim-ties = Between two sources of one kind, the later date decides, then the higher document symbol, then the later paragraph. The order of imports decides in two cases only: a source can correct itself, and of two claims without a source, the one that was imported later counts. The preview of the import says so. A reviewer can choose another claim and has to say why; the reason stands beside the claim. Published rounds keep the positions that they were published with.
methodology-positions-3 = Tables, charts and files count positions in three classes: supported, partially supported and noted. “Supported as implemented” is counted as supported. Together the three classes are the answered recommendations.
methodology-positions-4 = The United Nations has only the two official classes. A recommendation that a State supports only in part does not enjoy its support, so it is counted as noted. A link on each page switches to this way of counting, and to every position as recorded. Each page and each file says which way it uses.
methodology-positions-5 = Every way of counting finds the same number of recommendations that enjoy support. Pending and unknown positions are counted by themselves. They are in no percentage: the base is the answered recommendations.
methodology-positions-6 = UPR Info counts a recommendation that a State accepts in part or in principle as noted, and its files are read by this rule. In other files, “accepted in part” is partially supported. “Accepted in principle” is taken only after a person has said how it counts. Where UPR Info gives a recommendation of several States two answers, accepted for some and noted for others, it is partially supported. The source’s own words are kept in every case.
methodology-positions-7 = UPR Info has renamed some of its issues. They go by the names of 2015 here, such as NHRI for National Human Rights Institution, so that each issue is counted once.
class-caption = Positions, and the class in which each is counted
class-base = Base of percentages
class-in-base = Included
class-outside-base = Not included
class-supported = Enjoys the State’s support
methodology-units = Counting units
methodology-units-1 = A paragraph of a Working Group’s report is one recommendation, however many States made it. Counted in recommending States’ recommendations, as UPR Info counts, a paragraph made by three States is three. Where only some States or groups are asked for, only theirs count: of a paragraph that Norway made with two others, Norway’s one.
methodology-units-2 = The unit stands beside every figure, and can be switched wherever each recommendation’s status is known. Where a part of a table can overlap with another, such as issues, its rows may add up to more than the total, and the total counts each once.
methodology-rounds = Rounds, totals and hashes
methodology-rounds-1 = A round is one organisation’s assessment of one review, as of one day, in one scale. A recommendation has at most one assessment in each round, and may have different ones in different rounds: organisations may disagree, and each signs for itself.
methodology-rounds-2 = Some results are public as totals only. Such a round carries the published numbers with their citation and nothing else: which recommendation has which status is not known, and is not made up. Numbers that follow from published ones by arithmetic are marked with an asterisk. In summaries over several reviews such totals stand apart, marked with a dagger (†), and are in no sum.
methodology-rounds-3 = A published round is frozen: nothing in it changes any more. Its content hash (SHA-256) is taken of a text that anybody can download from the round’s page, so that a copy can be checked without trusting this site.
methodology-headline = The headline round
methodology-headline-1 = The sentence of the headline round stands on the page of the review and on the home page. Figures over several reviews count it. It is the newest published round that assesses at least as many recommendations as every other. Of rounds that assess equally many, a round with a status for each recommendation precedes one of totals only; then the later as-of date counts.
methodology-headline-2 = A new round that assesses few recommendations therefore does not replace a round that assesses more. A reviewer can choose another round, with a reason. The page of the review then says so and gives the reason.
methodology-corrections = Corrections and withdrawals
methodology-corrections-1 = A mistake in a published round is corrected by a new round, which is numbered and gives the reason. The earlier round stays at its address as it was published. It is marked as superseded, and its page leads to what changed, recommendation by recommendation.
methodology-corrections-2 = A round can also be withdrawn, with a reason. Its address then shows its name, its dates and its content hash, but none of its assessments. Lists, charts and totals count neither superseded nor withdrawn rounds.
methodology-corrections-3 = The page of corrections lists every correction, withdrawal, removal of a text and choice of a headline round. It gives the numbers and content hashes before and after.
methodology-history = History
methodology-history-1 = Every change is kept: what was changed, when, and what stood there before. Nothing is overwritten without trace. Each entry of the history carries a hash that covers the entry before, so an entry that was changed or taken out later shows. Whoever keeps the number and hash of the last one elsewhere notices as well if the end was cut off.
methodology-history-2 = The public history of a recommendation names no person. Organisations sign rounds.
methodology-not-recorded = What is not recorded
methodology-not-recorded-1 = Reading needs no account, sets no cookie and runs no script. No address, no browser and no search term of a reader is recorded, and no page asks any other host for anything.
methodology-not-recorded-2 = People who assess have a pseudonym and a password. No real name and no e-mail address is asked for, and files taken from here carry no author.
methodology-scales = Scales
methodology-scales-1 = Each organisation has its own terms for how far a recommendation is implemented. A scale is a list of such statuses, best first, each with its definition. Changing a scale that is in use makes a new version.
methodology-scales-2 = Each status has a mark that can be told apart without colour. Exactly one status of each scale stands for “not assessed”; it is outside the base of all percentages. These scales are in use:

review-recommending =
    { $count ->
        [one] One State made recommendations
       *[other] { $count } States made recommendations
    }
review-recommending-what = Each leads to what it recommended to { $state } in all cycles, and what became of it.
review-recommending-all = All recommending States
recommendation-more = More from
recommendation-briefing = Everything { $state } recommended to { $under_review }

## Descriptions of pages, for search engines and for sites where a page is shared

describe-list = Recommendations of the Universal Periodic Review with the State’s position and their implementation: { $of }
describe-recommendation = { $review }, recommendation { $paragraph }: { $text }
describe-state = { $state } in the Universal Periodic Review: the recommendations it received in each cycle, its responses, their implementation, and the recommendations it made.
describe-world = What each State supported and implemented in the Universal Periodic Review, by regional group. { $lead }
describe-compare = { $review }: two rounds of assessment compared, recommendation by recommendation.
describe-two = Two groups of recommendations of the Universal Periodic Review compared: what was supported, and what was implemented.
describe-subject = “{ $subject }” in the Universal Periodic Review: recommendations received, supported and implemented. { $lead }
describe-subjects = Recommendations of the Universal Periodic Review by { $subject }: received, supported and implemented.
describe-recommending = { $state } in the Universal Periodic Review: what it recommended to other States, and what became of it. { $lead }
describe-sources = The documents and databases that the figures of this site come from, and how much of the Universal Periodic Review is loaded.
