"""Pages and files of everything, and what they are compared with."""

import random
import re
import sqlite3
import statistics
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path

from servers import CLIENT, SERVER, on, timed

EVERYTHING = "/recommendations"
LIST = [f"{EVERYTHING}?position=noted&per=50&page={page}" for page in range(1, 200)]
FACETS = [f"{EVERYTHING}?per=50&page={page}" for page in range(1, 200)]
FACETS_UNDER = [path + "&position=noted&action=5" for path in FACETS]
RECORDS = [
    f"/reviews/{code}/recommendations/138.{n}?x=1"
    for code in ("AFG-1", "NOR-3", "SWE-2", "CHL-4")
    for n in range(1, 20)
]

COUNT = "SELECT count(*) FROM recommendation_fts WHERE recommendation_fts MATCH ?"
FIRST = "SELECT rowid FROM recommendation_fts WHERE recommendation_fts MATCH ? ORDER BY rank LIMIT 50"


def words_in(connection, texts):
    rows = connection.execute("SELECT text FROM recommendation LIMIT ?", (texts,))
    return sorted({word for text, in rows for word in re.findall("[a-z]{6,}", text.lower())})


def new_searches(word, connection):
    """Searches that nobody has made before: words that were looked for just now are known."""
    return [f"{word} NOT {other}" for other in words_in(connection, 400) if other != word]


def rare_words(connection):
    """Words that as few texts have as the rare one."""
    hits = {word: connection.execute(COUNT, (word,)).fetchone()[0] for word in words_in(connection, 100_000)}
    return [word for word, found in hits.items() if 2 <= found <= 20]


def found(query, page=1):
    return f"{EVERYTHING}?q={urllib.parse.quote_plus(query)}&per=50&page={page}"


def lists(run, ours, theirs, floor, flat, count):
    name = f"/{flat.stem}/recommendation"
    pages = [f"{name}?position=Noted&_size=50&_next={n * 50}" for n in range(1, 200)]
    lean = [path + "&_nocount=1&_nofacet=1&_nosuggest=1" for path in pages]
    with sqlite3.connect(flat) as connection:
        noted = [row[0] for row in connection.execute(
            "SELECT rowid FROM recommendation WHERE position = 'Noted' ORDER BY rowid LIMIT 10000"
        )]
    floors = [f"/list?position=Noted&after={row}" for row in [0, *noted[49::50]][:200]]
    datasette, lean, by_hand = theirs.both(pages), theirs.both(lean), floor.both(floors)
    references = {
        "Datasette": datasette,
        "Datasette, lean": lean,
        "axum and rusqlite by hand": by_hand,
    }
    run.loads("list of 50 filtered", ours.both(LIST, fresh=True), references)
    with sqlite3.connect(flat) as connection:
        states = [row[0] for row in connection.execute(
            "SELECT DISTINCT substr(review, 1, 3) FROM recommendation ORDER BY 1"
        )]
    others = [
        f"{EVERYTHING}?position=noted&recommending={state}&action={action}&per=50"
        for action in range(1, 6)
        for state in states
    ]
    run.loads("list of 50, each by another filter", ours.both(others, fresh=True), references)
    deep = [f"{EVERYTHING}?per=50&page={page}" for page in range(count // 50 - 200, count // 50)]
    run.note("deep page, p50", ours.load(deep, 1, fresh=True)["p50"], "ms")


def kept(run, ours, static):
    page = f"{EVERYTHING}?position=noted&per=50"
    for encoding in ("identity", "gzip"):
        static.put(ours.base + page, encoding)
        again = ours.both([page], encoding=encoding)
        what = f"list unchanged ({encoding})"
        run.loads(what, again, {"nginx, a file": static.both(["/page"], encoding=encoding)})


def facets(run, ours, theirs, flat):
    asked = "_facet=review&_facet=position&_facet=status&_facet=action_category"
    page = f"/{flat.stem}/recommendation?{asked}&_size=50"
    run.loads("facets", ours.both(FACETS, fresh=True), {"Datasette": theirs.both([page])})
    filtered = page + "&position=Noted&text__contains=rights"
    what = "facets under a filter"
    run.loads(what, ours.both(FACETS_UNDER, fresh=True), {"Datasette": theirs.both([filtered])})


def breakdown(run, theirs, programs, url, flat):
    query = "SELECT position, status, count(*) FROM recommendation GROUP BY 1, 2"
    said = subprocess.run(
        on(SERVER, programs / "bench-breakdown", url, flat, query),
        capture_output=True, text=True, check=True,
    )
    here, bare = (float(word) for word in said.stdout.split())
    page = f"/{flat.stem}.json?sql={urllib.parse.quote(query)}"
    what = "breakdown status x position of everything"
    run.add(what, here, "the same in SQL", bare, "ms")
    run.add(what, here, "Datasette, the same in SQL", theirs.load([page], 1)["p50"], "ms")


def record(run, ours, theirs, floor, flat):
    # The first page of a review reads the review; so does every other after a change of its texts.
    cold = [ours.get(path)[1] for path in RECORDS[::19]]
    run.note("first record of a review, which takes the review in", 1000 * statistics.median(cold), "ms")
    run.loads("one record", ours.both(RECORDS, fresh=True), {
        "Datasette": theirs.both([f"/{flat.stem}/recommendation/{n}" for n in range(1, 40)]),
        "axum and rusqlite by hand": floor.both([f"/record/{n}" for n in range(1, 40)]),
    })
    # Far more reviews than are kept: nearly every page reads the review that it is of.
    everywhere = flat_reviews(flat)
    run.loads("one record, of any review", ours.both(everywhere, fresh=True), {
        "Datasette": theirs.both([f"/{flat.stem}/recommendation/{n}" for n in range(1, 100_000, 199)]),
    })


def flat_reviews(flat):
    """The address of a record of each review, in no order."""
    with sqlite3.connect(flat) as connection:
        rows = connection.execute(
            "SELECT review, max(paragraph) FROM recommendation GROUP BY review"
        ).fetchall()
    random.Random(1).shuffle(rows)
    return [f"/reviews/{review}/recommendations/{paragraph}?x=1" for review, paragraph in rows]


def search(run, ours, theirs, flat):
    with sqlite3.connect(flat) as connection:
        # Named without the number found, which depends on how much there is.
        for what, word, others in (
            ("search, many hits", "women", new_searches("women", connection)),
            ("search, seven hits", "archipelago", rare_words(connection)),
        ):
            hits = connection.execute(COUNT, (word,)).fetchone()[0]
            loads = ours.both([found(word, page) for page in range(1, 2 + min(hits // 50, 200))], fresh=True)
            page = f"/{flat.stem}/recommendation?_search={word}&_size=50"
            run.loads(what, loads, {"Datasette": theirs.both([page])})
            reference = "FTS5, count and first 50"
            run.add(f"{what}, page of a search made before", loads[0]["p50"], reference, bare(connection, [word] * 40), "ms")
            # Each is asked for once: the one after it is new, too.
            once = ours.load([found(other) for other in others], 1, seconds=1, fresh=True)["p50"]
            run.add(f"{what}, page of a new search", once, reference, bare(connection, others[:200]), "ms")


def bare(connection, searches):
    """The median of milliseconds that the count and the first fifty take without a server."""
    times = []
    for searched in searches:
        begun = time.monotonic()
        for query in (COUNT, FIRST):
            connection.execute(query, (searched,)).fetchall()
        times.append(1000 * (time.monotonic() - begun))
    return statistics.median(times)


def files(run, ours, theirs, flat, table, programs, folder):
    times = []
    for _ in range(3):
        found, added = ours.peak_above(lambda: ours.get(EVERYTHING + ".csv"))
        times.append((*found, added))
    first, whole, size, added = min(times, key=lambda found: found[1])
    command = ["sqlite3", "-csv", flat, "SELECT * FROM recommendation"]
    bare = min(timed(command, stdout=subprocess.DEVNULL)[0] for _ in range(3))
    _, stream, _ = theirs.get(f"/{flat.stem}/recommendation.csv?_stream=on&_size=max")
    run.add("CSV of everything", whole, "sqlite3 -csv", bare, "s")
    run.add("CSV of everything", whole, "Datasette", stream, "s")
    run.note("CSV, first byte", 1000 * first, "ms")
    run.note("CSV, size", size / 1e6, "MB")
    run.limited("CSV, memory added", added, "MB", 30)
    (first, whole, size), added = ours.peak_above(lambda: ours.get(EVERYTHING + ".xlsx"))
    alone = subprocess.run(
        on(SERVER, programs / "bench-xlsx", table, folder / "alone.xlsx"),
        capture_output=True, text=True, check=True,
    )
    run.add("XLSX of everything", whole, "rust_xlsxwriter alone", float(alone.stdout), "s")
    run.note("XLSX, first byte", 1000 * first, "ms")
    run.note("XLSX, size", size / 1e6, "MB")
    run.limited("XLSX, memory added", added, "MB", 30)


def weight(run, ours):
    """What a reader's browser loads for a page that it has never seen."""
    compressed = {"Accept-Encoding": "br"}
    page = "/reviews/AFG-4"
    with urllib.request.urlopen(ours.base + page) as answer:
        text = answer.read().decode()
    linked = set(re.findall(r'(?:href|src)="(/assets/[^"]+)"', text))
    sizes = [ours.get(path, compressed)[2] for path in [page, *sorted(linked)]]
    run.limited("public page with its style, compressed", sum(sizes) / 1000, "KB", 25)
    run.limited("public page, requests", len(sizes), "", 4)
    run.limited("public page, scripts", len([path for path in linked if re.search(r"\.(js|wasm)$", path)]), "", 0)


def shown(run, ours):
    """When a telephone shows what matters of a page, and how much moves while it comes in."""
    script = Path(__file__).parent / "shown.mjs"
    pages = ["/", "/reviews/AFG-4", f"{EVERYTHING}?position=noted&per=50"]
    command = on(CLIENT, "node", script, *[ours.base + page for page in pages])
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    measured = [[float(word) for word in line.split()] for line in said.splitlines()]
    run.limited("largest content shown, on a telephone, slowest of three pages", max(row[0] for row in measured), "ms", 1100)
    run.limited("layout shift, largest of three pages", max(row[1] for row in measured), "", 0.1)
