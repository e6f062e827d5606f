"""A thousand random changes of a database behind the program's back; `check` has to find each.

The database is the demonstration after a busy day: saves, evidence, bulk changes, an import, published
rounds, accounts and a scale. A tampering changes, swaps, adds or deletes values and rows of any table
of the record, or cuts off the end of the history. What is no part of the record is left alone."""

import concurrent.futures
import random
import re
import shutil
import sqlite3
import subprocess
import threading
from collections import Counter

from harness import (
    ADMINISTRATOR, ANALYSTS, REVIEWER, Ledger, Part, Server, check_is_clean, paragraphs, run, signed_in, small_review,
    sqlite_url, template,
)
from workers import Reviewer, Worker

# No part of the record, and why; the test `data/tests/store/tampering.rs` says the same.
NOT_THE_RECORD = {
    "device": "which browsers somebody has said to be their own",
    "draft": "typed and not saved",
    "import_outcome": "what a staged row would do, computed again before it is done",
    "import_row": "staged, looked at before it is applied",
    "import_text": "what staged rows share",
    "installation": "the keys that this installation signs with",
    "presence": "who has a form open",
    "public_version": "numbers by which kept pages are told apart; the history does not say which of its entries were one change",
    "saved_mapping": "an aid to reading files, whose result is looked at",
    "security_event": "who signed in and who failed to, forgotten after half a year",
    "session": "who is signed in",
    "sign_in_failure": "wrong passwords of the last hours",
    "sqlite_sequence": "SQLite's own",
    "upload": "files that wait for an explanation of their columns",
    "writer": "which programs have the database open",
}
COLUMNS_NOT_THE_RECORD = {
    "assessment.id": "a row number that nothing shows; what refers to it is tampered with",
    "evidence.id": "the same",
    "recommendation.id": "the same",
    "import_run.beat_at": "whether somebody reads the file at the moment",
    "import_run.progress": "how far reading is",
    "import_run.staged": "how much of the file is kept at the moment",
    "seaql_migrations.applied_at": "when the program was brought up to date",
}
# An import that changed nothing is no part of the record either.
ONLY_ROWS = {"import_run": "last_event IS NOT NULL"}
KINDS = ("change", "change", "change", "change", "swap", "swap", "delete", "insert", "null", "cut")


def more(parser):
    parser.add_argument("--except", dest="spared", default="", help="more tables that are no part of the record, separated by commas")
    parser.add_argument("--at-once", type=int, default=2)


def busy_day(part, file):
    """Everything that leaves a trace in the record, done through the pages."""
    small = small_review(file)
    own = paragraphs(file)
    ledger = Ledger()
    with Server(part.program, sqlite_url(file), part.folder) as server:
        worker = Worker(server.host, signed_in(server.host, ANALYSTS[0]), own, ledger, 1)
        reviewer = Reviewer(server.host, signed_in(server.host, REVIEWER), ledger, 2, small)
        for _ in range(6):
            for what in (worker.save, worker.save, worker.evidence, worker.bulk, worker.draft, reviewer.imports):
                what()
        for _ in range(2):
            reviewer.publish()
        # Assessments that cite several records, in an order that is part of them.
        for paragraph in own[-6:]:
            fields = [
                ("review", "XXA-3"), ("round", "follow-up"), ("paragraph", paragraph), ("version", 0),
                ("status", "implemented"), ("rationale", "Both reports say so."),
                *[("cites[]", number) for number in (2, 3, 4)],
            ]
            answer = worker.browser.post("save-assessment", fields)
            if answer.status not in (200, 303):
                part.say(f"an assessment that cites was refused: {answer}")
        reviewer.browser.post("open-round", {
            "review": "XXA-3", "slug": "second", "organisation": "Endurance", "title": "Second round", "as_of": "2025-06-30",
            "scale": "bhc-2023", "method": "By hand.",
        })
        reviewer.browser.post("carry-over", {"review": "XXA-3", "round": "second", "from": "mid-term"})
        administrator = signed_in(server.host, ADMINISTRATOR)
        statuses = []
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            looks = connection.execute("SELECT DISTINCT colour, shape FROM status LIMIT 2").fetchall()
        connection.close()
        for place, (code, (colour, shape)) in enumerate(zip(("done", "open"), looks), 1):
            statuses += [
                (f"statuses[{place}][{name}]", value)
                for name, value in {
                    "place": place, "code": code, "label": code.title(), "definition": f"It is {code}.", "colour": colour,
                    "shape": shape, "counts": "yes" if place == 1 else "", "score": "",
                }.items()
            ]
        answer = administrator.post("save-scale", [("code", "unused"), ("version", 0), ("name", "An unused scale"), *statuses])
        if answer.status not in (200, 303):
            part.say(f"no unused scale beside those of the demonstration: {answer}")
        other_tables(part, reviewer.browser)
        refused = [what for what, _ in [*worker.refused, *reviewer.refused]]
        if refused:
            part.say(f"of the busy day was refused: {', '.join(refused)}")
        server.stop()
    run(part.program, sqlite_url(file), "user", "disable", ANALYSTS[3])


def other_tables(part, browser):
    """A mapping kept under a name, another name of a recommendation, and a link between two cycles."""
    def done(what, answer):
        if answer.status not in (200, 303):
            part.say(f"of the busy day was refused: {what}: {answer}")
        return answer

    text = "Ratify the convention on the rights of travellers and report on it"
    # Without numbers, so that it has a name until a file that has one says its number.
    table = f"Was;Wer\n{text};Norway\n"
    answer = browser.upload("their-table.csv", table.encode(), html_wanted=True, review="BLR-2")
    upload = re.match(r"/import/mapping/([^/?]+)", done("a table with headings of its own", answer).headers.get("Location") or "")
    if upload:
        answer = browser.post("map-import", [
            ("upload", upload[1]), ("columns[0][of]", "Was"), ("columns[0][is]", "text"),
            ("columns[1][of]", "Wer"), ("columns[1][is]", "recommending_states"), ("name", "their table"),
        ])
        done("a mapping", answer)
        apply(done, browser, answer)
    table = f"paragraph,text,recommending_states,responsible_bodies\n12.3,{text},Norway,Ministry of Justice; Parliament\n"
    apply(done, browser, done("a numbered table", browser.upload("numbered.csv", table.encode(), review="BLR-2")))
    done("a link", browser.post("decide-link", {
        "review": "BLR-2", "paragraph": "12.3", "earlier_review": "BLR-1", "earlier_paragraph": "97.1", "repeats": "yes",
        "back": "/",
    }))


def apply(done, browser, answer):
    run_number = re.match(r"/import/(\d+)", answer.headers.get("Location") or "")
    if run_number:
        done("an import", browser.post("apply-import", {"run": run_number[1]}))


class Tampering:
    """One change behind the program's back, described for the list of those that were missed."""

    def __init__(self, connection, choose, tables):
        self.connection, self.random, self.tables = connection, choose, tables

    def rows(self, table, columns="*"):
        only = ONLY_ROWS.get(table, "true")
        return self.connection.execute(f'SELECT rowid, {columns} FROM "{table}" WHERE {only}').fetchall()

    def contents(self, table):
        """The rows of a table, regardless of their order."""
        columns = ", ".join(f'"{column}"' for column in self.tables[table])
        return Counter(row[1:] for row in self.rows(table, columns))

    def any(self):
        """Tries until something has really changed."""
        while True:
            kind = self.random.choice(KINDS)
            table = "event" if kind == "cut" else self.random.choice(list(self.tables))
            if not self.tables[table]:
                continue
            try:
                done = getattr(self, kind)(table)
            except sqlite3.Error:
                self.connection.rollback()
                # A constraint of the schema is in the way: whoever tampers has to try something else.
                continue
            if done:
                self.connection.commit()
                return f"{kind} {done}"
            self.connection.rollback()

    def another(self, value, values):
        """A value that might stand in the place of another: one of the same column, or a variation."""
        others = [one for one in set(values) if one != value]
        if others and self.random.random() < 0.5:
            return self.random.choice(others)
        if value is None:
            return "something"
        if isinstance(value, int):
            return 1 - value if value in (0, 1) else value + self.random.choice((-1, 1, 1000, 86_400_000))
        if isinstance(value, float):
            return value / 2 + 0.1
        if isinstance(value, bytes):
            return value + b"x"
        if not value:
            return "x"
        place = self.random.randrange(len(value))
        return self.random.choice((
            value + " ", value[:place] + "x" + value[place + 1 :], value[:place] + value[place + 1 :], value.swapcase(), "",
        ))

    def change(self, table, to_null=False):
        column = self.random.choice(self.tables[table])
        rows = self.rows(table, f'"{column}"')
        if not rows:
            return None
        row, value = self.random.choice(rows)
        new = None if to_null else self.another(value, [one for _, one in rows])
        if new == value:
            return None
        self.connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (new, row))
        stored = self.connection.execute(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (row if column != "id" else new,)).fetchone()
        return f"{table}.{column}: {value!r} to {new!r}" if stored is None or stored[0] != value else None

    def null(self, table):
        return self.change(table, to_null=True)

    def swap(self, table):
        """The values of two rows: nothing is added and nothing is missing."""
        column = self.random.choice(self.tables[table])
        rows = self.rows(table, f'"{column}"')
        # Where the record has one column of a table, the rows say the same in another order.
        if len(rows) < 2 or len(self.tables[table]) == 1:
            return None
        (one, first), (two, second) = self.random.sample(rows, 2)
        if first == second:
            return None
        before = self.contents(table)
        # Past a unique index, by way of a value that nobody has.
        self.connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (-7 if isinstance(first, int) else "\x01", one))
        self.connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (first, two))
        self.connection.execute(
            f'UPDATE "{table}" SET "{column}" = ? WHERE "{column}" = ? AND rowid <> ?', (second, -7 if isinstance(first, int) else "\x01", two))
        # If the rows differ in this column only, swapping changes nothing.
        return f"{table}.{column}: {first!r} with {second!r}" if self.contents(table) != before else None

    def delete(self, table):
        rows = self.rows(table)
        if not rows:
            return None
        row = self.random.choice(rows)
        self.connection.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row[0],))
        return f"{table}: {row[1:]!r}"

    def insert(self, table):
        """A copy of a row with some of its values changed."""
        columns = [name for _, name, *_ in self.connection.execute(f'PRAGMA table_info("{table}")')]
        keys = [name for _, name, _, _, _, key in self.connection.execute(f'PRAGMA table_info("{table}")') if key]
        listed = ", ".join(f'"{name}"' for name in columns)
        rows = [row[1:] for row in self.rows(table, listed)]
        if not rows:
            return None
        new = dict(zip(columns, self.random.choice(rows)))
        if keys == ["id"]:
            new["id"] = max(row[columns.index("id")] for row in rows) + 1 if isinstance(new["id"], int) else "x"
        for name in self.random.sample(columns, min(len(columns), 2)):
            # A copy that differs in nothing but when somebody looked at it differs in nothing.
            if name != "id" and name in self.tables[table]:
                new[name] = self.another(new[name], [row[columns.index(name)] for row in rows])
        marks = ", ".join("?" for _ in columns)
        self.connection.execute(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', list(new.values()))
        return f"{table}: {tuple(new.values())!r}"

    def cut(self, table):
        """The last entries of the history; what they tell of stays."""
        count = self.random.randrange(1, 4)
        self.connection.execute(f"DELETE FROM event WHERE id > (SELECT max(id) FROM event) - {count}")
        return f"event: the last {count}"


def main():
    part = Part(__doc__, rounds=1000, quick=40, more=more)
    original = template(part)
    busy_day(part, original)
    clean, said = check_is_clean(part.program, sqlite_url(original))
    if not clean:
        part.fail(f"check complains before anything was done: {said[:500]}")
        part.end()
    noted = re.search(r"--noted (\S+)", said)
    spared = set(NOT_THE_RECORD) | set(part.arguments.spared.split(","))
    with sqlite3.connect(original) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        tables = {
            table: [
                name for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")')
                if f"{table}.{name}" not in COLUMNS_NOT_THE_RECORD
            ]
            for table in names if table not in spared
        }
        counts = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    connection.close()
    part.figure("tables of the record, with their rows", counted_rows(counts))
    empty = [table for table, count in counts.items() if not count]
    tables = {table: columns for table, columns in tables.items() if counts[table]}
    if empty:
        part.say(f"without rows, and so not tried: {', '.join(empty)}")

    local = threading.local()

    def one(number):
        if not hasattr(local, "file"):
            local.file = part.folder / f"tampered-{threading.get_ident()}.sqlite"
        for ending in ("-wal", "-shm"):
            local.file.with_name(local.file.name + ending).unlink(missing_ok=True)
        shutil.copyfile(original, local.file)
        connection = sqlite3.connect(local.file)
        # Whoever tampers does not ask for foreign keys, and leaves no log behind.
        connection.execute("PRAGMA foreign_keys = OFF")
        what = Tampering(connection, random.Random(part.seed * 10_000 + number), tables).any()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        arguments = ["--seed", str(number), *(["--noted", noted[1]] if noted else [])]
        try:
            done = run(part.program, sqlite_url(local.file), "check", *arguments, check=False, timeout=120)
        except subprocess.TimeoutExpired:
            return what, "no end within 120 s"
        said = done.stdout + done.stderr
        if "panicked" in said:
            return what, "panic"
        return what, "missed" if done.returncode == 0 else "found"

    outcomes, missed, by_column = Counter(), [], Counter()
    with concurrent.futures.ThreadPoolExecutor(part.arguments.at_once) as pool:
        for number, (what, outcome) in enumerate(pool.map(one, range(part.rounds))):
            outcomes[outcome] += 1
            if outcome != "found":
                missed.append((outcome, what))
                part.say(f"{outcome}: {what[:300]}")
                by_column[what.split(":")[0]] += 1
            if (number + 1) % 200 == 0:
                part.say(f"{number + 1} tried, {len(missed)} missed")
    if by_column:
        part.figure("missed, by kind and column", "; ".join(f"{what} {count}" for what, count in by_column.most_common()))
    part.figure("tamperings", part.rounds)
    part.figure("found", outcomes["found"])
    part.limit("missed", part.rounds - outcomes["found"], 0)
    part.end()


def counted_rows(counts):
    return ", ".join(f"{table} {count:,}" for table, count in sorted(counts.items()))


if __name__ == "__main__":
    main()
