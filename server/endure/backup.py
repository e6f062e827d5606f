"""Backs up and restores a large database, between all kinds of databases there are, and while others write.

    python3 -B server/endure/backup.py target/release/upr-tracker [--rows 100000]

Needs bench-generate beside the program (cargo build --release -p bench), and PostgreSQL's programs for the half with
PostgreSQL, which is left out without them. Prints figures one per line, and exits with 1 if a backup or a restore
takes longer or more memory than it may, if anything that was restored differs from what was backed up, or if an
import that was acknowledged before a backup began is missing in it.
"""

import argparse
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Most of a restore is verifying: every hash again, and every row by replaying the history. Loading alone takes 13 s.
# 10 s are not reached: with 2 processors, 2.05 million rows (568 MB) took 44 s.
SECONDS = {"backup": 10, "restore": 60}
MEGABYTES = {"backup": 200, "restore": 400}
# Limits are of 100,000 recommendations on two cores; fewer must not take longer, more may.
USUAL = 100_000

failures = []


def figure(name, value, unit="", most=None):
    shown = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value
    limit = f" (at most {most})" if most else ""
    print(f"{name}: {shown} {unit}".rstrip() + limit, flush=True)
    if most and value > most:
        fail(f"{name} is {shown}, and may be {most}")


def fail(why):
    failures.append(why)
    print(f"FAILED: {why}", flush=True)


def run(program, *arguments, out=subprocess.PIPE):
    """Runs the program; its seconds, the megabytes that it took at most, and what it printed."""
    begun = time.monotonic()
    process = subprocess.Popen([program, *map(str, arguments)], stdout=out, stderr=subprocess.PIPE)
    printed = process.stdout.read() if out == subprocess.PIPE else b""
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        fail(f"{arguments}: {printed.decode()[-2000:]}{said.decode()[-2000:]}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024, printed


def sha256(file):
    with open(file, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


class Drill:
    def __init__(self, program, folder, rows):
        self.program, self.folder, self.rows = program, folder, rows
        self.slower = max(1, rows / USUAL)

    def measured(self, what, name, *arguments):
        seconds, megabytes, _ = run(self.program, *arguments)
        figure(f"{name}: seconds", seconds, most=SECONDS[what] * self.slower)
        figure(f"{name}: peak memory", megabytes, "MB", most=MEGABYTES[what] * self.slower)

    def backup(self, name, url, *more):
        file = self.folder / f"{name.replace(' ', '-')}.backup"
        self.measured("backup", f"backup of {name}", "backup", file, "--database", url, *more)
        figure(f"backup of {name}: size", file.stat().st_size / 1e6, "MB")
        return file

    def restore(self, name, file, url):
        self.measured("restore", f"restore, {name}", "restore", file, "--database", url)

    def exports(self, url):
        found = []
        for form in ("csv", "json"):
            file = self.folder / f"export.{form}"
            run(self.program, "export", "--format", form, "--out", file, "--database", url)
            found.append(sha256(file))
            file.unlink()
        return found

    def same(self, name, first, second):
        if first != second:
            fail(f"{name} differs from the first")
        else:
            print(f"{name}: the same, byte for byte", flush=True)


def sqlite(file):
    return f"sqlite://{file}?mode=rwc"


def while_others_write(drill, file):
    """Imports go on, one after the other, while backups are made; each backup has all that came before."""
    acknowledged, end = [], threading.Event()

    def write():
        number = 0
        table = drill.folder / "rows.csv"
        while not end.is_set():
            number += 1
            table.write_text(
                "review,paragraph,text,recommending_states\n"
                f"XXA-1,900.{number},Publish the report number {number} of the commission,Norway\n"
            )
            run(drill.program, "import", table, "--database", sqlite(file))
            acknowledged.append(f"900.{number}")

    writer = threading.Thread(target=write)
    writer.start()
    missing = 0
    for number in range(3):
        time.sleep(1)
        before = list(acknowledged)
        backup = drill.backup(f"number {number + 1} under load", sqlite(file))
        # Everything in it is of one moment, or replaying the history would not give its rows.
        restored = drill.folder / f"under-load-{number}.sqlite"
        run(drill.program, "restore", backup, "--database", sqlite(restored))
        with sqlite3.connect(restored) as connection:
            there = {row[0] for row in connection.execute("SELECT paragraph FROM recommendation WHERE paragraph LIKE '900.%'")}
        missing += len(set(before) - there)
        restored.unlink()
    end.set()
    writer.join()
    figure("imports acknowledged meanwhile", len(acknowledged))
    figure("of those before a backup, missing in it", missing)
    if missing:
        fail("an acknowledged import is in no backup")
    if len(acknowledged) < 3:
        fail("nothing was written while backups were made")


def drill_postgres(drill, first, exported):
    """From SQLite to PostgreSQL, from there to another, and back. Its address is in TEST_POSTGRES_URL."""
    server = os.environ["TEST_POSTGRES_URL"]
    urls = []
    for name in ("upr_first", "upr_second"):
        subprocess.run(["psql", "-q", server, "-c", f"CREATE DATABASE {name} TEMPLATE template0"], check=True)
        urls.append(server.rsplit("/", 1)[0] + f"/{name}")
    drill.restore("SQLite to PostgreSQL", first, urls[0])
    drill.same("what PostgreSQL exports", exported, drill.exports(urls[0]))
    second = drill.backup("PostgreSQL", urls[0])
    drill.same("the backup of PostgreSQL", sha256(first), sha256(second))
    drill.restore("PostgreSQL to PostgreSQL", second, urls[1])
    drill.same("the backup of the second", sha256(first), sha256(drill.backup("second PostgreSQL", urls[1])))
    back = drill.folder / "back.sqlite"
    drill.restore("PostgreSQL to SQLite", second, sqlite(back))
    drill.same("the backup of what came back", sha256(first), sha256(drill.backup("what came back", sqlite(back))))
    back.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--rows", type=int, help="recommendations; 100,000 unless --quick")
    parser.add_argument("--quick", action="store_true", help="with 10,000 recommendations")
    parser.add_argument("--database", type=Path, help="a SQLite file to use instead of one made up")
    given = parser.parse_args()
    program = given.program.resolve()
    rows = given.rows or (10_000 if given.quick else USUAL)
    # PostgreSQL only for this, if it is installed.
    cluster = ROOT / ".ci/with-postgres"
    if "TEST_POSTGRES_URL" not in os.environ and shutil.which("psql") and cluster.exists():
        os.execv(cluster, [str(cluster), sys.executable, "-B", *sys.argv])
    with tempfile.TemporaryDirectory(prefix="upr-backup-") as folder:
        folder = Path(folder)
        file = folder / "upr.sqlite"
        if given.database:
            shutil.copyfile(given.database, file)
        else:
            subprocess.run([program.with_name("bench-generate"), str(rows), sqlite(file)], check=True, stdout=subprocess.DEVNULL)
        drill = Drill(program, folder, rows)
        # Whatever an older schema lacks, before anything is compared.
        run(program, "migrate", "--upgrade-without-backup", "--database", sqlite(file))
        figure("recommendations", rows)
        figure("database", file.stat().st_size / 1e6, "MB")
        first = drill.backup("SQLite", sqlite(file))
        exported = drill.exports(sqlite(file))
        copy = folder / "copy.sqlite"
        drill.restore("SQLite to SQLite", first, sqlite(copy))
        drill.same("what the copy exports", exported, drill.exports(sqlite(copy)))
        drill.same("the backup of the copy", sha256(first), sha256(drill.backup("the copy", sqlite(copy))))
        seconds, _, _ = run(program, "check", "--database", sqlite(copy))
        figure("check of the copy: seconds", seconds)
        copy.unlink()
        if "TEST_POSTGRES_URL" in os.environ:
            drill_postgres(drill, first, exported)
        else:
            print("PostgreSQL: left out, its programs are not installed", flush=True)
        while_others_write(drill, file)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
