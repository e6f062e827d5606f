"""What the program does in a second, beside what people would use instead, in one run on one machine.

    measure.py FOLDER PROGRAMS [--count 100000] [--keep | --only WORD]

FOLDER holds the made-up databases and is filled where they are missing; PROGRAMS holds upr-tracker and
bench-*. Servers run on the first core, whoever asks on the second. Every figure stands beside its
reference; their ratios are compared with those in ratios.json. The command fails where one got worse by
a third or is not measured any more, where something weighs or takes more than it may, and where the
program answered anything with an error. --keep writes the ratios of this one run down instead, and its
table into RESULTS.md; --only measures a part, which is written down nowhere.
"""

import argparse
import json
import os
import platform
import re
import sys
from datetime import date
from pathlib import Path

import fixtures
import reading
import writing
from servers import Server, Static

HERE = Path(__file__).parent
TABLES = "## Tables\n"


class Run:
    def __init__(self):
        self.rows, self.ratios, self.broken = [], {}, []

    def add(self, what, ours, reference, theirs, unit, more_is_better=False):
        """A figure beside its reference. The ratio is larger where ours is better."""
        ratio = ours / theirs if more_is_better else theirs / ours
        self.rows.append((what, ours, reference, theirs, unit, ratio))
        self.ratios[f"{what} / {reference}"] = round(ratio, 3)
        print(f"{what}: {ours:.3g} {unit}; {reference}: {theirs:.3g}; better by {ratio:.3g}", flush=True)

    def beside(self, what, ours, reference, theirs, unit):
        """A figure beside its reference, that is told and not kept."""
        self.rows.append((what, ours, reference, theirs, unit, theirs / ours if ours else 0))

    def note(self, what, ours, unit):
        self.rows.append((what, ours, "", None, unit, None))
        print(f"{what}: {ours:.3g} {unit}", flush=True)

    def limited(self, what, ours, unit, most):
        """A figure that may not be more than this, on any machine."""
        self.note(what, ours, unit)
        if ours > most:
            self.broken.append(f"{what}: {ours:.3g} {unit}, and may be {most}")

    def loads(self, what, ours, theirs):
        """Requests per second at 16 clients, and the times at one, beside every reference."""
        if failed := sum(measured["failed"] for measured in ours):
            self.broken.append(f"{what}: {failed} answers failed")
        for reference, figures in theirs.items():
            one, many = figures
            if many["per_second"] == 0:
                self.note(f"{what}, 16 clients, {reference}: no answer in time", 0, "/s")
                continue
            self.add(f"{what}, 16 clients", ours[1]["per_second"], reference, many["per_second"], "/s", True)
            self.add(f"{what}, p50", ours[0]["p50"], reference, one["p50"], "ms")
            self.add(f"{what}, p99", ours[0]["p99"], reference, one["p99"], "ms")
            self.beside(f"{what}, processor time", ours[1]["cpu"], reference, many["cpu"], "ms")


def measure(arguments):
    folder, programs, count = arguments.folder, arguments.programs, arguments.count
    database = fixtures.database(folder, programs, count)
    table = fixtures.table(folder, programs, count, database)
    flat = fixtures.flat(folder, count, table)
    url = f"sqlite://{database}?mode=rwc"
    tracker = [programs / "upr-tracker", "--database", url, "serve", "--addr", "127.0.0.1:7401"]
    datasette = [
        arguments.datasette, flat, "--port", "7402", "--setting", "sql_time_limit_ms", "60000",
        "--setting", "facet_time_limit_ms", "60000", "--setting", "max_csv_mb", "0",
    ]
    by_hand = [programs / "bench-floor", flat, "127.0.0.1:7403"]
    run, only = Run(), arguments.only

    def wants(word):
        return only is None or word in only.split(",")

    with open(folder / "servers.log", "w") as log:
        with Server(tracker, 7401, "/reviews/AFG-1/recommendations", log) as ours, \
                Server(datasette, 7402, "/", log) as theirs, \
                Server(by_hand, 7403, "/record/1", log) as floor, \
                Static(folder, log) as static:
            run.add("start to first answer", ours.start, "Datasette", theirs.start, "s")
            _, whole, _ = ours.get(reading.EVERYTHING)
            run.note("first list of everything, which takes everything in", whole, "s")
            run.limited("memory at rest", ours.memory("VmRSS"), "MB", 120)
            if wants("list"):
                reading.lists(run, ours, theirs, floor, flat, count)
            if wants("kept"):
                reading.kept(run, ours, static)
            if wants("facets"):
                reading.facets(run, ours, theirs, flat)
            if wants("breakdown"):
                reading.breakdown(run, theirs, programs, url, flat)
            if wants("record"):
                reading.record(run, ours, theirs, floor, flat)
            if wants("search"):
                reading.search(run, ours, theirs, flat)
            if wants("files"):
                reading.files(run, ours, theirs, flat, table, programs, folder)
            if wants("weight"):
                reading.weight(run, ours)
            if wants("shown"):
                reading.shown(run, ours)
            run.note("memory at most", ours.memory("VmHWM"), "MB")
            run.note("Datasette's memory at most", theirs.memory("VmHWM"), "MB")
        writing.all_of_it(run, programs, database, table, folder, log, wants)
    if wants("formats"):
        writing.formats(run, programs, fixtures.every_format(folder, programs, count, database, table))
    return run


def machine():
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text()).group(1)) / 1048576
    return f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB"


def markdown(run, count):
    lines = [f"{date.today()}, {machine()}; {count:,} recommendations.", ""]
    lines += ["| what | here | reference | there | better by |", "|---|---|---|---|---|"]
    for what, ours, reference, theirs, unit, ratio in run.rows:
        if theirs is None:
            lines.append(f"| {what} | {figure(ours)} {unit} | | | |")
        else:
            lines.append(
                f"| {what} | {figure(ours)} {unit} | {reference} | {figure(theirs)} {unit} | {figure(ratio)} |"
            )
    return "\n".join(lines)


def figure(number):
    """Three digits that count, without an exponent."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"


def write_down(folder):
    """All tables of the folder below what a person wrote in RESULTS.md."""
    results = HERE / "RESULTS.md"
    written, marker, _ = results.read_text().partition(TABLES)
    tables = sorted(folder.glob("*.md"), key=lambda file: int(file.stem))
    results.write_text(written + marker + "\n" + "\n".join(file.read_text() for file in tables))


def worse(kept, run):
    """What got worse by a third against the ratios that were kept."""
    return [
        f"{what}: was better by {kept[what]}, now by {ratio}"
        for what, ratio in run.ratios.items()
        if what in kept and ratio * 3 < kept[what] * 2
    ]


def missing(kept, run):
    """What was measured once and is no more."""
    return [f"{what}: not measured any more" for what in kept if what not in run.ratios]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("programs", type=Path)
    parser.add_argument("--datasette", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", help="parts, with commas between: list, kept, facets, breakdown, "
                        "record, search, files, weight, shown, save, busy, import, formats")
    arguments = parser.parse_args()
    if arguments.keep and arguments.only:
        parser.error("only what was measured in one run is kept")
    # nginx reads relative paths from a folder of its own.
    arguments.folder = arguments.folder.resolve()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    run = measure(arguments)
    ratios = HERE / "ratios.json"
    kept = json.loads(ratios.read_text()) if ratios.exists() else {}
    of_count = kept.get(str(arguments.count), {})
    problems = run.broken
    if arguments.keep:
        table = arguments.folder / f"{arguments.count}.md"
        table.write_text(markdown(run, arguments.count) + "\n")
        kept[str(arguments.count)] = run.ratios
        ratios.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
        write_down(arguments.folder)
    else:
        problems += worse(of_count, run)
        if not arguments.only:
            problems += missing(of_count, run)
    if problems:
        sys.exit("Not as it has to be:\n" + "\n".join(problems))


if __name__ == "__main__":
    main()
