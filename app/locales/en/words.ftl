# The field's words.

position-supported = Supported
position-supported_as_implemented = Supported as implemented
position-partially_supported = Partially supported
position-noted = Noted
position-pending = Pending
position-unknown = Unknown

group-african = African Group
group-asia-pacific = Asia-Pacific Group
group-eastern-european = Eastern European Group
group-latin-american-caribbean = Latin American and Caribbean Group
group-western-european-others = Western European and Others Group

action-1 = 1 – Minimal action
action-2 = 2 – Continuing action
action-3 = 3 – Considering action
action-4 = 4 – General action
action-5 = 5 – Specific action

confidence-low = Low
confidence-medium = Medium
confidence-high = High

evidence-primary = Primary source
evidence-independent = Independent institution
evidence-civil_society = Civil society
evidence-media = Media
evidence-state = State

unit-recommendations = Recommendations
unit-recommending-states = Recommending States’ recommendations

role-reader = Reader
role-analyst = Analyst
role-reviewer = Reviewer
role-administrator = Administrator

cycle-1 = first cycle
cycle-2 = second cycle
cycle-3 = third cycle
cycle-4 = fourth cycle

dimension-state = State under review
dimension-cycle = Cycle
dimension-status = Status
dimension-position = Position
dimension-recommending = Recommending State
dimension-group = Regional group
dimension-issue = Issue
dimension-theme = Theme
dimension-persons = Affected persons
dimension-sdg = Sustainable Development Goal
dimension-action = Action category
dimension-body = Responsible body

review-name = { $state }, { $cycle }
review-name-with-year = { $state }, { $cycle } ({ $year })
