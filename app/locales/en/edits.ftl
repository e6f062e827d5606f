# Recommendations edited by people.
edit-link = Correct this recommendation
edit-title = Correct paragraph { $paragraph }
edit-tabs = Ways to correct
edit-tab-correct = Correct
edit-tab-merge = Merge
edit-tab-split = Split
edit-tab-remove = Remove
edit-reason = Reason
edit-source = Source: the document that shows it
edit-why-public = Everybody can read this in the history. Do not name people.

edit-positions = Position of the State
edit-position-add = Add a position
edit-position-add-button = Add the position
edit-position-correct = Correct claim { $number }
edit-position-correct-button = Save the correction
edit-position-words = Words of the State
edit-position-symbol = Document, for example A/HRC/43/15/Add.1
edit-position-paragraph = Paragraph of the document
edit-position-date = Date: a day, a month or a year (2020-03-01, 2020-03 or 2020)
edit-position-done = The position of paragraph { $paragraph } is saved.
edit-position-class-unknown = Choose one of the positions in the list.
edit-position-without-source = A position needs its source. Name the document that holds the answer.
edit-position-date-unfit = This is not a date. Give a day, a month or a year: 2020-03-01, 2020-03 or 2020.
edit-position-known = This document has said the same before. Correct that claim instead.

edit-facts = Text, States and themes
edit-lists-how = Separate several States, themes or bodies with semicolons.
edit-source-id = Identifier in the source
edit-correct-button = Save the correction
edit-corrected-done = Paragraph { $paragraph } is corrected.

edit-add-title = Add a recommendation
edit-add-how = The recommendation is added to this review. Its position can be added afterwards.
edit-add-button = Add the recommendation
edit-added-done = Paragraph { $paragraph } is added.

edit-remove-what = This goes with it:
edit-remove-facts = the recommendation with its position ({ $position }), States and themes
edit-remove-assessment = its assessment in “{ $round }”
edit-remove-link = the decision whether it repeats another recommendation ({ $other })
edit-remove-names = its other numbers and names: { $names }
edit-remove-undo = The history keeps everything, and the removal can be undone there.
edit-remove-button = Remove the recommendation
edit-removed-done = Paragraph { $paragraph } is removed. The history can undo it.

edit-merge-how = Another recommendation is merged into paragraph { $paragraph }. Its number then leads here.
edit-merge-with = Paragraph to merge into this one
edit-merge-preview = Preview
edit-merge-unknown = This review has no other recommendation of that number.
edit-merge-title = Merge paragraph { $other } into this one
edit-merge-table = Both recommendations and the result
edit-merge-own = This one
edit-merge-other = The other one
edit-merge-after = Afterwards
edit-merge-moves = “{ $round }”: the assessment moves here.
edit-merge-same = “{ $round }”: both assessments are the same.
edit-merge-choose = “{ $round }”: the assessments differ. Which one is kept?
edit-merge-keep = That of paragraph { $paragraph }
edit-merge-button = Merge paragraph { $other }
edit-merged-done = Paragraph { $other } is merged into paragraph { $paragraph }.

edit-split-how = Divide the text and the States. The second part gets the same positions and themes.
edit-split-assessed =
    { $count ->
        [one] Paragraph { $paragraph } has an assessment in one open round. It stays with the first part.
       *[other] Paragraph { $paragraph } has assessments in { $count } open rounds. They stay with the first part.
    }
edit-split-first = Text of the first part, paragraph { $paragraph }
edit-split-number = Paragraph of the second part
edit-split-second = Text of the second part
edit-split-in-first = First part
edit-split-in-second = Second part
edit-split-in-both = Both parts
edit-split-button = Split the recommendation
edit-split-done = Paragraph { $paragraph } is split. Paragraph { $other } is new and not assessed yet: assessments stay with paragraph { $paragraph }.

edit-undo = Undo
edit-undo-title = Undo an edit
edit-undo-of = { $what } By { $who }, { $at }.
edit-undo-what = What is taken back
edit-undo-how = An edit cannot be undone once what it made was changed, assessed or published.
edit-undo-do = Undo this edit
edit-undo-keep = Keep the edit
edit-undo-is-undone = This edit is undone already.
edit-undone-done = The edit is undone.
edit-undo-touched = This cannot be undone, because something was changed, assessed or published since: { $which }.

edit-reason-unfit = Give a reason of 1 to { $max } characters.
edit-source-unfit = Name the source in 1 to { $max } characters.
edit-changes-nothing = Nothing is different. Change a value first.
edit-too-long =
    { $column ->
        [text] The text is too long. It may have { $max } characters.
        [summary] The summary is too long. It may have { $max } characters.
        [responsible_bodies] The name of a body is too long. It may have { $max } characters.
        [source_id] The identifier is too long. It may have { $max } characters.
        [position_raw] The words of the State are too long. They may have { $max } characters.
        [position_source] The name of the document is too long. It may have { $max } characters.
       *[other] The paragraph is too long. It may have { $max } characters.
    }
edit-term-too-long = A theme is too long. It may have { $max } characters.
edit-too-many = A list has too many values. It may have { $max }.
edit-without-text = The recommendation needs a text or a summary.
edit-without-states = Name at least one recommending State.
edit-language-unfit = This is not a language code. Give one, for example en, fr or zh-Hans.
edit-number-taken = Paragraph { $paragraph } is another recommendation. Choose a number that is free, or merge the two.
edit-number-leads-elsewhere = Paragraph { $paragraph } leads to paragraph { $now }, which had this number before. Choose another number.
edit-is-published = Published rounds name paragraph { $paragraph } under this number and with this text: { $rounds }. Other facts can be corrected.
edit-cannot-go = Published rounds name paragraph { $paragraph }, so it stays: { $rounds }.
edit-is-drafted = An analyst has an unsaved draft about paragraph { $paragraph }. It must be saved or discarded first: { $rounds }.
edit-merged-with-itself = A recommendation cannot be merged with itself. Give another number.
edit-assessments-unchosen = Choose which assessment is kept in each round: { $rounds }.
edit-part-without-text = Each part needs a text.
edit-part-without-states = Each part needs a recommending State.
edit-states-left-out = Choose a part for each State. These have none: { $states }.
edit-states-unknown = These States did not make the recommendation: { $states }. Correct its States first.
recommendation-changed-meanwhile = Paragraph { $paragraph } or its assessments were changed by another person. Nothing was saved. Check the present version, then try again.

history-recommendations-edited =
    { $what ->
        [position-added] A position was added.
        [position-corrected] A position was corrected.
        [corrected] The recommendation was corrected.
        [renumbered] Paragraph { $other } was renumbered { $paragraph }.
        [added] The recommendation was added by a person.
        [removed] The recommendation was removed by a person.
        [merged] Paragraph { $other } was merged into paragraph { $paragraph }.
       *[split] Paragraph { $paragraph } was split, and paragraph { $other } is new.
    } Reason: { $reason }{ $with_source ->
        [yes] { " " }Source: { $source }
       *[no] { "" }
    }
history-recommendations-edit-undone = An edit of recommendations was undone.
history-kind-recommendations-edited = Recommendation edited by a person
history-kind-recommendations-edit-undone = Edit undone
