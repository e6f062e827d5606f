"""The power is cut while four analysts save, two hundred times, on ext4 over a disk with a volatile
write cache. What no flush has confirmed is lost, or survives in part. Bare SQLite is cut in the same
way beside it; and two controls, one that does not flush at all, have to lose, or else nothing was
shown."""

import sqlite3
import subprocess
import threading
import time

from disks import Disk, Faults, Mount, make_ext4, need_root
from harness import (
    ANALYSTS, Browser, Ledger, Part, Server, check_is_clean, copy_database, lost_in, paragraphs, signed_in,
    sqlite_url, template, writers,
)

MODES = ("none", "whole", "torn512", "torn4096", "all")
MEGABYTES = 48
# So many rounds go on from what the cut before left, journal replay and all.
ROUNDS_PER_DATABASE = 20
CHECK_EVERY = 10


class Rounds:
    """Cuts of one kind: what was written, what was acknowledged, and what of it is lost."""

    def __init__(self, part, disk_program, original, own):
        self.part, self.disk_program, self.original, self.own = part, disk_program, original, own
        self.image = part.folder / "disk.img"
        self.after = part.folder / "after.img"
        self.acknowledged, self.lost, self.unusable, self.unclean = 0, 0, 0, 0
        self.flushes = self.repaired = 0
        self.ledger = self.cookies = None

    def fresh_image(self, database=None):
        make_ext4(self.image, MEGABYTES)
        with Mount(self.image, self.part.folder / "mounted") as mount:
            if database:
                copy_database(database, mount.folder / "a.sqlite")

    def program_round(self, number, env=None, waits_after_cut=0.0):
        """One cut under the program itself. The next round goes on from what it left."""
        part = self.part
        if self.ledger is None or number % ROUNDS_PER_DATABASE == 0:
            self.fresh_image(self.original)
            self.ledger, self.cookies = Ledger(), None
        mode = MODES[number % len(MODES)]
        seed = part.random.getrandbits(32)
        with Disk(self.disk_program, self.image, part.folder / "fuse") as disk:
            with Mount(disk.file, part.folder / "mounted") as mount:
                url = sqlite_url(mount.folder / "a.sqlite")
                with Server(part.program, url, part.folder, env=env) as server:
                    if self.cookies is None:
                        browsers = [signed_in(server.host, name) for name in ANALYSTS]
                        self.acknowledged += len(browsers)
                    else:
                        browsers = [Browser(server.host, cookies=kept) for kept in self.cookies]
                    work = writers(server.host, browsers, self.own, self.ledger, seed)
                    before = self.ledger.snapshot()
                    for writer in work:
                        writer.start()
                    time.sleep(part.random.uniform(0.05, 0.6))
                    must = self.ledger.snapshot()
                    disk.cut(self.after, mode, seed)
                    for writer in work:
                        writer.stop()
                    server.kill()
                    for writer in work:
                        writer.join()
                    self.flushes += disk.counters()["flushes"]
        self.acknowledged += sum(map(len, must.values())) - sum(map(len, before.values()))
        # Saves acknowledged after the cut are lost by design; later rounds must not expect them.
        self.ledger.acknowledged = must
        self.after.replace(self.image)
        self.look(number, must, browsers, mode)

    def mount_again(self):
        """The file system after the cut. Its superblock takes two sectors, so where sectors are torn it may
        have to be taken from a backup first, which `e2fsck` does."""
        folder = self.part.folder / "mounted"
        try:
            return Mount(self.image, folder)
        except RuntimeError:
            subprocess.run(["e2fsck", "-fy", str(self.image)], capture_output=True)
            self.repaired += 1
            return Mount(self.image, folder)

    def look(self, number, must, browsers, mode):
        part = self.part
        lost_before = self.lost + self.unusable
        try:
            with self.mount_again() as mount:
                database = mount.folder / "a.sqlite"
                url = sqlite_url(database)
                with Server(part.program, url, part.folder) as server:
                    again = [Browser(server.host, cookies=one.cookies) for one in browsers]
                    gone = sum(one.get("/assess").status != 200 for one in again)
                    if gone:
                        part.say(f"round {number} ({mode}): {gone} sessions are lost")
                        self.lost += gone
                        again = [signed_in(server.host, name) for name in ANALYSTS]
                    lost = lost_in(database, server.host, again, must, self.ledger)
                    self.cookies = [one.cookies for one in again]
                    server.stop()
                if lost:
                    part.say(f"round {number} ({mode}): lost {len(lost)}, for example {lost[0]}")
                    self.lost += len(lost)
                if number % CHECK_EVERY == CHECK_EVERY - 1 or lost:
                    clean, said = check_is_clean(part.program, url)
                    if not clean:
                        self.unclean += 1
                        part.say(f"round {number} ({mode}): {said[:300]}")
        except (RuntimeError, OSError, sqlite3.Error) as error:
            self.unusable += 1
            part.say(f"round {number} ({mode}): unusable: {str(error)[:200]}")
        if self.lost + self.unusable > lost_before:
            # What is gone is not to be missed once more in each later round.
            self.ledger = None

    def bare_round(self, number, synchronous):
        """One cut under SQLite alone, by four connections that commit what a save writes."""
        part = self.part
        self.fresh_image()
        mode = MODES[number % len(MODES)]
        seed = part.random.getrandbits(32)
        acknowledged, ended = [], threading.Event()

        def write(file, who):
            connection = sqlite3.connect(file, isolation_level=None, timeout=20)
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            own = 0
            while not ended.is_set():
                own += 1
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO event VALUES (?, ?, ?)", (who, own, "x" * 400))
                connection.execute("COMMIT")
                acknowledged.append((who, own))
            connection.close()

        with Disk(self.disk_program, self.image, part.folder / "fuse") as disk:
            with Mount(disk.file, part.folder / "mounted") as mount:
                file = mount.folder / "a.sqlite"
                connection = sqlite3.connect(file, isolation_level=None)
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("CREATE TABLE event (who INTEGER, number INTEGER, content TEXT)")
                connection.close()
                # The table is there for certain, so that the control loses commits and not only files.
                sync_all(mount.folder)
                threads = [threading.Thread(target=write, args=(file, who)) for who in range(4)]
                for thread in threads:
                    thread.start()
                time.sleep(part.random.uniform(0.05, 0.4))
                must = list(acknowledged)
                disk.cut(self.after, mode, seed)
                ended.set()
                for thread in threads:
                    thread.join()
        self.acknowledged += len(must)
        self.after.replace(self.image)
        try:
            with self.mount_again() as mount:
                connection = sqlite3.connect(mount.folder / "a.sqlite")
                there = set(connection.execute("SELECT who, number FROM event"))
                sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
                connection.close()
                self.lost += sum(one not in there for one in must)
                self.unclean += not sound
        except (RuntimeError, OSError, sqlite3.Error) as error:
            self.unusable += 1
            self.lost += len(must)
            part.say(f"bare round {number} ({mode}): unusable: {str(error)[:200]}")


def sync_all(folder):
    """Everything that was written in the file system of a folder is on its disk."""
    subprocess.run(["sync", "-f", str(folder)], check=True)


def main():
    need_root()
    part = Part(__doc__, rounds=200, quick=5)
    disk_program = Disk.build(part.folder)
    original = template(part)
    own = paragraphs(original)
    new = lambda: Rounds(part, disk_program, original, own)

    tried = new()
    for number in range(part.rounds):
        tried.program_round(number)
        if (number + 1) % 20 == 0:
            part.say(f"{number + 1} cuts, {tried.acknowledged:,} acknowledged, {tried.lost} lost")
    bare = new()
    for number in range(part.rounds):
        bare.bare_round(number, "FULL")
    few = max(5, part.rounds // 10)
    careless = new()
    for number in range(few):
        careless.bare_round(number, "OFF")
    faults = Faults(part.folder, part.folder / "mounted")
    faults.set(swallow=1)
    swallowed = new()
    for number in range(few):
        # Each on a new database: what the one before lost is no loss of this one.
        swallowed.ledger = None
        swallowed.program_round(number, env=faults.env)

    part.figure("cuts", part.rounds)
    part.figure("acknowledged before them", tried.acknowledged)
    part.figure("flushes that reached the disk", tried.flushes)
    part.figure("file systems that needed e2fsck", f"{tried.repaired}, of bare SQLite {bare.repaired}")
    part.figure("bare SQLite, acknowledged before as many cuts", bare.acknowledged)
    part.figure("bare SQLite, lost", bare.lost)
    part.figure("bare SQLite without flushes, lost", f"{careless.lost:,} of {careless.acknowledged:,} in {few} cuts")
    part.figure(
        "this program with its flushes swallowed, lost",
        f"{swallowed.lost:,} of {swallowed.acknowledged:,}, and {swallowed.unusable} unusable, in {few} cuts",
    )
    part.limit("acknowledged and lost", tried.lost, bare.lost)
    part.limit("databases that could not be opened", tried.unusable, bare.unusable)
    part.limit("databases that check complained of", tried.unclean, 0)
    part.least("control: lost without flushes", careless.lost, 1)
    part.least("control: lost with flushes swallowed", swallowed.lost + swallowed.unusable, 1)
    part.least("flushes", tried.flushes, part.rounds)
    part.end()


if __name__ == "__main__":
    main()
