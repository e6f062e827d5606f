"""The made-up databases, each made where it is missing."""

import sqlite3
import subprocess
from itertools import islice

import formats


def database(folder, programs, count):
    """What the program serves."""
    made = folder / f"{count}.sqlite"
    if not made.exists():
        part = folder / f"{count}.part"
        for old in folder.glob(f"{count}.part*"):
            old.unlink()
        url = f"sqlite://{part}?mode=rwc"
        subprocess.run([programs / "bench-generate", str(count), url], check=True)
        part.rename(made)
    return made


def table(folder, programs, count, of, ending="csv"):
    """All of it as one file."""
    made = folder / f"{count}.{ending}"
    if not made.exists():
        url = f"sqlite://{of}?mode=rwc"
        export = ["export", "--format", ending, "--out", made]
        subprocess.run([programs / "upr-tracker", "--database", url, *export], check=True)
    return made


def every_format(folder, programs, count, of, all_of_it):
    """All of it in every format that is read, and what is of one review only as much as one has."""
    made = {f"our own {ending}": table(folder, programs, count, of, ending) for ending in ("csv", "xlsx", "json")}
    for name, (write, most) in formats.FORMATS.items():
        file = folder / f"{most or count}-{name}"
        if not file.exists():
            part = folder / f"{most or count}-part-{name}"
            write(part, islice(formats.recommendations(all_of_it), most))
            part.rename(file)
        made[name] = file
    return made


def flat(folder, count, of):
    """The file as one table, indexed as somebody would for these pages."""
    made = folder / f"{count}-flat.sqlite"
    if made.exists():
        return made
    part = folder / f"{count}-flat.part"
    part.unlink(missing_ok=True)
    script = f".mode csv\n.import {of} recommendation\n"
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
    part.rename(made)
    return made
