"""A disk that fills up, turns read-only or fails while people save; afterwards everything that was
acknowledged is there, and the server has gone on by itself.

Most rounds are on a real ext4 of 24 MB that a filler takes up for some seconds. Faults that come and
go at the system call (a preloaded library) stand for a remount to read-only and back and for I/O
errors; and a real read-only file system and a failing disk are tried as well, though the kernel lets
no file system recover from those before it is mounted anew."""

import errno
import json
import threading
import time
from pathlib import Path

from disks import MEGABYTE, Disk, Faults, Mount, make_ext4, need_root
from harness import (
    ANALYSTS, BROKEN, REVIEW, REVIEWER, ROUND, Browser, Ledger, Part, Server, check_is_clean, copy_database, counted,
    form_of, marks_in, missing, paragraphs, quantile, run, signed_in, small_review, sqlite_url, template, unseen,
)
from workers import DONE, IN_WORDS, CommandLine, Reader, Reviewer, Visitor, Worker

MEGABYTES = 24
# A new file system after so many rounds, or the database itself would fill it.
ROUNDS_PER_DISK = 5
PATIENCE = 20
PUBLIC = ("/", f"/reviews/{REVIEW}")


def more(parser):
    parser.add_argument(
        "--kinds", default="full,readonly,writes,flushes,reads,remounted,device",
        help="which kinds of fault, separated by commas",
    )


class Trial:
    """Rounds of one kind of fault."""

    def __init__(self, part, kind, original, own, small):
        self.part, self.kind, self.original, self.own, self.small = part, kind, original, own, small
        self.answers, self.refusals, self.during = {}, 0, 0
        self.without_words, self.without_retry = {}, 0
        self.kept = self.not_kept = self.sent_again = self.never_ready = 0
        self.lost, self.unclean, self.acknowledged, self.after = [], 0, 0, 0
        self.lost_afterwards, self.promised = 0, None
        self.recovered, self.never_recovered = [], []
        self.health, self.pages_failed, self.pages = {}, 0, 0
        self.needs_new = True
        self.image = part.folder / f"{kind}.img"

    # ---- the fault ----

    def begin_fault(self, mount, faults, disk, seconds):
        """Makes it, holds it for some seconds, and takes it back."""
        if self.kind == "full":
            filler = mount.folder / "filler"
            ended = time.monotonic() + seconds
            with open(filler, "wb", buffering=0) as file:
                while time.monotonic() < ended:
                    try:
                        # What others set free meanwhile is taken as well.
                        file.write(bytes(4096 if mount.free() < MEGABYTE else MEGABYTE))
                    except OSError:
                        time.sleep(0.02)
            self.filler = filler
            return
        orders = {
            "readonly": {"write": errno.EROFS}, "writes": {"write": errno.EIO}, "flushes": {"flush": errno.EIO},
            "reads": {"read": errno.EIO},
        }
        if self.kind in orders:
            faults.set(**orders[self.kind])
        elif self.kind == "remounted":
            # The kernel's own way there: ext4 turns read-only by itself when something is wrong.
            Path(f"/sys/fs/ext4/{Path(mount.device).name}/trigger_fs_error").write_text("1")
        else:
            disk.command("fail write")
        time.sleep(seconds)

    def end_fault(self, faults, disk):
        if self.kind == "full":
            self.filler.unlink()
        elif self.kind == "device":
            disk.command("fail none")
        elif self.kind != "remounted":
            faults.clear()

    @property
    def comes_back_by_itself(self):
        return self.kind not in ("remounted", "device")

    # ---- one round ----

    def round(self, number, faults, disk_program):
        part = self.part
        if self.needs_new or number % ROUNDS_PER_DISK == 0:
            make_ext4(self.image, MEGABYTES)
            with Mount(self.image, part.folder / "mounted") as mount:
                copy_database(self.original, mount.folder / "a.sqlite")
            self.ledger, self.sessions, self.accounts, self.cookies = Ledger(), [], [], None
            self.needs_new = False
        disk = Disk(disk_program, self.image, part.folder / "fuse") if self.kind == "device" else None
        env = faults.env if self.kind in ("readonly", "writes", "flushes", "reads") else None
        lost_before = len(self.lost)
        with Mount(disk.file if disk else self.image, part.folder / "mounted") as mount:
            database = mount.folder / "a.sqlite"
            url = sqlite_url(database)
            with Server(part.program, url, part.folder, env=env) as server:
                self.under_fault(number, server, mount, url, faults, disk)
                # The one half ends as an operator would end it, the other as the kernel might.
                if number % 2:
                    server.kill()
                else:
                    server.stop()
        if disk:
            disk.cut(part.folder / "left.img", "all", 0)
            disk.close()
            (part.folder / "left.img").replace(self.image)
        with Mount(self.image, part.folder / "mounted") as mount:
            with Server(part.program, sqlite_url(mount.folder / "a.sqlite"), part.folder) as server:
                self.look(number, server, mount.folder / "a.sqlite")
                server.stop()
            if number % 10 == 9 or len(self.lost) > lost_before:
                clean, said = check_is_clean(part.program, sqlite_url(mount.folder / "a.sqlite"))
                if not clean:
                    self.unclean += 1
                    part.say(f"{self.kind} {number}: {said[:300]}")
            if mount.free() < 9 * MEGABYTE:
                self.needs_new = True
        if len(self.lost) > lost_before:
            self.needs_new = True
            some = self.lost[lost_before:]
            part.say(f"{self.kind} {number}: lost {len(some)}, for example {some[0]}")

    def under_fault(self, number, server, mount, url, faults, disk):
        part = self.part
        names = (*ANALYSTS, REVIEWER)
        if self.cookies is None:
            browsers = [signed_in(server.host, name) for name in names]
        else:
            browsers = [Browser(server.host, cookies=kept) for kept in self.cookies]
        self.cookies = [one.cookies for one in browsers]
        # The last few are for the form that is sent by hand, another one in each round on a disk.
        share = (len(self.own) - ROUNDS_PER_DISK) // 4
        work = [
            Worker(server.host, browser, self.own[place * share : (place + 1) * share], self.ledger,
                   part.random.getrandbits(32), pause=0.02)
            for place, browser in enumerate(browsers[:4])
        ]
        reviewer = Reviewer(server.host, browsers[4], self.ledger, part.random.getrandbits(32), self.small, pause=0.2)
        visitor = Visitor(server.host)
        line = CommandLine(part.program, url, f"endure-{self.kind[:4]}-{number}")
        reader = Reader(server.host, paths=(*PUBLIC, "/healthz", "/readyz"))
        everybody = [*work, reviewer, visitor, line, reader]
        for one in everybody:
            one.start()
        time.sleep(part.random.uniform(0.2, 0.5))
        began = time.monotonic()
        seconds = part.random.uniform(1.0, 3.0)
        # The form in the browser, in the middle of it.
        typed = FormTyped(server.host, browsers[0].cookies, self.own[-1 - number % ROUNDS_PER_DISK], began + seconds * 0.6, self.ledger)
        typed.start()
        self.begin_fault(mount, faults, disk, seconds)
        ended = time.monotonic()
        # Changes accepted after the disk has failed may be lost until the file system is mounted again: README.md.
        self.promised = self.ledger.snapshot() if disk else None
        sessions = list(visitor.sessions)
        self.end_fault(faults, disk)
        count = self.ledger.count
        if self.comes_back_by_itself:
            self.wait_until_it_goes_on(number, [*work, reviewer, visitor, line], ended)
            time.sleep(0.3)
            typed.send_again()
            ready = Browser(server.host).get("/readyz").status
            if ready not in (200, 404):
                self.never_ready += 1
                part.say(f"{self.kind} {number}: /readyz says {ready} when writes are accepted again")
        for one in everybody:
            one.stop()
        for one in [*everybody, typed]:
            one.join(60)
        self.after += self.ledger.count - count
        self.sessions += sessions if disk else visitor.sessions
        self.accounts += line.names
        for one in [*work, reviewer, visitor, line]:
            for key, value in one.answers.items():
                self.answers[key] = self.answers.get(key, 0) + value
            for begun, took, kind, status in one.times:
                if status in DONE or status == "exit 0":
                    self.acknowledged += 1
                elif began <= begun <= ended:
                    self.during += 1
            for kind, answer in one.refused:
                self.refused(kind, answer)
        if typed.kept is not None:
            self.kept += typed.kept
            self.not_kept += not typed.kept
            self.sent_again += typed.sent_again
            if not typed.kept and self.not_kept < 3:
                part.say(f"{self.kind} {number}: what was typed is not on the page: {typed.said}")
        for begun, took, path, status, _ in reader.answers:
            if path in PUBLIC:
                self.pages += 1
                # Readers read on, whatever cannot be written.
                self.pages_failed += status != 200
            elif began + 0.3 < begun and begun + took < ended:
                self.health[(path, status)] = self.health.get((path, status), 0) + 1

    def refused(self, kind, answer):
        self.refusals += 1
        if answer.status in IN_WORDS:
            if not answer.headers.get("Retry-After"):
                self.without_retry += 1
        elif answer.status not in (404, 409, 422):
            self.without_words[(kind, answer.status)] = self.without_words.get((kind, answer.status), 0) + 1

    def wait_until_it_goes_on(self, number, threads, ended):
        """Until each kind of write was acknowledged once more; nobody lends a hand."""
        waiting = {"save", "draft", "evidence", "bulk", "imports", "publish", "session", "account"}
        while waiting and time.monotonic() < ended + PATIENCE:
            for one in threads:
                for begun, took, kind, status in list(one.times[-20:]):
                    if begun > ended and (status in DONE or status == "exit 0") and kind in waiting:
                        waiting.discard(kind)
            time.sleep(0.02)
        if waiting:
            self.never_recovered.append((number, sorted(waiting)))
            self.part.say(f"{self.kind} {number}: still refused {PATIENCE} s later: {', '.join(sorted(waiting))}")
        else:
            self.recovered.append(time.monotonic() - ended)

    def look(self, number, server, database):
        """What was acknowledged, after the server was started again."""
        must = self.ledger.snapshot()
        browsers = [Browser(server.host, cookies=kept) for kept in self.cookies]
        if any(one.get("/assess").status != 200 for one in browsers):
            self.lost.append((("session", "signed in before"), 0))
            browsers = [signed_in(server.host, name) for name in (*ANALYSTS, REVIEWER)]
        there = marks_in(database, self.ledger)
        lost = missing(must, there, self.ledger) | unseen(must, server.host, browsers[:4], self.ledger, 40)
        reader = Browser(server.host)
        for (kind, name), numbers in must.items():
            if kind == "publish":
                page = reader.get(f"/reviews/{self.small['review']}/rounds/r-{numbers[-1]}", html_wanted=True)
                if page.status != 200:
                    lost.add(((kind, name), numbers[-1]))
        for cookies in self.sessions[-10:]:
            if Browser(server.host, cookies=cookies).get("/assess").status != 200:
                lost.add((("session", "signed in meanwhile"), 0))
        listed = run(self.part.program, sqlite_url(database), "user", "list", "--json").stdout
        names = {one["name"] for one in json.loads(listed)}
        lost.update((("account", name), 0) for name in self.accounts if name not in names)
        if self.promised is not None:
            later = {one for one in lost if one[1] and one[1] not in self.promised.get(one[0], ())}
            self.lost_afterwards += len(later)
            # Later rounds would report the same losses again.
            self.needs_new = self.needs_new or bool(later)
            lost -= later
        self.lost += sorted(lost, key=str)

    def tell(self, rounds):
        part, kind = self.part, self.kind
        part.figure(f"{kind}: rounds", rounds)
        part.figure(f"{kind}: acknowledged", self.acknowledged)
        part.figure(f"{kind}: refused while it lasted", self.during)
        part.figure(f"{kind}: answers", counted({f"{what} {status}": count for (what, status), count in self.answers.items()}))
        part.figure(f"{kind}: asked meanwhile", counted({f"{path} {status}": count for (path, status), count in self.health.items()}))
        if self.comes_back_by_itself:
            part.figure(f"{kind}: every kind of write accepted again, half within", quantile(self.recovered, 0.5), "s")
            part.figure(f"{kind}: and all within", max(self.recovered, default=0.0), "s")
            part.figure(f"{kind}: acknowledged after that, before the end", self.after)
            part.limit(f"{kind}: rounds in which it did not go on by itself", len(self.never_recovered), 0)
        if kind == "device":
            part.figure(f"{kind}: accepted after the failure, before the next mount, and lost", self.lost_afterwards)
        part.limit(f"{kind}: acknowledged and lost", len(self.lost), 0)
        part.limit(f"{kind}: databases that check complained of", self.unclean, 0)
        if self.without_words:
            part.figure(f"{kind}: refused otherwise", counted({f"{what} {status}": count for (what, status), count in self.without_words.items()}))
        part.limit(f"{kind}: refused otherwise than with 503 or 507", sum(self.without_words.values()), 0)
        part.limit(f"{kind}: refused without Retry-After", self.without_retry, 0)
        part.figure(f"{kind}: forms that came back with what was typed", f"{self.kept} of {self.kept + self.not_kept}")
        part.limit(f"{kind}: forms that lost what was typed", self.not_kept, 0)
        if self.comes_back_by_itself:
            part.figure(f"{kind}: of these sent again and saved, once it was possible", self.sent_again)
        part.limit(f"{kind}: /healthz other than 200", sum(
            count for (path, status), count in self.health.items() if path == "/healthz" and status != 200), 0)
        if not self.health.get(("/readyz", 404)):
            part.least(f"{kind}: /readyz 503 while it lasted", self.health.get(("/readyz", 503), 0), 1)
            part.limit(f"{kind}: /readyz other than 200 afterwards", self.never_ready, 0)
        if kind != "reads":
            part.limit(f"{kind}: public pages that failed", self.pages_failed, 0, f"of {self.pages:,}")
        part.least(f"{kind}: refused at all, or nothing was tried", self.during, 1)


class FormTyped(threading.Thread):
    """One form sent as a browser without JavaScript sends it, while nothing can be written: what was
    typed has to come back on a page that says why."""

    def __init__(self, host, cookies, paragraph, at, ledger):
        super().__init__(daemon=True)
        self.browser = Browser(host, cookies=cookies)
        self.paragraph, self.at, self.ledger = paragraph, at, ledger
        self.kept, self.said, self.form, self.sent_again = None, "", None, 0

    def run(self):
        time.sleep(max(0, self.at - time.monotonic()))
        text = self.ledger.text(("form", self.paragraph))
        fields = {
            "review": REVIEW, "round": ROUND, "paragraph": self.paragraph, "version": 0, "status": "implemented",
            "rationale": f"Typed by hand. {text}",
        }
        try:
            answer = self.browser.post("save-assessment", fields, html_wanted=True)
            status = answer.status
            if status == 303:
                answer = self.browser.get(answer.headers["Location"], html_wanted=True)
        except BROKEN as error:
            self.kept, self.said = False, type(error).__name__
            return
        self.form = form_of(answer.text, "/api/save-assessment")
        self.kept = text in answer.text
        self.text = text
        self.said = f"{status}, then {answer.status}"

    def send_again(self):
        """By the button of the page that came back."""
        self.join()
        if not self.kept or not self.form:
            return
        try:
            answer = self.browser.post("save-assessment", self.form["fields"], html_wanted=True)
            page = self.browser.get(f"/assess/{REVIEW}/{ROUND}/{self.paragraph}", html_wanted=True)
        except BROKEN:
            return
        form = form_of(page.text, "/api/save-assessment")
        # Saved, not a draft: the form that was sent has its version then.
        if answer.status == 303 and form and form["fields"].get("version") not in (None, "", "0"):
            self.ledger.acknowledge(("form", self.paragraph), self.text)
            self.sent_again = 1


def main():
    need_root()
    part = Part(__doc__, rounds=100, quick=3, more=more)
    # Only the disk that fails needs it.
    kinds = part.arguments.kinds.split(",")
    disk_program = Disk.build(part.folder) if "device" in kinds else None
    faults = Faults(part.folder, part.folder / "mounted")
    original = template(part)
    own, small = paragraphs(original), small_review(original)
    for kind in kinds:
        trial = Trial(part, kind, original, own, small)
        rounds = part.rounds if kind == "full" else max(2, part.rounds // 10)
        for number in range(rounds):
            trial.round(number, faults, disk_program)
            faults.clear()
            if (number + 1) % 10 == 0:
                part.say(f"{kind}: {number + 1} rounds, {trial.acknowledged:,} acknowledged, {len(trial.lost)} lost")
        trial.tell(rounds)
    part.end()


if __name__ == "__main__":
    main()
