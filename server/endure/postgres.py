"""PostgreSQL is stopped, or hangs, under load, again and again, with two server processes on it: public
pages go on, everything else is refused within 2 s, nothing acknowledged is lost, and both processes go
on by themselves when it is back."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from harness import (
    ANALYSTS, BROKEN, REVIEW, ROUND, Browser, Ledger, Part, Server, check_is_clean, counted, form_of, missing, paragraphs,
    quantile, set_up, signed_in, sqlite_url,
)
from workers import DONE, Reader, Worker

LIMIT = 2.0
# How long both processes may take until they write again.
BACK_WITHIN = 15
PUBLIC = ("/", f"/reviews/{REVIEW}", f"/reviews/{REVIEW}/recommendations?position=noted", "/world")


class Cluster:
    """A PostgreSQL of its own, as `.ci/with-postgres` makes one, but with durability on, and one that
    can be stopped and started."""

    def __init__(self):
        found = shutil.which("initdb")
        folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
        if not found and not folders:
            sys.exit("PostgreSQL is needed: apt-get install postgresql")
        self.bin = Path(found or folders[-1]).resolve().parent
        self.folder = Path(tempfile.mkdtemp(prefix="upr-endure-postgres-"))
        self.owner = []
        if os.geteuid() == 0:
            # initdb refuses to run as root.
            shutil.chown(self.folder, "postgres")
            self.owner = ["runuser", "-u", "postgres", "--"]
        atexit.register(self.remove)
        self.data = self.folder / "data"
        self.call("initdb", "-D", self.data, "-U", "tester", "--auth=trust", "-E", "UTF8", "--locale=C")
        for port in range(23000 + os.getpid() % 7000, 32000):
            self.port = port
            if self.start(wait=True):
                break
        self.url = f"postgres://tester@127.0.0.1:{self.port}/postgres"

    def call(self, program, *arguments, check=True):
        command = [*self.owner, str(self.bin / program), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if check and done.returncode:
            raise RuntimeError(f"failed: {command}")
        return done.returncode == 0

    def start(self, wait=True):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c max_connections=100"
        log = self.folder / "log"
        return self.call("pg_ctl", "-D", self.data, "-l", log, "-w" if wait else "-W", "-t", 60, "start", "-o", options, check=False)

    def stop(self):
        self.call("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop", check=False)

    def pids(self):
        try:
            first = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return []
        children = Path(f"/proc/{first}/task/{first}/children")
        return [first, *map(int, children.read_text().split())] if children.exists() else [first]

    def hang(self, yes):
        """Every process of it stands still: connections are accepted, and nothing is answered."""
        for pid in self.pids():
            try:
                os.kill(pid, signal.SIGSTOP if yes else signal.SIGCONT)
            except ProcessLookupError:
                pass

    def dump(self):
        done = subprocess.run(
            [*self.owner, str(self.bin / "pg_dump"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "tester", "-a", "postgres"],
            cwd=self.folder, capture_output=True, text=True, check=True,
        )
        return done.stdout

    def remove(self):
        self.hang(False)
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Asker(threading.Thread):
    """Somebody who works here and asks for a page that has to be read from the database."""

    def __init__(self, host, cookies):
        super().__init__(daemon=True)
        self.host, self.cookies = host, cookies
        self.ended = threading.Event()
        self.answers = []

    def run(self):
        while not self.ended.is_set():
            browser = Browser(self.host, timeout=40, cookies=self.cookies)
            begun, headers = time.monotonic(), {}
            try:
                answer = browser.get(f"/assess/{REVIEW}/{ROUND}", html_wanted=True)
                status, headers = answer.status, answer.headers
            except BROKEN as error:
                status = type(error).__name__
            browser.close()
            self.answers.append((begun, time.monotonic() - begun, status, headers))
            self.ended.wait(0.2)

    def stop(self):
        self.ended.set()


def phase(moment, began, ended, returned):
    """When a request was sent, as seen from the outage."""
    if moment < began:
        return "before the outage"
    if moment < began + 1:
        return "in its first second"
    return "later in the outage" if moment < ended else "while it started" if moment < returned else "after the outage"


def main():
    part = Part(__doc__, rounds=20, quick=2)
    # For the list of recommendations, which the demonstration has in any database.
    small = part.folder / "small.sqlite"
    set_up(part.program, sqlite_url(small))
    own = paragraphs(small)
    cluster = Cluster()
    set_up(part.program, cluster.url)
    ledger = Ledger()
    public, private, writing = Counter(), Counter(), Counter()
    public_times, refused_times, back = [], [], []
    failed = Counter()
    late = without_retry = otherwise = 0
    health = Counter()
    with Server(part.program, cluster.url, part.folder) as one, Server(part.program, cluster.url, part.folder) as two:
        servers = (one, two)
        browsers = [signed_in(servers[place % 2].host, name) for place, name in enumerate(ANALYSTS)]
        for server in servers:
            for path in PUBLIC:
                Browser(server.host).get(path, html_wanted=True)
        for number in range(part.rounds):
            hangs = number % 4 == 3
            share = len(own) // 4
            work = [
                Worker(servers[place % 2].host, browser, own[place * share : (place + 1) * share], ledger,
                       part.random.getrandbits(32), pause=0.02)
                for place, browser in enumerate(browsers)
            ]
            readers = [Reader(server.host, paths=(*PUBLIC, "/healthz", "/readyz"), timeout=40) for server in servers]
            askers = [Asker(server.host, browsers[place].cookies) for place, server in enumerate(servers)]
            everybody = [*work, *readers, *askers]
            for thread in everybody:
                thread.start()
            time.sleep(1)
            began = time.monotonic()
            cluster.hang(True) if hangs else cluster.stop()
            away = time.monotonic()
            time.sleep(part.random.uniform(4, 8))
            ended = time.monotonic()
            cluster.hang(False) if hangs else cluster.start()
            returned = time.monotonic()
            # Until each analyst has saved once more, and each reader sees that the server is ready.
            waiting = set(range(len(work)))
            while waiting and time.monotonic() < returned + BACK_WITHIN + 20:
                for place in list(waiting):
                    if any(begun > returned and kind in ("save", "evidence") and status in DONE
                           for begun, _, kind, status in list(work[place].times[-10:])):
                        waiting.discard(place)
                time.sleep(0.02)
            back.append(time.monotonic() - returned)
            if waiting:
                part.say(f"round {number}: {len(waiting)} analysts could not save again")
            for thread in everybody:
                thread.stop()
            for thread in everybody:
                thread.join(60)
            for reader in readers:
                for begun, took, path, status, headers in reader.answers:
                    if path not in PUBLIC:
                        if away + 1 < begun < ended:
                            health[(path, status)] += 1
                        continue
                    public[status] += 1
                    if status != 200:
                        failed[(path, phase(begun, began, ended, returned))] += 1
                    if began <= begun <= ended:
                        public_times.append(took)
            for times in [
                *[[(begun, took, status, None) for begun, took, _, status in worker.times] for worker in work],
                *[asker.answers for asker in askers],
            ]:
                for begun, took, status, headers in times:
                    if not began <= begun <= ended:
                        continue
                    # Whatever the answer: nobody waits for a database that is away.
                    late += took > LIMIT and begun + LIMIT < ended
                    if status in DONE:
                        continue
                    refused_times.append(took)
                    otherwise += status != 503
                    private[status] += 1
                    if headers is not None and not headers.get("Retry-After"):
                        without_retry += 1
            for worker in work:
                for (kind, status), count in worker.answers.items():
                    writing[status] += count
                without_retry += sum(not answer.headers.get("Retry-After") for _, answer in worker.refused if answer.status == 503)
            dumped = cluster.dump()
            lost = missing(ledger.snapshot(), set(ledger.numbers(dumped)), ledger)
            if lost:
                part.fail(f"round {number}: {len(lost)} acknowledged are lost, for example {sorted(lost, key=str)[0]}")
            part.say(f"round {number} ({'hung' if hangs else 'stopped'}): {ledger.count:,} acknowledged, back after {back[-1]:.1f} s")
        # The pages of both processes agree with what was saved.
        for server, browser in zip(servers, browsers[:2]):
            for (kind, name), numbers in list(ledger.snapshot().items())[:40]:
                if kind != "save":
                    continue
                page = Browser(server.host, cookies=browser.cookies).get(f"/assess/{REVIEW}/{ROUND}/{name}", html_wanted=True)
                form = form_of(page.text, "/api/save-assessment")
                shown = ledger.numbers(form["fields"].get("rationale", "") if form else "")
                if not any(found >= numbers[-1] for found in shown):
                    part.fail(f"{server.host} does not show what was saved at {name}")
        for server in servers:
            server.stop()
    clean, said = check_is_clean(part.program, cluster.url)
    part.figure("rounds", f"{part.rounds}, in every fourth PostgreSQL hung, in the others it was stopped")
    part.figure("acknowledged", ledger.count)
    part.figure("answers to writers", counted(writing))
    part.figure("public pages", counted(public))
    part.figure("public pages while it was away, half within", 1000 * quantile(public_times, 0.5), "ms")
    part.figure("asked meanwhile", counted({f"{path} {status}": count for (path, status), count in health.items()}))
    if not health[("/readyz", 404)]:
        part.least("/readyz 503 while it was away", health[("/readyz", 503)], 1)
    part.limit("/healthz other than 200 while it was away", sum(
        count for (path, status), count in health.items() if path == "/healthz" and status != 200), 0)
    part.figure("refused while it was away", counted(private))
    part.figure("refused, half within", quantile(refused_times, 0.5), "s")
    part.figure("refused, all within", max(refused_times, default=0.0), "s")
    part.figure("saved again after it was back, half within", quantile(back, 0.5), "s")
    part.limit("saved again after it was back, all within", round(max(back, default=0), 1), BACK_WITHIN, "s")
    for (path, when), count in sorted(failed.items()):
        part.say(f"  failed {when}: {path} ({count})")
    part.limit("public pages that failed", sum(count for status, count in public.items() if status != 200), 0)
    part.limit("public pages, all within while it was away", round(max(public_times, default=0), 2), LIMIT, "s")
    part.limit("answered later than after 2 s while it was away", late, 0)
    part.limit("refused otherwise than with 503", otherwise, 0)
    part.limit("refused without Retry-After", without_retry, 0)
    part.limit("databases that check complained of", 0 if clean else 1, 0)
    if not clean:
        part.say(said[:400])
    part.end()


if __name__ == "__main__":
    main()
