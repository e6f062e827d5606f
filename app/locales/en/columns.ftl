# The headings of lists and files. The ids are those of the one table of columns; files in English are
# recognised by these labels when they are brought back, so a label that changes here changes there.
column-review = Review
column-relevance = Relevance
column-paragraph = Paragraph
column-recommendation = Recommendation
column-summary = Summary
column-text = Text
column-text_language = Language of the text
column-texts = Text in other languages
column-recommending_states = Recommending States
column-position = Position
column-position_source = Source of position
column-topics = Issues or themes
column-issues = Issues
column-themes = Themes
column-affected_persons = Affected persons
column-sdgs = Sustainable Development Goals
column-action_category = Action category
column-responsible_bodies = Responsible bodies
column-status = Status
column-rationale = Rationale
column-confidence = Confidence
column-evidence = Evidence
column-id = Id
column-permalink = Permalink
column-round = Round
column-filter = Filter
column-counting_unit = Counting unit
column-data_as_of = Data as of
column-last_changed_on = Last changed on
column-coverage = Coverage
column-notice = Notice
column-title = Title
column-licence = Licence
# The names of a workbook's two sheets: at most 31 characters, none of [ ] : * ? / \
column-recommendations_sheet = Recommendations
column-about_sheet = About
