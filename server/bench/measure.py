"""What the program does in a second, beside what people would use instead, in one run on one machine.

    measure.py FOLDER PROGRAMS [--count 100000] [--keep] [--only WORD]

FOLDER holds the made-up databases and is filled where they are missing; PROGRAMS holds upr-tracker and
bench-*. Servers run on the first core, whoever asks on the second. Every figure stands beside its
reference; their ratios are compared with those in ratios.json, and one that got worse by a third fails
the command. --keep writes the ratios down instead.
"""

import argparse
import json
import os
import platform
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
SERVER, CLIENT = "0", "1"
SECONDS = 4
PASSWORD = "a password for measuring only"

# wrk asks for each address of a file in turn, so that no answer is one that was just made.
LUA = """
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local next = 0
request = function()
  next = next % #paths + 1
  return wrk.format("GET", paths[next], { ["Accept-Encoding"] = os.getenv("ENCODING") })
end
"""


def on(core, *command):
    return ["taskset", "-c", core, *map(str, command)]


class Server:
    """A server on the first core, asked from the second."""

    def __init__(self, command, port, ready, log):
        self.base = f"http://127.0.0.1:{port}"
        self.begun = time.monotonic()
        self.process = subprocess.Popen(on(SERVER, *command), stdout=log, stderr=log)
        while True:
            try:
                urllib.request.urlopen(self.base + ready, timeout=60).read()
                break
            except (urllib.error.URLError, ConnectionError) as error:
                if isinstance(error, urllib.error.HTTPError):
                    break
                if self.process.poll() is not None:
                    sys.exit(f"did not start: {command}")
                time.sleep(0.005)
        self.start = time.monotonic() - self.begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, field):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(field + r":\s+(\d+) kB", status).group(1)) / 1024

    def load(self, paths, clients, seconds=SECONDS, encoding="identity"):
        folder = Path("/tmp")
        (folder / "bench-paths").write_text("\n".join(paths) + "\n")
        (folder / "bench.lua").write_text(LUA)
        environment = dict(os.environ, PATHS=str(folder / "bench-paths"), ENCODING=encoding)
        command = on(CLIENT, "wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s")
        command += ["--latency", "-s", str(folder / "bench.lua"), self.base]
        before = self.cpu()
        said = subprocess.run(command, env=environment, capture_output=True, text=True).stdout
        spent = self.cpu() - before
        requests = int(re.search(r"(\d+) requests in", said).group(1))
        wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
        if wrong:
            print(f"  {wrong.group(1)} of {requests} answers failed: {paths[0]}", file=sys.stderr)
        return {
            "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
            "p50": milliseconds(said, "50%"),
            "p99": milliseconds(said, "99%"),
            "cpu": 1000 * spent / max(requests, 1),
        }

    def get(self, path, headers=None):
        """Seconds to the first byte and to the last, and how many bytes."""
        request = urllib.request.Request(self.base + path, headers=headers or {})
        begun = time.monotonic()
        with urllib.request.urlopen(request, timeout=600) as answer:
            size = len(answer.read(1))
            first = time.monotonic() - begun
            while piece := answer.read(1 << 16):
                size += len(piece)
        return first, time.monotonic() - begun, size


def milliseconds(said, quantile):
    number, unit = re.search(rf"{quantile}\s+([\d.]+)(us|ms|s|m)\b", said).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def timed(command, **more):
    begun = time.monotonic()
    subprocess.run(on(SERVER, *command), check=True, **more)
    return time.monotonic() - begun


def flat(table, database):
    """The file of everything as one table, indexed as somebody would for these pages."""
    if database.exists():
        return
    part = database.with_suffix(".part")
    part.unlink(missing_ok=True)
    script = f".mode csv\n.import {table} recommendation\n"
    subprocess.run(["sqlite3", str(part)], input=script, text=True, check=True)
    with sqlite3.connect(part) as connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(recommendation)")]
        for name in names:
            plain = name.lstrip("\ufeff").strip('"').lower().replace(" ", "_")
            if plain != name:
                connection.execute(f'ALTER TABLE recommendation RENAME COLUMN "{name}" TO {plain}')
        for column in ("review", "position", "status", "action_category", "issues"):
            connection.execute(f"CREATE INDEX by_{column} ON recommendation ({column})")
        connection.execute(
            "CREATE VIRTUAL TABLE recommendation_fts USING fts5 "
            "(text, content='recommendation', tokenize='porter')"
        )
        connection.execute("INSERT INTO recommendation_fts (recommendation_fts) VALUES ('rebuild')")
        connection.execute("ANALYZE")
    part.rename(database)


def filtered(count):
    """Lists of fifty rows under a filter, each another one."""
    return [f"/recommendations?position=noted&per=50&page={page}" for page in range(1, count)]


class Run:
    def __init__(self):
        self.rows, self.ratios = [], {}

    def add(self, what, ours, reference, theirs, unit, more_is_better=False):
        """A figure beside its reference. The ratio is larger where ours is better."""
        ratio = ours / theirs if more_is_better else theirs / ours
        self.rows.append((what, ours, reference, theirs, unit, ratio))
        self.ratios[f"{what} / {reference}"] = round(ratio, 3)
        print(f"{what}: {ours:.3g} {unit}; {reference}: {theirs:.3g}; better by {ratio:.3g}", flush=True)

    def note(self, what, ours, unit):
        self.rows.append((what, ours, "", None, unit, None))
        print(f"{what}: {ours:.3g} {unit}", flush=True)

    def loads(self, what, ours, theirs):
        """Requests per second at 16 clients, and the times at one, beside every reference."""
        for reference, figures in theirs.items():
            one, many = figures
            self.add(f"{what}, 16 clients", ours[1]["per_second"], reference, many["per_second"], "/s", True)
            self.add(f"{what}, p50", ours[0]["p50"], reference, one["p50"], "ms")
            self.add(f"{what}, p99", ours[0]["p99"], reference, one["p99"], "ms")
        self.note(f"{what}, processor time", ours[1]["cpu"], "ms")


def both(server, paths, **more):
    return server.load(paths, 1, **more), server.load(paths, 16, **more)


def measure(arguments):
    folder, programs, count = arguments.folder, arguments.programs, arguments.count
    database = folder / f"{count}.sqlite"
    url = f"sqlite://{database}?mode=rwc"
    if not database.exists():
        part = folder / f"{count}.part"
        for old in folder.glob(f"{count}.part*"):
            old.unlink()
        subprocess.run([programs / "bench-generate", str(count), f"sqlite://{part}?mode=rwc"], check=True)
        part.rename(database)
    table, one_table = folder / f"{count}.csv", folder / f"{count}-flat.sqlite"
    if not table.exists():
        command = [programs / "upr-tracker", "--database", url, "export", "--format", "csv", "--out", table]
        subprocess.run(command, check=True)
    flat(table, one_table)
    log = open(folder / "servers.log", "w")
    run = Run()
    tracker = [programs / "upr-tracker", "--database", url, "serve", "--addr", "127.0.0.1:7401"]
    datasette = [
        arguments.datasette, one_table, "--port", "7402", "--setting", "sql_time_limit_ms", "60000",
        "--setting", "facet_time_limit_ms", "60000", "--setting", "max_csv_mb", "0",
        "--setting", "facet_suggest_time_limit_ms", "1000",
    ]
    wants = lambda word: arguments.only is None or arguments.only in word
    everything = "/recommendations"

    with Server(tracker, 7401, "/reviews/AFG-1/recommendations", log) as ours, \
            Server(datasette, 7402, "/", log) as theirs, \
            Server([programs / "bench-floor", one_table, "127.0.0.1:7403"], 7403, "/record/1", log) as floor, \
            Static(folder, log) as static:
        run.add("start to first answer", ours.start, "Datasette", theirs.start, "s")
        ours.get(everything)
        first = time.monotonic() - ours.begun
        run.note("start to first list of everything", first, "s")
        run.note("memory at rest", ours.memory("VmRSS"), "MB")

        if wants("list"):
            pages = [f"/{one_table.stem}/recommendation?position=Noted&_size=50&_next={n * 50}" for n in range(1, 200)]
            lean = [path + "&_nocount=1&_nofacet=1&_nosuggest=1" for path in pages]
            floors = [f"/list?position=Noted&offset={n * 50}" for n in range(200)]
            run.loads("list of 50 filtered", both(ours, filtered(200)), {
                "Datasette": both(theirs, pages),
                "Datasette, lean": both(theirs, lean),
                "axum and rusqlite by hand": both(floor, floors),
            })
            deep = [f"/recommendations?per=50&page={page}" for page in range(count // 50 - 200, count // 50)]
            run.note("deep page, p50", ours.load(deep, 1)["p50"], "ms")
        if wants("kept"):
            page = "/recommendations?position=noted&per=50"
            for encoding in ("identity", "gzip"):
                static.put(ours.base + page, encoding)
                kept = both(ours, [page], encoding=encoding)
                run.loads(f"list unchanged ({encoding})", kept, {"nginx, a file": both(static, ["/page"], encoding=encoding)})
        if wants("facets"):
            facets = "_facet=review&_facet=position&_facet=status&_facet=action_category"
            table_page = f"/{one_table.stem}/recommendation?{facets}&_size=50"
            fresh = [f"{everything}?per=50&page={n}" for n in range(1, 200)]
            run.loads("facets", both(ours, fresh), {"Datasette": both(theirs, [table_page])})
            run.loads("facets under a filter", both(ours, [p + "&position=noted&action=5" for p in fresh]), {
                "Datasette": both(theirs, [table_page + "&position=Noted&text__contains=rights"]),
            })
        if wants("record"):
            paragraphs = [f"/reviews/{code}/recommendations/138.{n}" for code in ("AFG-1", "NOR-3") for n in range(1, 20)]
            run.loads("one record", both(ours, paragraphs), {
                "Datasette": both(theirs, [f"/{one_table.stem}/recommendation/{n}" for n in range(1, 40)]),
                "axum and rusqlite by hand": both(floor, [f"/record/{n}" for n in range(1, 40)]),
            })
        if wants("search"):
            with sqlite3.connect(one_table) as connection:
                for word in ("women", "archipelago"):
                    query = (
                        "SELECT count(*) FROM recommendation_fts WHERE recommendation_fts MATCH ?",
                        "SELECT rowid FROM recommendation_fts WHERE recommendation_fts MATCH ? ORDER BY rank LIMIT 50",
                    )
                    times = []
                    for _ in range(20):
                        begun = time.monotonic()
                        for one in query:
                            connection.execute(one, (word,)).fetchall()
                        times.append(1000 * (time.monotonic() - begun))
                    hits = connection.execute(query[0], (word,)).fetchone()[0]
                    bare = sorted(times)[10]
                    found = [f"{everything}?q={word}&per=50&page={n}" for n in range(1, 2 + min(hits // 50, 200))]
                    found = [path + f"&unused={n}" for path in found for n in range(1 if len(found) > 9 else 200)]
                    loads = both(ours, found)
                    page = f"/{one_table.stem}/recommendation?_search={word}&_size=50"
                    run.loads(f"search, {hits} hits", loads, {"Datasette": both(theirs, [page])})
                    run.add(f"search, {hits} hits, whole page against bare query", loads[0]["p50"], "FTS5, count and first 50", bare, "ms")
        if wants("csv"):
            rest = ours.memory("VmRSS")
            first, whole, size = min((ours.get(everything + ".csv") for _ in range(3)), key=lambda t: t[1])
            bare = min(timed(["sqlite3", "-csv", one_table, "SELECT * FROM recommendation"], stdout=subprocess.DEVNULL) for _ in range(3))
            _, stream, _ = theirs.get(f"/{one_table.stem}/recommendation.csv?_stream=on&_size=max")
            run.add("CSV of everything", whole, "sqlite3 -csv", bare, "s")
            run.add("CSV of everything", whole, "Datasette", stream, "s")
            run.note("CSV, first byte", 1000 * first, "ms")
            run.note("CSV, size", size / 1e6, "MB")
            run.note("CSV, memory added", ours.memory("VmHWM") - rest, "MB")
        if wants("xlsx"):
            rest = ours.memory("VmRSS")
            first, whole, size = ours.get(everything + ".xlsx")
            said = subprocess.run(on(SERVER, programs / "bench-xlsx", table, folder / "alone.xlsx"), capture_output=True, text=True, check=True)
            run.add("XLSX of everything", whole, "rust_xlsxwriter alone", float(said.stdout), "s")
            run.note("XLSX, memory added", ours.memory("VmHWM") - rest, "MB")
        run.note("memory at most", ours.memory("VmHWM"), "MB")
        run.note("Datasette's memory at most", theirs.memory("VmHWM"), "MB")
    return run


class Static:
    """nginx, one worker, with one file."""

    def __init__(self, folder, log):
        self.folder = folder / "nginx"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        (self.folder / "nginx.conf").write_text(
            "daemon off; worker_processes 1; pid nginx.pid; error_log stderr;\n"
            "events { worker_connections 256; }\n"
            "http { access_log off; default_type text/html; gzip_static on; sendfile on; keepalive_requests 1000000;\n"
            "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
            "  uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
            f"  server {{ listen 127.0.0.1:7404; root {self.folder}; }} }}\n"
        )
        (self.folder / "page").write_text("none yet")
        command = ["nginx", "-p", self.folder, "-c", "nginx.conf"]
        if os.geteuid() == 0:
            (self.folder / "nginx.conf").write_text("user root;\n" + (self.folder / "nginx.conf").read_text())
        self.server = Server(command, 7404, "/page", log)

    def put(self, address, encoding):
        request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
        with urllib.request.urlopen(request) as answer:
            body = answer.read()
        for name in ("page", "page.gz"):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / "page").write_bytes(body)
        if encoding == "gzip":
            (self.folder / "page.gz").write_bytes(body)

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *whatever):
        self.server.__exit__(*whatever)

    def load(self, *arguments, **more):
        return self.server.load(*arguments, **more)


def machine():
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 1048576
    name = model.group(1) if model else platform.machine()
    return f"{os.cpu_count()} cores ({name}), {memory:.0f} GB, Linux {platform.release()}"


def table(run, count):
    lines = [f"{date.today()}, {machine()}; {count} recommendations.", ""]
    lines += ["| what | here | reference | there | better by |", "|---|---|---|---|---|"]
    for what, ours, reference, theirs, unit, ratio in run.rows:
        if theirs is None:
            lines.append(f"| {what} | {ours:.3g} {unit} | | | |")
        else:
            lines.append(f"| {what} | {ours:.3g} {unit} | {reference} | {theirs:.3g} {unit} | {ratio:.3g} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("programs", type=Path)
    parser.add_argument("--datasette", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    run = measure(arguments)
    (arguments.folder / f"{arguments.count}.md").write_text(table(run, arguments.count) + "\n")
    print(f"\nThe table is in {arguments.folder / f'{arguments.count}.md'}.")
    kept = HERE / "ratios.json"
    before = json.loads(kept.read_text()) if kept.exists() else {}
    key = str(arguments.count)
    if arguments.keep:
        before.setdefault(key, {}).update(run.ratios)
        kept.write_text(json.dumps(before, indent=1, sort_keys=True) + "\n")
        return
    worse = [
        f"{what}: was better by {before[key][what]}, now by {ratio}"
        for what, ratio in run.ratios.items()
        if what in before.get(key, {}) and ratio * 4 < before[key][what] * 3
    ]
    if worse:
        sys.exit("Worse by a third or more:\n" + "\n".join(worse))


main()
