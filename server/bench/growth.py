"""How the program's own times grow with what it holds.

    growth.py FOLDER PROGRAMS COUNT COUNT

FOLDER holds the made-up databases, which are filled where they are missing; PROGRAMS holds upr-tracker and bench-*. The same
is asked of each, and the last is compared with the first. The table is kept beside those of measure.py.
"""

import sqlite3
import sys
from pathlib import Path

import fixtures
import reading
import writing
from servers import Server


def figures(folder, programs, count, log):
    written = writing.copy(fixtures.database(folder, programs, count), folder)
    url = f"sqlite://{written}?mode=rwc"
    serve = [programs / "upr-tracker", "--database", url, "serve", "--addr", "127.0.0.1:7406"]
    with sqlite3.connect(written) as connection:
        searches = reading.new_searches("women", connection)
    saves = writing.bodies(written)
    found = {}
    with Server(serve, 7406, "/login", log) as server:
        _, found["first list, which takes everything in, s"], _ = server.get(reading.EVERYTHING)
        found["memory at rest, MB"] = server.memory("VmRSS")
        for what, paths in {
            "list of 50 filtered": reading.LIST,
            "one record": [reading.RECORDS[0], *reading.RECORDS],
            "facets": reading.FACETS,
            "facets under a filter": reading.FACETS_UNDER,
            "search, many hits, new": searches,
        }.items():
            for path in paths[:1] + paths[::19]:
                server.get(path)
            found[f"{what}, p50, ms"] = server.load(paths, 1, seconds=4, fresh=True)["p50"]
        before = server.memory("VmHWM")
        first, _, _ = server.get(reading.EVERYTHING + ".csv")
        found["CSV of everything, first byte, ms"] = 1000 * first
        found["CSV of everything, memory added, MB"] = server.memory("VmHWM") - before
        cookie = writing.sign_in(server)
        found["save, p50, ms"] = server.post(writing.SAVE, saves[:30_000], cookie, 1)["p50"]
    return found


def main():
    folder, programs, *counts = sys.argv[1:]
    folder = Path(folder).resolve()
    counts = [int(count) for count in counts]
    with open(folder / "servers.log", "w") as log:
        small, large = (figures(folder, Path(programs), count, log) for count in counts)
    lines = ["| what | " + " | ".join(f"{count:,}" for count in counts) + " | times |", "|---|---|---|---|"]
    for what, few in small.items():
        many = large[what]
        lines.append(f"| {what} | {few:.3g} | {many:.3g} | {many / few if few else 0:.2f} |")
        print(lines[-1], flush=True)
    (folder / f"{counts[-1]}.md").write_text("\n".join(lines) + "\n")


main()
