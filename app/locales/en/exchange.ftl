# What is wrong with a file that someone brought, or with a row of it. Each sentence says what would
# pass. For a row, the page shows its number, column and value beside the sentence.

## The whole file

exchange-empty = The file is empty. Choose a UHRI export (XLSX or JSON), a UPR Info export (CSV), an OHCHR matrix (DOCX) or this program's own table (CSV, XLSX or JSON).
exchange-unreadable = The file could not be read from where it is kept. Try again.
exchange-too-large = The file is larger than { $max } MiB. Split it, or export fewer reviews at a time.
exchange-unknown-format = This is none of the files that can be read: a UHRI export (XLSX or JSON), a UPR Info export (CSV), an OHCHR matrix (DOCX), or this program's own table (CSV, XLSX or JSON).
exchange-old-office = This is a document of an old Office version, or one with a password. Open it, take the password off and save it as XLSX or DOCX.
exchange-pdf = PDF files cannot be read here. OHCHR offers the same matrix as a Word document (DOCX), and UHRI exports XLSX.
exchange-pdf-no-report = The PDF is not a Working Group report: it has no numbered paragraphs that end with States in brackets. OHCHR offers its matrices as Word documents (DOCX), and UHRI exports XLSX.
exchange-pdf-damaged = The PDF is damaged or incomplete. Download it again, or choose the same report as a Word document (DOCX).
exchange-pdf-encrypted = The PDF has a password. Choose the same report as a Word document (DOCX), or save its text and import that (TXT).
exchange-pdf-pages = The PDF has more than { $max } pages, which no report has. Choose the report alone.
exchange-pdf-drawings = The PDF holds more drawings or letters than any report. Choose the same report as a Word document (DOCX).
exchange-pdf-scanned = The PDF holds pictures of pages and not their text. Choose the same report as a Word document (DOCX), or as a PDF whose text can be selected.
exchange-pdf-order = The order of the PDF’s text is not certain: it stands in columns, in a table, or turned. Choose the same report as a Word document (DOCX), or save its text, check the order, and import that (TXT).
exchange-pdf-letters = Some letters of the PDF are drawn without saying which they are. Choose the same report as a Word document (DOCX), or type the text and import that (TXT).
exchange-pdf-right-to-left = The PDF’s text runs from right to left, and the order of its letters is not certain. Choose the same report as a Word document (DOCX).
exchange-pdf-limits = Reading the PDF took more time or memory than any report needs, or failed. Choose the same report as a Word document (DOCX), or save its text and import that (TXT).
exchange-no-rows = The file has headings, but no row below them.
exchange-name-the-review = The file does not say which review it is about. Choose the review, such as BLR-3, and try again.
exchange-other-review = The file is about { $file }, but { $named } was chosen. Choose { $file }, or the other file.
exchange-reply-no-sign = The text has answers to recommendations, but nothing in it says that it is a reply of the State. If it is one, give its symbol, such as A/HRC/43/15/Add.1, or its title as the first line, such as "Addendum". Otherwise, give the answers as a table with headings.
exchange-not-utf8 = Row { $row } holds bytes that are not UTF-8. Save the table again as "CSV UTF-8".
exchange-not-utf16 = The file says that it is UTF-16, but holds bytes that are not. Save the table again as "CSV UTF-8".
exchange-record-headings = The headings of the table, or the names of the records, are not known.
exchange-json-lists = The JSON is not one list of records. A list of objects can be read, or an object with one such list.
exchange-json-flat = Element { $row } of the list is not an object. Every element must be an object with the same names.
exchange-json-nested = "{ $name }" in record { $row } holds objects or lists within it. A text, a number or a list of texts can be read.
exchange-json-twice = An object of the JSON has the name “{ $name }” twice, and only one value can be read. Remove one of them.
exchange-json-line = The JSON is damaged near line { $line }, character { $column }. Export it again.
exchange-json-damaged = The JSON is damaged or incomplete near byte { $byte }. Download it again, or export it anew.
exchange-rows = The table has more than { $max } rows. Split it into several files.
exchange-text-too-long = One text in the file is longer than { $max } MiB, which no cell is. Open it in Office, shorten the longest cell and save it anew.
exchange-mapping-headings = The table lacks these columns of the mapping: { $missing }. Correct the mapping, or choose the table that it was made for.
exchange-mapping-fields = The mapping does not say enough. It must name the column of the text, or those of the paragraph and the status.
exchange-assessment-columns = The table has columns beside those of its format that seem to hold assessments: { $columns }. Say what they hold, so that none is lost.
exchange-json-assessments = The objects have members that seem to hold assessments: { $members }. From JSON, assessments are not read. Bring the same list as CSV or XLSX, whose columns can be mapped.
exchange-columns = The table has more than { $max } columns. Delete those that are not needed.
exchange-cell-too-long = Row { $row } has a cell of more than { $max } MiB. Perhaps a quotation mark was never closed before it.

## Archives: XLSX and DOCX

exchange-archive-damaged = The file is damaged or incomplete. Download it again, or open it in Office and save it anew.
exchange-archive-encrypted = The file is encrypted. Take the password off and save it again.
exchange-archive-parts = The file has more than { $max } parts, which no table has. Open it in Office and save it anew.
exchange-archive-too-large = The file unpacks to more than { $max } MiB or repeats itself more than any real table does. Split it into several files.
exchange-strings = The workbook has more than { $max } different texts. Split it into several files.

## Headings

exchange-matrix-no-table = The document has no table with the headings "Recommendation" and "Position", as OHCHR's matrices have. Nor does it have numbered paragraphs that end with States in brackets, as Working Group reports have. Choose OHCHR's own document, or its filled copy with the headings left in place, or the report.
exchange-no-table = The file holds text, but no table: no row has headings in two cells or more. Put the headings into one row and the values below them, or choose another file.
exchange-sheet-headings = No sheet of the workbook has known headings in its first rows. A UHRI export has "Text" and "Countries Concerned"; this program's own table has "Paragraph", "Recommending States" and "Text" or "Summary".
exchange-sheet-empty = The chosen sheet holds no table. Choose another sheet of the workbook.
exchange-table-headings = The table lacks these columns: { $missing }. Its first line must have "Paragraph", "Recommending States" and "Text" or "Summary"; "Review" too, unless a review is chosen.

## A row

exchange-no-paragraph = The text does not begin with the number of its paragraph, such as 138.27.
exchange-other-state = The file names { $file } as the State under review, but the review is { $named }. Choose the review of { $file }, or the other file.
exchange-symbol-of-other-cycle = The symbol { $symbol } belongs to cycle { $cycle }, but { $named } was chosen. Choose the review of that cycle, or the other file.
exchange-other-report = The file belongs to the report { $symbol }, but the report of { $named } is { $known }. Choose the review with the report { $symbol }, or the other file.
exchange-other-symbol = The file has the symbol { $file }, but { $named } was given. Leave the symbol out, or choose the other file.
exchange-symbol-of-reply = "{ $symbol }" is not the symbol of a State’s reply. It looks like A/HRC/43/15/Add.1.
exchange-symbol-of-report = "{ $symbol }" is not the symbol of a Working Group report. It looks like A/HRC/43/15.
exchange-symbol-of-other = A symbol is given only with a State’s reply or a Working Group report, and this file is neither. Leave the symbol out.
exchange-reply-two-answers = Paragraph { $paragraph } has two answers: "{ $first }" in row { $first_row } and "{ $second }" in row { $second_row }. Keep the right answer and correct or remove the other. An answer in part is written as "Partially supported" in one row.
exchange-reply-numbers = "{ $value }" is not a list of paragraph numbers. It looks like 104.1, or 104.1–104.15, 104.20.
exchange-reply-range = "{ $value }" runs backwards or is longer than any report. Write the numbers one by one.
exchange-unclear-answer = The sentence "{ $value }" does not clearly say whether the recommendation is supported or noted. Write the answer, such as Supported, Noted or Partially supported.
exchange-reply-no-answer = The text names { $paragraph } and no answer to it. Write the answer beside the number, such as Supported.
exchange-reply-two-readings = The lines around { $paragraph } can be read in two ways. { $second ->
    [none] The answer “{ $first }” stands above it, and no answer stands below it.
   *[other] { $first ->
        [none] The answer “{ $second }” stands below it, and no answer stands above it.
       *[other] The answer above it is “{ $first }”, and the answer below it is “{ $second }”.
    }
} Write the answer beside the number, such as Supported.
exchange-reply-total = The text says that there are { $total } recommendations in this list, and { $read } numbers were read. Check the numbers of the list.
exchange-reply-counted-only = The text counts { $count } recommendations without their numbers, so they are left as they are. Add their numbers to import the answer.
exchange-reply-line = The line is longer than { $max } bytes, and its end was not read. Divide it into several lines.
exchange-paragraph = "{ $value }" is not clearly the number of one paragraph. Write it as in 138.27, 97.1..1 or 79(a).
exchange-no-text = There is no text beside the number and the States. Give a text or a summary.
exchange-text-is-date = “{ $value }” is a date or a number, and not the text of a recommendation. Check which column holds the text.
exchange-no-state = No recommending State is named. Write it in brackets behind the text, or in its column.
exchange-unknown-state = "{ $value }" is not a State that is known here. Write its name as the United Nations do, or its code of three letters.
exchange-unknown-state-nearest = "{ $value }" is not a State that is known here. Perhaps { $nearest } was meant: correct the name and try again.
exchange-no-state-of-review = "{ $value }" is not a State. Only member States of the United Nations, the Holy See and the State of Palestine make recommendations. Name the State that spoke, or remove the name.
exchange-states-differ = The text names { $text } in brackets, and the column of recommending States names { $column }. Correct one of the two, so that one names all States of the other.
exchange-states-within = The text names { $text } in brackets before its end, and no State at its end. Write the recommending States in brackets behind the text, or in their column.
exchange-paragraphs-differ = The text begins with { $text }, and the column of paragraphs has { $column }. Correct one of the two.
exchange-id-differs = The column Paragraph has { $number }, and the column Id has { $id }. Correct the paragraph, or empty the cell under Id if this is another recommendation or its new number.
exchange-zeros-lost = The numbers of paragraphs in these rows may have lost a zero at their end, because the spreadsheet holds them as numbers without a format: { $rows }. Check whether 104.1 is 104.10 there; cells formatted as text keep their zeros.
exchange-zeros-lost-more = The numbers of paragraphs in these rows may have lost a zero at their end, because the spreadsheet holds them as numbers without a format: { $rows } and { $more } more. Check whether 104.1 is 104.10 there; cells formatted as text keep their zeros.
exchange-footnote-marks = The numbers of paragraphs in these rows have the mark of a footnote, which was not read: { $rows }. Check what the footnotes say.
exchange-text-cut = The text outside the tables is longer than { $max } MiB. The text beyond that was not read. Split the document to import the rest.
exchange-footnote-marks-more = The numbers of paragraphs in these rows have the mark of a footnote, which was not read: { $rows } and { $more } more. Check what the footnotes say.
exchange-terms-whole = { $more ->
    [0] These values hold a comma or a bar and were kept as one term each, because not all of their parts are known terms: { $values }. Separate several terms with semicolons.
   *[other] These values hold a comma or a bar and were kept as one term each, because not all of their parts are known terms: { $values } and { $more } more. Separate several terms with semicolons.
}
exchange-assessment-without-status = These columns hold parts of assessments and were not read, because no column holds a status: { $columns }. An assessment needs a status. Say which column holds it, or enter the assessments in the browser.
exchange-countries = A recommendation is made to one State, but { $count } stand here. Leave exactly one.
exchange-cells-without-value = These cells hold an error or a formula without its result and are read as empty: { $cells }. Correct them, or open the file in a spreadsheet program and save it, and import it again.
exchange-cells-without-value-more = These cells hold an error or a formula without its result and are read as empty: { $cells } and { $more } more. Correct them, or open the file in a spreadsheet program and save it, and import it again.
exchange-utf16-unmarked = This text is in UTF-16 and lacks the byte order mark at its beginning. Save it as CSV in UTF-8 and import it again.
exchange-web-page = This is a web page (HTML), whatever the end of its name says. Open it in a spreadsheet program, save the table as XLSX or as CSV in UTF-8, and import that.
exchange-own-recommendation = { $state } is both the State under review and a recommending State here. A State makes no recommendation to itself; check which column holds which State.
exchange-goal = "{ $value }" is no Sustainable Development Goal or target. Goals are 1 to 17, and targets are written as 16.3 or 4.a.
exchange-paragraph-comma = "{ $value }" could be the number { $first }.{ $second } with a decimal comma, or the paragraphs { $first } and { $second }. Write it with a full stop, or each paragraph in a row of its own.
exchange-no-session = This row names { $state } and neither a session nor a cycle, so its review is not clear. Add a column with one of them, or choose the review of the file.
exchange-session = "{ $value }" does not name one session of the Working Group. Write its number, from 1 to 54, such as "36th session". Sessions of the Human Rights Council and dates are not read as sessions.
exchange-claim-parts = “{ $value }” has more than four parts. A position has its words, its document, the paragraph and the date, with “|” between them. Remove the others, or put them into a column of their own.
exchange-claims-differ = The row names two sources of the position: “{ $one }” and “{ $other }”. Correct one of the two.
exchange-unknown-position = "{ $value }" is not a position that is known here. Use Supported, Supported as implemented, Partially supported, Noted, Pending, or nothing.
exchange-position-in-principle = "{ $value }" is not a clear position. UPR Info counts such an answer as noted. Write Noted, Partially supported or Supported.
exchange-position-in-text = The position "{ $value }" stands in the cell of the text. Move it to the column of positions.
exchange-position-empty = The row has no position. Write Supported, Supported as implemented, Partially supported, Noted or Pending, or remove the row.
exchange-position-number = "{ $value }" is a number, and each table numbers positions in its own way. Write Supported, Partially supported, Noted or Pending.
exchange-confidence = “{ $value }” is not a level of confidence. Use low, medium, high, or nothing.
exchange-action-category = "{ $value }" is not an action category. Use a number from 1 to 5.
exchange-texts = “{ $value }” is no list of texts in further languages. Each text has a language, such as ru, and each language stands once.
exchange-language = “{ $value }” is no code of a language. Write it as in fr or pt-BR, or leave the cell empty.
exchange-unknown-review = "{ $value }" is not a review. It is a State's code and a cycle, such as BLR-3.
exchange-cycle = “{ $value }” does not name one cycle of the review. Write 1, 2, 3 or 4, or the years of one cycle, such as 2017–2022.
exchange-session-and-cycle = The session “{ $session }” does not belong to the cycle “{ $cycle }”. Correct one of the two.
exchange-other-cycle = “{ $value }” is of cycle { $cycle }, but the row’s review is { $review }. Choose the review of that cycle, or correct the cell.
exchange-report-gaps = Numbers are missing between paragraphs (in these lines): { $gaps }. Check whether a recommendation lost its number.
exchange-report-second = Behind { $paragraph }, which ends with its States, a second recommendation without a number begins in line { $line }. Give that line its number in the file and import it once more, or correct the text here.
exchange-two-recommendations = The text holds two recommendations: { $first } and { $second }. Put each in a row of its own, with its number, its text and its States.
exchange-further-recommendation = Within the text, the recommendation { $second } begins. Put each recommendation in a row of its own, with its number, its text and its States.
exchange-row-of-other-review = The row is about { $file }, but { $named } was chosen for the file. Choose { $file }. If the file has several reviews, choose none, so that each row goes to its own review.
exchange-quote-open = The quotation mark that opens a cell in line { $line } is never closed, so the rest of the file is in one cell. Close the quotation mark and import the file again.
exchange-quote-swallowed = A quotation mark in line { $line } is not closed in its row, so lines { $line } to { $last } are in one row. Close or remove the quotation mark and import the file again.
exchange-ragged = The row has { $found } cells instead of { $expected }. Perhaps a quotation mark or a separator is missing.
exchange-repeated-text = Paragraph { $paragraph } of { $review } stands in row { $first } already, with another text. Only one of the two can be right.
exchange-repeated-position = Paragraph { $paragraph } of { $review } stands in row { $first } already, with another position. Only one of the two can be right.
exchange-body-too-long = “{ $value }” is too long for the name of a responsible body. A name has at most { $max } characters; separate several bodies with semicolons.
exchange-values = One cell has more than { $max } values. Leave those that matter.
exchange-json-object = This element of the list is not an object that can be read. It must be JSON in UTF-8, as the other elements are.
exchange-json-too-long = This object is longer than { $max } MiB. No recommendation is: take it out of the file.
exchange-json-too-deep = This object is nested deeper than { $max } levels. No recommendation is: take it out of the file.

## Assessments

exchange-assessment-unnumbered = An assessment needs the paragraph of its recommendation, and this file has no paragraphs. Use a table with a column of paragraphs.
exchange-evidence-kind = “{ $value }” is no kind of evidence. These are: { $known }.

## What of a file is read and what is not

intake-title = What was read
intake-columns-all = { $count ->
    [one] One column, and it is read.
   *[other] { $count } columns: all are read.
}
intake-columns = { $count ->
    [one] One column: { $read } read, { $unread } not read ({ $names }).
   *[other] { $count } columns: { $read } read, { $unread } not read ({ $names }).
}
intake-map = Map the columns yourself
intake-map-kept = The file is kept until you import it or discard it. Nothing is written before the next preview.
intake-map-sheets = You can also choose another sheet there.
intake-map-file = The same file again
intake-map-how = Choose the file once more and say what its columns and values mean. Nothing is written before the next preview.
intake-rows = { $count ->
    [one] One row: { $parts }.
   *[other] { $count } rows: { $parts }.
}
intake-rows-new = { $count } new
intake-rows-changed = { $count } changed
intake-rows-unchanged = { $count } unchanged
intake-rows-joined = { $count } joined to another row
intake-rows-uncertain = { $count } to be decided
intake-rows-rejected = { $count } rejected
intake-rows-skipped = { $count } skipped
intake-status = “{ $status }” ({ $count })
intake-without-round = { $count ->
    [one] The assessment in one row was not read, because no round was chosen. Its status: { $statuses }. To read it, choose a round and bring the file again.
   *[other] The assessments in { $count } rows were not read, because no round was chosen. Their statuses: { $statuses }. To read them, choose a round and bring the file again.
}
intake-without-round-or-status = { $count ->
    [one] The assessment in one row was not read, because no round was chosen. It has no status. To read it, choose a round and bring the file again.
   *[other] The assessments in { $count } rows were not read, because no round was chosen. They have no status. To read them, choose a round and bring the file again.
}
import-change = Row { $row }, { $review } { $paragraph }: { $property } { $says ->
    [property] changes.
   *[values] changes from “{ $before }” to “{ $after }”.
}
import-change-nothing = (empty)
intake-texts = { $count ->
    [one] { $count } text in { $language } added beside the text that is stored.
   *[other] { $count } texts in { $language } added beside the texts that are stored.
}
intake-heading-row = The headings are in row { $row }.
intake-row-above = Row { $row } is above the headings and was not read: { $text }
intake-row-note = Row { $row } is a note between the rows and was not read: { $text }
intake-row-about-file = Row { $row } says which rows the file holds, and was not read: { $text }
intake-row-table = Row { $row } of the document’s tables was not read: { $text }
intake-line-paragraph = Line { $row } begins a paragraph that is no recommendation. It was not read: { $text }
intake-line-heading = Line { $row } stands between the paragraphs and was not read: { $text }
intake-line-sentence = Line { $row } begins a sentence that does not say the position. It was not read: { $text }
intake-line-no-answer = No certain answer was found for a recommendation in line { $row }. It was not read: { $text }
intake-line-others = Line { $row } answers recommendations without their numbers, so no position was changed. Add their numbers to import the answer. It was not read: { $text }
intake-line-around-tables = Line { $row } stands outside the tables and was not read: { $text }
intake-line-annex = Nothing was read from line { $row } on: { $text }
intake-paragraphs = { $count ->
    [one] One paragraph was read as a recommendation.
   *[other] { $count } paragraphs were read as recommendations.
}
intake-lines-above = { $count ->
    [one] One line above the first recommendation was not read.
   *[other] { $count } lines above the first recommendation were not read.
}
intake-first-lines-above = The first of them: { $lines }.
intake-quoted = “{ $text }”
intake-page-line = “{ $text }” (line { $row })
intake-page-lines-within = Some of these lines stand within a sentence. Check that they do not belong to it: { $lines }.
intake-page-lines = { $count ->
    [one] One line with the number or symbol of a page was left out.
   *[other] { $count } lines with numbers or symbols of pages were left out.
}
intake-kinds-assumed = { $count ->
    [one] One source has no kind in the file and is taken as from civil society.
   *[other] { $count } sources have no kind in the file and are taken as from civil society.
}
intake-encoding = The file is not in UTF-8; it was read as { $encoding }. Check a few texts with letters beyond A to Z.
intake-cells-merged = { $count ->
    [one] One cell belongs to a merged cell and has its value.
   *[other] { $count } cells belong to merged cells and have their values.
}
intake-cells-struck = { $count ->
    [one] One cell holds text that is struck out or hidden. This text was not read.
   *[other] { $count } cells hold text that is struck out or hidden. This text was not read.
}
intake-paragraphs-struck = { $count ->
    [one] One paragraph outside the tables holds text that is struck out or hidden. This text was not read.
   *[other] { $count } paragraphs outside the tables hold text that is struck out or hidden. This text was not read.
}
intake-comments = { $count ->
    [one] One comment was not read.
   *[other] { $count } comments were not read.
}
intake-endnotes = { $count ->
    [one] One endnote was not read.
   *[other] { $count } endnotes were not read.
}
intake-notes = Notes and comments that were not read: { $texts }.
intake-links = { $count ->
    [one] The address of one link was not read: { $names }.
   *[other] The addresses of { $count } links were not read: { $names }.
}
intake-members = The list of the file was read. These other parts of it were not: { $names }.
intake-footnotes = { $count ->
    [one] One footnote was not read.
   *[other] { $count } footnotes were not read.
}
intake-footnotes-on-pages = { $count ->
    [one] One footnote was not read, on page { $names }.
   *[other] { $count } footnotes were not read, on { $pages ->
        [one] page { $names }
       *[other] pages { $names }
    }.
}
intake-more-rows = { $count ->
    [one] One more row was not read.
   *[other] { $count } more rows were not read.
}
intake-issue-left-out = { $count ->
    [one] The issue “{ $issue }” was left out of one row.
   *[other] The issue “{ $issue }” was left out of { $count } rows.
}
intake-sheet = { $name } ({ $count ->
    [one] { $count } row
   *[other] { $count } rows
})
intake-sheets-alike = { $count ->
    [one] Not read: a sheet with the same headings, { $names }. One import reads one sheet. Import the file again and choose this sheet: under “Map the columns yourself” in the browser, or with --sheet on the command line.
   *[other] Not read: { $count } sheets with the same headings, { $names }. One import reads one sheet. Import the file again for each of them and choose the sheet: under “Map the columns yourself” in the browser, or with --sheet on the command line.
}
intake-sheets = Sheets that were not read: { $names }.
intake-more-sheets = { $count ->
    [one] One more sheet was not read.
   *[other] { $count } more sheets were not read.
}
