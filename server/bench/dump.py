"""Writes a made-up dump of the Universal Human Rights Index, as large as the real one: `dump.py FILE [MEGABYTES]`.

Four reviews of every State, and for each recommendation rather more rows of treaty bodies and special procedures,
which an import skips and counts. Equal arguments give equal bytes. To measure how a whole dump is imported:

    python3 server/bench/dump.py /tmp/dump.json
    /usr/bin/time -v target/release/upr-tracker --database sqlite:///tmp/dump.sqlite?mode=rwc import /tmp/dump.json
"""

import json
import random
import re
import sys
from pathlib import Path

TABLE = Path(__file__).parent / "../../data/src/domain/states/table.rs"
REVIEWS = 193 * 4
RECOMMENDATIONS = 150
OTHERS = 195
SESSIONS = [1, 13, 27, 41]
WORDS = (
    "ratify accede strengthen continue ensure protect promote review repeal adopt consider measures national law women "
    "children persons disabilities migrants minorities access justice education health housing water food work torture "
    "prisons journalists defenders courts judges police training budget plan policy commission independent effective "
    "equal full prompt regional rural urban indigenous violence trafficking freedom expression assembly religion press"
).split()
THEMES = [f"{first} of {second}" for first in ("Right", "Freedom", "Protection") for second in WORDS[12:40]]
GOALS = [f"{goal}.{target} - Made-up target {goal}.{target}" for goal in range(1, 18) for target in range(1, 6)]
PERSONS = ["Women", "Children", "Persons with disabilities", "Migrants", "Minorities", "Human rights defenders"]


def main():
    megabytes = int(sys.argv[2]) if len(sys.argv) > 2 else 360
    states = re.findall(r'code: "([A-Z]{3})", name: "([^"]+)", group: Some', TABLE.read_text())[:193]
    made = random.Random(17)
    # The rest of a row is about 755 bytes; texts fill it up to what was asked for.
    rows = REVIEWS * (RECOMMENDATIONS + OTHERS)
    letters = max(60, megabytes * 1_000_000 // rows - 755)
    with open(sys.argv[1], "w") as file:
        separator = "[\n"
        number = 0
        for cycle, session in enumerate(SESSIONS, 1):
            for code, name in states:
                for place in range(1, RECOMMENDATIONS + OTHERS + 1):
                    number += 1
                    is_upr = place <= RECOMMENDATIONS
                    file.write(separator)
                    separator = ",\n"
                    json.dump(row(made, number, name, code, cycle, session, place, is_upr, letters), file)
        file.write("]\n")


def row(made, number, name, code, cycle, session, place, is_upr, letters):
    words = []
    while sum(map(len, words)) + len(words) < letters:
        words.append(made.choice(WORDS))
    text = " ".join(words).capitalize()
    recommending = made.sample(["Norway", "Togo", "Chile", "Japan", "Fiji", "Mali", "Spain", "Ghana"], made.randint(1, 3))
    if is_upr:
        text = f"{100 + cycle}.{place} {text} ({') ('.join(recommending)});"
    return {
        "AffectedPersons": made.sample(PERSONS, 2), "AnnotationId": f"00000000-0000-0000-0000-{number:012}",
        "AnnotationType": "- Recommendations" if is_upr else "- Concerns/Observations",
        "Body": "- UPR" if is_upr else made.choice(["- CCPR", "- CEDAW", "- CAT", "- CRC"]),
        "Countries": [name], "DocumentId": f"11111111-0000-0000-0000-{number // 300:012}",
        "PublicationDate": "2020-03-01T00:00:00", "PublicationDateOnUhri": "2021-04-02T00:00:00",
        "Regions": ["Made-up region"], "Sdgs": made.sample(GOALS, 3), "Symbol": f"A/HRC/{cycle}0/{len(code)}",
        "Text": text, "Themes": made.sample(THEMES, 4), "UprRecommendingCountry": recommending if is_upr else [],
        "UprRecommendingRegions": [], "UprPositions": [made.choice(["Supported", "Noted"])] if is_upr else [],
        "UprSession": [f"{session}th Session"] if is_upr else [], "UprCycle": None,
    }


if __name__ == "__main__":
    main()
