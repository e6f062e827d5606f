"""The table of everything in every format that is read, so that each reader can be measured on the same
recommendations. The formats are described in `data/src/exchange/read`.
"""

import csv
import json
import re
import zipfile
from html import escape

UHRI = [
    "Text", "Countries Concerned", "Reccomending Body", "Document Symbol", "Themes", "Affected Persons", "Sdgs",
    "Document Publication Date", "UPR Reccomending States", "UPR Position", "Type", "OHCHR Annotation Id", "UPR Session",
    "Regions Concerned", "Recommending Regions", "Date of publication on UHRI",
]
UPR_INFO = ["To", "To-Rgrp", "To-Org", "Text", "From", "From-Rgrp", "From-Org", "Response", "Action", "Issue", "Session"]
MATRIX = ["Recommendation", "Position", "Full list of themes", "Assessment/comments on level of implementation"]
PLAIN = ["Under review", "No", "What was recommended", "Who recommended it", "Answer"]
# The first session of each cycle; a reader tells the cycle from it.
SESSIONS = {"1": 1, "2": 13, "3": 27, "4": 41}


def recommendations(table):
    csv.field_size_limit(1 << 30)
    with open(table, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            # The bundled review has summaries of our own and no texts, which other formats cannot do without.
            if row["Text"]:
                state, cycle = row["Review"].rsplit("-", 1)
                yield state, cycle, row


def bullets(text, separator="; "):
    return "\n".join("- " + one for one in text.split(separator) if one)


def uhri_row(state, cycle, row):
    text = f"{row['Paragraph']} {row['Text']} ({row['Recommending States'].replace('; ', ') (')});"
    return [
        text, "- " + state, "- UPR", f"A/HRC/{cycle}0/5", bullets(row["Themes"]), bullets(row["Affected persons"]),
        bullets(row["Sustainable Development Goals"]), "01/02/2020", bullets(row["Recommending States"]),
        "- " + row["Position"], "- Recommendations", row["Permalink"], f"- {SESSIONS[cycle]}th Session", "", "",
        "01/03/2020",
    ]


def workbook(made, rows):
    """An XLSX whose texts stand in one table of strings, as UHRI's do."""
    strings, place = {}, strings_part()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{place}"><sheetData>'.encode())
            for number, row in enumerate(rows, 1):
                cells = (
                    f'<c r="{column(at)}{number}" t="s"><v>{strings.setdefault(text, len(strings))}</v></c>'
                    for at, text in enumerate(row) if text
                )
                sheet.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst xmlns="{place}" count="{len(strings)}" uniqueCount="{len(strings)}">'.encode())
            for text in strings:
                part.write(f"<si><t xml:space=\"preserve\">{escape(text)}</t></si>".encode())
            part.write(b"</sst>")
        relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{place}" xmlns:r="{relations}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}">'
            f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{relations}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}">'
            f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr("[Content_Types].xml", "<Types/>")


def strings_part():
    return "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def column(at):
    return chr(ord("A") + at)


def uhri_xlsx(made, all_of_it):
    workbook(made, [UHRI] + [uhri_row(*one) for one in all_of_it])


def uhri_json(made, all_of_it):
    def several(cell):
        return [line.removeprefix("- ") for line in cell.split("\n") if line]

    with open(made, "w") as file:
        for number, one in enumerate(all_of_it):
            row = dict(zip(UHRI, uhri_row(*one)))
            file.write(",\n" if number else "[\n")
            json.dump({
                "AffectedPersons": several(row["Affected Persons"]), "AnnotationId": row["OHCHR Annotation Id"],
                "AnnotationType": row["Type"], "Body": "- UPR", "Countries": several(row["Countries Concerned"]),
                "DocumentId": str(number), "Regions": [], "PublicationDate": "2020-03-01T00:00:00",
                "Sdgs": several(row["Sdgs"]), "Symbol": row["Document Symbol"], "Text": row["Text"],
                "Themes": several(row["Themes"]), "UprRecommendingCountry": several(row["UPR Reccomending States"]),
                "UprRecommendingRegions": [], "UprPositions": several(row["UPR Position"]),
                "UprSession": several(row["UPR Session"]), "UprCycle": None,
            }, file)
        file.write("]\n")


def upr_info(made, all_of_it):
    with open(made, "w", newline="", encoding="latin-1", errors="replace") as file:
        write = csv.writer(file).writerow
        write(UPR_INFO)
        for state, cycle, row in all_of_it:
            for recommending in row["Recommending States"].split("; "):
                action = row["Action category"][:1]
                write([state, "", "", row["Text"], recommending, "", "", "Accepted", action, row["Issues"].replace("; ", ","),
                       SESSIONS[cycle]])


def plain_csv(made, all_of_it):
    with open(made, "w", newline="") as file:
        write = csv.writer(file).writerow
        write(PLAIN)
        for state, cycle, row in all_of_it:
            write([f"{state}-{cycle}", row["Paragraph"], row["Text"], row["Recommending States"], row["Position"]])


def plain_ods(made, all_of_it):
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        with archive.open("content.xml", "w", force_zip64=True) as part:
            part.write(
                f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
                f'xmlns:text="{office}text:1.0"><office:body><office:spreadsheet><table:table table:name="Sheet1">'.encode()
            )
            rows = [PLAIN] + [
                [f"{state}-{cycle}", row["Paragraph"], row["Text"], row["Recommending States"], row["Position"]]
                for state, cycle, row in all_of_it
            ]
            for row in rows:
                cells = (f"<table:table-cell><text:p>{escape(text)}</text:p></table:table-cell>" for text in row)
                part.write(f"<table:table-row>{''.join(cells)}</table:table-row>".encode())
            part.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")


def matrix(made, all_of_it):
    def cell(text):
        lines = "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
        )
        return f"<w:tc>{lines}</w:tc>"

    rows = [MATRIX] + [
        [uhri_row(*one)[0] + "\nSource of Position: A/HRC/43/15/Add.1 - Para.3", one[2]["Position"],
         bullets(one[2]["Themes"]), ""]
        for one in all_of_it
    ]
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    title = '<w:p><w:r><w:t>UPR of Slovenia (3rd Cycle - 34th Session) Thematic list</w:t></w:r></w:p>'
    body = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/header1.xml", f"<w:hdr {word}>{title}</w:hdr>")
        archive.writestr("word/document.xml", f"<w:document {word}><w:body><w:tbl>{body}</w:tbl></w:body></w:document>")


def report(made, all_of_it):
    with open(made, "w") as file:
        file.write(
            "A/HRC/43/15\nReport of the Working Group\n3. Documents: (a) a national report (A/HRC/WG.6/34/SVN/1);\n"
            "II. Conclusions and/or recommendations\n"
            "97. The recommendations listed below have been examined by Slovenia and enjoy its support:\n"
        )
        for number, (_, _, row) in enumerate(all_of_it, 1):
            text = re.sub(r"(.{60,80}) ", r"\1\n", row["Text"])
            file.write(f"97.{number}. {text} ({row['Recommending States'].replace('; ', ') (')});\n")
        file.write(
            "98. All conclusions and/or recommendations contained in the present report reflect the position of the States.\n"
        )


# A matrix and a report are of one review, which has some hundreds: as many as all have are in none.
ONE_REVIEW = 400
FORMATS = {
    "uhri.xlsx": (uhri_xlsx, None),
    "uhri.json": (uhri_json, None),
    "upr-info.csv": (upr_info, None),
    "plain.csv": (plain_csv, None),
    "plain.ods": (plain_ods, None),
    "matrix.docx": (matrix, ONE_REVIEW),
    "report.txt": (report, ONE_REVIEW),
}
