"""Saving, reading while others save, and importing; each on a copy."""

import http.client
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

from reading import LIST
from servers import CLIENT, Server, on, timed

# Whom bench-generate adds.
NAME, PASSWORD = "bench", "a password for measuring only"
SAVE = "/api/save-assessment"
ROUND = "follow-up"
PER_SECOND = 100


def copy(database, folder):
    made = folder / "written.sqlite"
    for old in folder.glob("written.sqlite*"):
        old.unlink()
    shutil.copyfile(database, made)
    return made


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def sign_in(server):
    with urllib.request.urlopen(server.base + "/login") as login:
        form = re.search(r'name="form" value="([^"]+)"', login.read().decode())[1]
    body = urllib.parse.urlencode({"form": form, "pseudonym": NAME, "password": PASSWORD}).encode()
    request = urllib.request.Request(server.base + "/api/sign-in", body, {"Origin": server.base})
    try:
        urllib.request.build_opener(NoRedirect).open(request)
    except urllib.error.HTTPError as answer:
        # Not followed, and so told as an error.
        return answer.headers["Set-Cookie"].split(";")[0]
    sys.exit("nobody was signed in")


def bodies(database):
    """One save of each recommendation, in an order that jumps between reviews."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT v.state || '-' || v.cycle, r.paragraph, COALESCE(a.version, 0) "
            "FROM recommendation r JOIN review v ON v.id = r.review_id "
            "JOIN round o ON o.review_id = v.id AND o.slug = ? "
            "LEFT JOIN assessment a ON a.round_id = o.id AND a.recommendation_id = r.id "
            "ORDER BY (r.id * 2654435761) % 4294967296 LIMIT 100000",
            (ROUND,),
        )
        return [
            urllib.parse.urlencode({
                "review": review, "round": ROUND, "paragraph": paragraph, "version": version,
                "status": "partially_implemented",
                "rationale": f"A law was adopted, and is not applied yet ({number}).",
            })
            for number, (review, paragraph, version) in enumerate(rows)
        ]


def bare_commits(folder):
    """Commits per second of the two rows that a save writes, by SQLite alone."""
    made = folder / "bare.sqlite"
    made.unlink(missing_ok=True)
    connection = sqlite3.connect(made, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE assessment (id INTEGER PRIMARY KEY, rationale TEXT)")
    connection.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, content TEXT, hash TEXT)")
    begun, commits, times = time.monotonic(), 0, []
    while time.monotonic() - begun < 3:
        start = time.monotonic()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO assessment (rationale) VALUES (?)", ("x" * 60,))
        connection.execute("INSERT INTO event (content, hash) VALUES (?, ?)", ("x" * 400, "x" * 64))
        connection.execute("COMMIT")
        times.append(time.monotonic() - start)
        commits += 1
    connection.close()
    for file in folder.glob("bare.sqlite*"):
        file.unlink()
    return commits / 3, 1000 * sorted(times)[len(times) // 2]


def saves(run, server, cookie, all_bodies, folder):
    one = server.post(SAVE, all_bodies[:30_000], cookie, 1)
    many = server.post(SAVE, all_bodies[30_000:90_000], cookie, 16)
    per_second, p50 = bare_commits(folder)
    run.add("save, 16 writers", many["per_second"], "bare SQLite commits", per_second, "/s", True)
    run.add("save, p50", one["p50"], "bare SQLite commit", p50, "ms")
    run.note("save, p99", one["p99"], "ms")
    run.note("save, processor time", many["cpu"], "ms")
    run.limited("save, failed", one["failed"] + many["failed"], "", 0)


def busy(run, server, cookie, some_bodies):
    """Readers while others write a hundred times a second and one file after the other is made."""
    quiet = server.load(LIST, 1, seconds=6, fresh=True)
    ended, saved, failed, exported = threading.Event(), [], [], []

    def write():
        connection = http.client.HTTPConnection(server.base.removeprefix("http://"))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie,
            "Origin": server.base,
        }
        begun = time.monotonic()
        for number, body in enumerate(some_bodies):
            if ended.wait(max(0, begun + number / PER_SECOND - time.monotonic())):
                return
            connection.request("POST", SAVE, body, headers)
            answer = connection.getresponse()
            answer.read()
            (failed if answer.status >= 400 else saved).append(answer.status)

    def export():
        while not ended.is_set():
            address = server.base + "/recommendations.xlsx"
            command = on(CLIENT, "curl", "-s", "-f", "-m", "60", "-o", "/dev/null", address)
            (failed if subprocess.run(command).returncode else exported).append(address)

    threads = [threading.Thread(target=one) for one in (write, export)]
    for thread in threads:
        thread.start()
    loud = server.load(LIST, 1, seconds=10, fresh=True, rest=False)
    per_second = len(saved) / 10
    ended.set()
    for thread in threads:
        thread.join()
    what = f"readers' {{}} while {PER_SECOND} saves/s and XLSX exports run"
    for quantile in ("p50", "p99"):
        run.add(what.format(quantile), loud[quantile], "quiet", quiet[quantile], "ms")
    run.note("saves a second meanwhile", per_second, "")
    run.note("workbooks meanwhile", len(exported), "")
    run.limited("saves and workbooks that failed meanwhile", len(failed), "", 0)


def analyst_page(run, server, cookie):
    """What a workbench's page loads to be more than a form."""
    page = urllib.request.Request(f"{server.base}/assess/AFG-4/{ROUND}", headers={"Cookie": cookie})
    with urllib.request.urlopen(page) as answer:
        linked = set(re.findall(r"/assets/[^\"' )]+\.(?:js|wasm)", answer.read().decode()))
    sizes = [server.get(path, {"Accept-Encoding": "br"})[2] for path in linked]
    if not sizes:
        sys.exit("the workbench's page loads no script")
    run.limited("analyst's page, WebAssembly and script, brotli", sum(sizes) / 1000, "KB", 125)


def imports(run, programs, table, folder):
    """The whole table into a database that has none of it, and once more."""
    for old in folder.glob("imported.sqlite*"):
        old.unlink()
    command = [
        programs / "upr-tracker", "--database", f"sqlite://{folder / 'imported.sqlite'}?mode=rwc",
        "import", table, "--json",
    ]
    for what in ("import of everything with its preview", "the same file once more"):
        seconds, memory = timed(command, stdout=subprocess.DEVNULL)
        run.limited(what, seconds, "s", 20)
        run.limited(f"{what}, memory at most", memory, "MB", 300)
    for old in folder.glob("imported.sqlite*"):
        old.unlink()


def formats(run, programs, files):
    """Each reader by itself: what an import does with a file before it compares it with what is there."""
    for name, file in files.items():
        with tempfile.TemporaryFile() as out:
            seconds, memory = timed([programs / "bench-read", file], stdout=out)
            out.seek(0)
            read, rejected = map(int, out.read().split())
        if not read or rejected:
            sys.exit(f"{name}: {read} read, {rejected} not taken")
        run.note(f"{name} of {file.stat().st_size / 1e6:.3g} MB read, {read:,} rows", seconds, "s")
        run.note(f"{name}, memory at most", memory, "MB")


def all_of_it(run, programs, database, table, folder, log, wants):
    if wants("save") or wants("busy"):
        written = copy(database, folder)
        url = f"sqlite://{written}?mode=rwc"
        serve = [programs / "upr-tracker", "--database", url, "serve", "--addr", "127.0.0.1:7405"]
        lines = bodies(written)
        with Server(serve, 7405, "/login", log) as server:
            server.get("/recommendations")
            cookie = sign_in(server)
            analyst_page(run, server, cookie)
            if wants("busy"):
                busy(run, server, cookie, lines[90_000:])
            if wants("save"):
                saves(run, server, cookie, lines, folder)
    if wants("import"):
        imports(run, programs, table, folder)
