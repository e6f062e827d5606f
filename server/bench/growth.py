"""How the program's own times grow with what it holds.

    growth.py FOLDER PROGRAMS COUNT COUNT

FOLDER holds the made-up databases, which are filled where they are missing; PROGRAMS holds upr-tracker and bench-*. The same
is asked of each, and the last is compared with the first. The table is kept beside those of measure.py.
"""

import sqlite3
import sys
import time
import urllib.error
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
        searches = [reading.found(search) for search in reading.new_searches("women", connection)]
    saves = writing.bodies(written)
    found = {}
    with Server(serve, 7406, "/login", log) as server:
        found["first list, which takes everything in, s"] = first_list(server)
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
        for form in ("csv", "xlsx"):
            (first, _, _), added = server.peak_above(lambda: server.get(f"{reading.EVERYTHING}.{form}"))
            found[f"{form.upper()} of everything, first byte, ms"] = 1000 * first
            found[f"{form.upper()} of everything, memory added, MB"] = added
        cookie = writing.sign_in(server)
        found["save, p50, ms"] = server.post(writing.SAVE, saves[:30_000], cookie, 1)["p50"]
    return found


def first_list(server):
    """Seconds until there is one: whoever asks before gets no answer within half a minute."""
    begun = time.monotonic()
    while True:
        try:
            server.get(reading.EVERYTHING)
            return time.monotonic() - begun
        except urllib.error.HTTPError as error:
            if error.code != 503 or time.monotonic() - begun > 600:
                raise


def main():
    folder, programs, *counts = sys.argv[1:]
    folder = Path(folder).resolve()
    counts = [int(count) for count in counts]
    with open(folder / "servers.log", "w") as log:
        measured = []
        for count in counts:
            measured.append(figures(folder, Path(programs), count, log))
            print(f"{count:,}: {measured[-1]}", flush=True)
        small, large = measured
    lines = ["| what | " + " | ".join(f"{count:,}" for count in counts) + " | times |", "|---|---|---|---|"]
    for what, few in small.items():
        many = large[what]
        lines.append(f"| {what} | {few:.3g} | {many:.3g} | {many / few if few else 0:.2f} |")
        print(lines[-1], flush=True)
    (folder / f"{counts[-1]}.md").write_text("\n".join(lines) + "\n")


main()
