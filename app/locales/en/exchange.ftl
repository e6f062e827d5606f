# What is wrong with a file that someone brought, or with a row of it. Each sentence says what would
# pass. For a row, the page shows its number, column and value beside the sentence.

## The whole file

exchange-empty = The file is empty. Choose a UHRI export (XLSX or JSON), a UPR Info export (CSV), an OHCHR matrix (DOCX) or this program's own table (CSV, XLSX or JSON).
exchange-unreadable = The file could not be read from where it is kept. Try again.
exchange-too-large = The file is larger than { $max } MiB. Split it, or export fewer reviews at a time.
exchange-unknown-format = This is none of the files that can be read: a UHRI export (XLSX or JSON), a UPR Info export (CSV), an OHCHR matrix (DOCX), or this program's own table (CSV, XLSX or JSON).
exchange-old-office = This is a document of an old Office version, or one with a password. Open it, take the password off and save it as XLSX or DOCX.
exchange-pdf = PDF files cannot be read. OHCHR offers the same matrix as a Word document (DOCX), and UHRI exports XLSX.
exchange-no-rows = The file has headings, but no row below them.
exchange-name-the-review = The file does not say which review it is about. Choose the review, such as BLR-3, and try again.
exchange-other-review = The file is about { $file }, but { $named } was chosen. Choose { $file }, or the other file.
exchange-not-utf8 = Row { $row } holds bytes that are not UTF-8. Save the table again as "CSV UTF-8".
exchange-not-utf16 = The file says that it is UTF-16, but holds bytes that are not. Save the table again as "CSV UTF-8".
exchange-json-damaged = The JSON is damaged or incomplete near byte { $byte }. Download it again, or export it anew.
exchange-rows = The table has more than { $max } rows. Split it into several files.
exchange-text-too-long = One text in the file is longer than { $max } MiB, which no cell is. Open it in Office, shorten the longest cell and save it anew.
exchange-mapping-headings = The table lacks these columns of the mapping: { $missing }. Correct the mapping, or choose the table that it was made for.
exchange-mapping-fields = The mapping does not say enough. It must name the column of the text, or those of the paragraph and the status.
exchange-columns = The table has more than { $max } columns. Delete those that are not needed.
exchange-cell-too-long = Row { $row } has a cell of more than { $max } MiB. Perhaps a quotation mark was never closed before it.

## Archives: XLSX and DOCX

exchange-archive-damaged = The file is damaged or incomplete. Download it again, or open it in Office and save it anew.
exchange-archive-encrypted = The file is encrypted. Take the password off and save it again.
exchange-archive-parts = The file has more than { $max } parts, which no table has. Open it in Office and save it anew.
exchange-archive-too-large = The file unpacks to more than { $max } MiB or repeats itself more than any real table does. Split it into several files.
exchange-strings = The workbook has more than { $max } different texts. Split it into several files.

## Headings

exchange-matrix-no-table = The document has no table with the headings "Recommendation" and "Position", as OHCHR's matrices have. Choose OHCHR's own document, or its filled copy with the headings left in place.
exchange-sheet-headings = No sheet of the workbook has known headings in its first rows. A UHRI export has "Text" and "Countries Concerned"; this program's own table has "Paragraph", "Recommending States" and "Text" or "Summary".
exchange-table-headings = The table lacks these columns: { $missing }. Its first line must have "Paragraph", "Recommending States" and "Text" or "Summary"; "Review" too, unless a review is chosen.

## A row

exchange-no-paragraph = The text does not begin with the number of its paragraph, such as 138.27.
exchange-paragraph = "{ $value }" is not the number of a paragraph. It looks like 138.27, 97.1..1 or 79(a).
exchange-no-text = There is no text beside the number and the States. Give a text or a summary.
exchange-no-state = No recommending State is named. Write it in brackets behind the text, or in its column.
exchange-unknown-state = "{ $value }" is not a State that is known here. Write its name as the United Nations do, or its code of three letters.
exchange-unknown-state-nearest = "{ $value }" is not a State that is known here. Perhaps { $nearest } was meant: correct the name and try again.
exchange-countries = A recommendation is made to one State, but { $count } stand here. Leave exactly one.
exchange-session = "{ $value }" is not a session of the Working Group. It looks like "36th Session" and lies between 1 and 54.
exchange-unknown-position = "{ $value }" is not a position that is known here. Use Supported, Supported as implemented, Partially supported, Noted, Pending, or nothing.
exchange-confidence = “{ $value }” is not a level of confidence. Use low, medium, high, or nothing.
exchange-action-category = "{ $value }" is not an action category. Use a number from 1 to 5.
exchange-language = “{ $value }” is no code of a language. Write it as in fr or pt-BR, or leave the cell empty.
exchange-unknown-review = "{ $value }" is not a review. It is a State's code and a cycle, such as BLR-3.
exchange-row-of-other-review = The row is about { $file }, but { $named } was chosen. Import it with { $file }, or with no review chosen.
exchange-ragged = The row has { $found } cells instead of { $expected }. Perhaps a quotation mark or a separator is missing.
exchange-repeated-text = Paragraph { $paragraph } of { $review } stands in row { $first } already, with another text. Only one of the two can be right.
exchange-repeated-position = Paragraph { $paragraph } of { $review } stands in row { $first } already, with another position. Only one of the two can be right.
exchange-values = One cell has more than { $max } values. Leave those that matter.
exchange-json-object = This element of the list is not an object that can be read. It must be JSON in UTF-8, as the other elements are.
exchange-json-too-long = This object is longer than { $max } MiB. No recommendation is: take it out of the file.
exchange-json-too-deep = This object is nested deeper than { $max } levels. No recommendation is: take it out of the file.
