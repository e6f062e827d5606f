"""Servers, browsers and the ledger of acknowledged saves, shared by the parts of `make endure`."""

import argparse
import atexit
import http.client
import html
import json
import os
import random
import re
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from html.parser import HTMLParser
from pathlib import Path

HERE = Path(__file__).resolve().parent
REVIEW, ROUND = "XXA-3", "follow-up"
ANALYSTS = ("endure-ada", "endure-ben", "endure-cem", "endure-dov")
REVIEWER, ADMINISTRATOR = "endure-rev", "endure-adm"
PASSWORD = "seven grey herons wait for the tide"
STATUSES = ("implemented", "partially_implemented", "not_implemented", "in_process")
FORM = "application/x-www-form-urlencoded"

# What a request may raise if the server dies or refuses the connection.
BROKEN = (OSError, http.client.HTTPException)


class Part:
    """One part of the harness: its arguments, its figures, and whether a limit was broken."""

    def __init__(self, description, rounds=None, quick=None, more=None):
        parser = argparse.ArgumentParser(description=description)
        parser.add_argument("program", type=Path, help="the program, such as target/release/upr-tracker")
        parser.add_argument("--quick", action="store_true", help="a few rounds only")
        parser.add_argument("--seed", type=int, help="repeat the random choices of an earlier run")
        if rounds:
            parser.add_argument("--rounds", type=int, help=f"default: {rounds}, with --quick {quick}")
        if more:
            more(parser)
        self.arguments = parser.parse_args()
        self.program = self.arguments.program.resolve()
        if rounds:
            self.rounds = self.arguments.rounds or (quick if self.arguments.quick else rounds)
        self.seed = self.arguments.seed if self.arguments.seed is not None else secrets.randbits(32)
        self.random = random.Random(self.seed)
        self.failures = 0
        self.begun = time.monotonic()
        self.folder = Path(tempfile.mkdtemp(prefix="upr-endure-"))
        atexit.register(shutil.rmtree, self.folder, ignore_errors=True)
        # Where the demonstration's sign-ins are written, among other things.
        os.chdir(self.folder)
        # So that what the parts leave behind (mounts, servers) is removed by their exit handlers.
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(1))
        self.figure("seed", self.seed)

    def figure(self, name, value, unit=""):
        if isinstance(value, float):
            value = f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
        elif isinstance(value, int) and name != "seed":
            value = f"{value:,}"
        print(f"{name}: {value}{' ' + unit if unit else ''}", flush=True)

    def limit(self, name, value, most, unit=""):
        """A figure that must not exceed `most`."""
        self.figure(name, value, f"{unit} (at most {most})".strip())
        if value > most:
            self.fail(f"{name} is {value}, and may be {most}")

    def least(self, name, value, least, unit=""):
        """A figure that must reach `least`; a control, for example, has to lose something."""
        self.figure(name, value, f"{unit} (at least {least})".strip())
        if value < least:
            self.fail(f"{name} is {value}, and has to be {least}")

    def fail(self, why):
        self.failures += 1
        print(f"FAILED: {why}", flush=True)

    def say(self, text):
        print(f"  {text}", flush=True)

    def end(self):
        self.figure("seconds", time.monotonic() - self.begun)
        sys.exit(1 if self.failures else 0)


def counted(counts):
    """Counts by name, on one line."""
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items(), key=str)) or "none"


def quantile(times, share):
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def compile_c(source, made, *flags):
    command = ["cc", "-O2", "-o", str(made), str(HERE / source), *flags]
    subprocess.run(command, check=True)
    return made


# ---- the program ----


def run(program, database, *arguments, given=None, check=True, timeout=600, env=None):
    """Runs a command of the program to its end."""
    command = [str(program), "--database", database, *map(str, arguments)]
    done = subprocess.run(
        command, input=given, text=True, capture_output=True, timeout=timeout,
        env={**os.environ, **(env or {})},
    )
    if check and done.returncode:
        raise RuntimeError(f"{command} failed: {done.stdout}{done.stderr}")
    return done


def sqlite_url(file):
    return f"sqlite://{file}?mode=rwc"


def set_up(program, database):
    """The demonstration, and people to work on it. Their one password is hashed once each."""
    run(program, database, "demo", "load")
    people = [(name, "analyst") for name in ANALYSTS]
    for name, role in [*people, (REVIEWER, "reviewer"), (ADMINISTRATOR, "administrator")]:
        run(program, database, "user", "add", name, "--role", role, "--password-stdin", given=PASSWORD + "\n")


def template(part):
    """A database that every round begins with a copy of."""
    file = part.folder / "template.sqlite"
    set_up(part.program, sqlite_url(file))
    # The bundled set is put in by the first start, and is not to cost every round that time.
    with Server(part.program, sqlite_url(file), part.folder) as server:
        server.stop()
    return file


def copy_database(source, target):
    """The file, and its write-ahead log if there is one."""
    for ending in ("", "-wal", "-shm"):
        old = Path(f"{target}{ending}")
        old.unlink(missing_ok=True)
        if ending != "-shm" and Path(f"{source}{ending}").exists():
            shutil.copyfile(f"{source}{ending}", old)
    return target


def remove_database(file):
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


def small_review(file):
    """The review with the fewest recommendations, one of these, and a scale with one of its statuses:
    publishing a round writes a row for each recommendation."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    review, paragraph = connection.execute(
        "SELECT v.state || '-' || v.cycle, min(r.paragraph) FROM review v JOIN recommendation r ON r.review_id = v.id "
        "GROUP BY v.id ORDER BY count(*) LIMIT 1"
    ).fetchone()
    scale, status = connection.execute(
        "SELECT c.code, s.code FROM scale c JOIN status s ON s.scale_id = c.id "
        "WHERE s.counts_as_assessed ORDER BY c.id, s.place LIMIT 1"
    ).fetchone()
    connection.close()
    return {"review": review, "paragraph": paragraph, "scale": scale, "status": status}


def paragraphs(file):
    """The recommendations of the demonstration's review, without a saved assessment first."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT r.paragraph FROM recommendation r JOIN review v ON v.id = r.review_id "
            "JOIN round o ON o.review_id = v.id AND o.slug = ? "
            "LEFT JOIN assessment a ON a.round_id = o.id AND a.recommendation_id = r.id "
            "WHERE v.state || '-' || v.cycle = ? AND a.id IS NULL ORDER BY r.id",
            (ROUND, REVIEW),
        ).fetchall()
    connection.close()
    return [paragraph for (paragraph,) in rows]


class Server:
    """The program, serving; each on a free port of its own."""

    running = set()

    def __init__(self, program, database, folder, env=None, arguments=(), nice=0):
        self.log = Path(folder) / f"server-{time.monotonic_ns()}.log"
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                [str(program), "--database", database, "serve", "--addr", "127.0.0.1:0", *arguments],
                stdout=subprocess.PIPE, stderr=log, env={**os.environ, **(env or {})},
                preexec_fn=(lambda: os.nice(nice)) if nice else None,
            )
        Server.running.add(self)
        line = self.process.stdout.readline().decode()
        if "http://" not in line:
            self.kill()
            raise RuntimeError(f"the server did not start: {line}{self.said()}")
        self.host = line.strip().rsplit("/", 1)[1]
        # Whatever else it prints is not waited for.
        threading.Thread(target=self._drain, daemon=True).start()

    def _drain(self):
        try:
            while self.process.stdout.read(4096):
                pass
        except (OSError, ValueError):
            pass

    def said(self):
        return self.log.read_text(errors="replace")

    def kill(self):
        """SIGKILL: nothing is finished, nothing is flushed."""
        self.process.kill()
        self._ended()

    def stop(self, timeout=30):
        """SIGTERM, and how long it took; killed where it does not end."""
        begun = time.monotonic()
        self.process.terminate()
        try:
            self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._ended()
        return time.monotonic() - begun

    def _ended(self):
        self.process.wait()
        Server.running.discard(self)

    @property
    def is_running(self):
        return self.process.poll() is None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self in Server.running:
            self.kill()
        self.log.unlink(missing_ok=True)


@atexit.register
def _kill_all():
    for server in list(Server.running):
        server.kill()


# ---- browsers ----


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode(errors="replace")

    def __repr__(self):
        return f"{self.status}: {self.text[:200]}"


class _Forms(HTMLParser):
    """Every form of a page: its action, and its fields with the values that a browser would send."""

    def __init__(self):
        super().__init__()
        self.forms, self.textarea = [], None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": {}, "boxes": {}})
        if not self.forms or not given.get("name"):
            return
        form = self.forms[-1]
        if tag == "input":
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio"):
                form["boxes"][given["name"]] = given.get("value", "on")
                if "checked" in given:
                    form["fields"][given["name"]] = given.get("value", "on")
            elif kind not in ("submit", "file", "button"):
                form["fields"][given["name"]] = given.get("value") or ""
        if tag == "textarea":
            self.textarea = given["name"]
            form["fields"][self.textarea] = ""

    def handle_data(self, data):
        if self.textarea and self.forms:
            self.forms[-1]["fields"][self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.textarea = None


def form_of(page, action):
    """The form of a page that is sent to an action, if there is one."""
    reader = _Forms()
    reader.feed(page)
    for form in reader.forms:
        if urllib.parse.urlsplit(form["action"]).path == action:
            return form
    return None


class Browser:
    """Keeps cookies and one connection, as a browser does; sends `Origin` with what changes anything."""

    def __init__(self, host, timeout=30, source=None, cookies=None):
        self.host, self.timeout, self.source = host, timeout, source
        self.cookies = dict(cookies or {})
        self.connection = None

    def request(self, method, path, body=None, headers=None, html_wanted=False):
        if self.connection is None:
            address = (self.source, 0) if self.source else None
            self.connection = http.client.HTTPConnection(self.host, timeout=self.timeout, source_address=address)
        sent = {"Accept": "text/html" if html_wanted else "application/json"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if method == "POST":
            sent["Origin"] = f"http://{self.host}"
            sent["Sec-Fetch-Site"] = "same-origin"
        try:
            self.connection.request(method, path, body, {**sent, **(headers or {})})
            response = self.connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
        except BaseException:
            self.close()
            raise
        if response.will_close:
            self.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].strip().partition("=")
            if not value or re.search(r"max-age=0\b", line, re.I):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return answer

    def get(self, path, **more):
        return self.request("GET", path, **more)

    def post(self, action, fields, **more):
        pairs = fields.items() if isinstance(fields, dict) else fields
        body = urllib.parse.urlencode(list(pairs))
        return self.request("POST", f"/api/{action}", body, {"Content-Type": FORM}, **more)

    def upload(self, name, content, html_wanted=False, **fields):
        boundary = secrets.token_hex(16)
        lines = []
        for field, value in fields.items():
            lines.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n')
        lines.append(
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n"
        )
        body = "".join(lines).encode() + content + f"\r\n--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        return self.request("POST", "/api/upload-file", body, kind, html_wanted)

    def sign_in(self, name, password=PASSWORD, tick=False, patience=0.0):
        """Through the form on the page, with whatever hidden fields it has. `tick` sets every box of it,
        such as one that has the browser remembered. Where the server says when to come again, the same
        form is sent then, as long as the patience lasts."""
        ended = time.monotonic() + patience
        page = self.get("/login", html_wanted=True)
        form = form_of(page.text, "/api/sign-in")
        if page.status != 200 or not form:
            return page
        fields = {**form["fields"], "pseudonym": name, "password": password}
        if tick:
            fields |= form["boxes"]
        while True:
            answer = self.post("sign-in", fields)
            again = answer.headers.get("Retry-After", "")
            if answer.status != 503 or not again.isdigit() or time.monotonic() + int(again) > ended:
                return answer
            time.sleep(int(again))

    @property
    def is_signed_in(self):
        return any(name.endswith("session") for name in self.cookies)

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def signed_in(host, name, timeout=30):
    browser = Browser(host, timeout)
    answer = browser.sign_in(name, patience=60)
    if not browser.is_signed_in:
        raise RuntimeError(f"{name} could not sign in: {answer}")
    return browser


# ---- what was acknowledged ----


class Ledger:
    """What was sent, and what of it was acknowledged. Each text has a number of its own, so that it
    can be found again whatever the program does with it."""

    def __init__(self):
        self.lock = threading.Lock()
        self.number = 0
        self.run = secrets.token_hex(3)
        self.sent = {}
        # Of each place the numbers of the acknowledged, in order.
        self.acknowledged = {}
        self.count = 0
        self.kinds = {}

    def text(self, place):
        """A text that nobody has sent before, to be saved at a place."""
        with self.lock:
            self.number += 1
            self.sent.setdefault(place, []).append(self.number)
            return self.mark(self.number)

    def new(self, kind):
        """A place that is written once, known by the number of its text; and that text."""
        with self.lock:
            self.number += 1
            place = (kind, self.number)
            self.sent[place] = [self.number]
            return place, self.mark(self.number)

    def mark(self, number):
        return f"mark{self.run}x{number:06}x"

    def acknowledge(self, place, text):
        number = self.numbers(text)[-1]
        with self.lock:
            self.acknowledged.setdefault(place, []).append(number)
            self.count += 1
            self.kinds[place[0]] = self.kinds.get(place[0], 0) + 1

    def numbers(self, text):
        """The numbers of this ledger's texts in a longer one."""
        return [int(found) for found in re.findall(rf"mark{self.run}x(\d{{6}})x", text)]

    def snapshot(self):
        """What is acknowledged by now: it has to survive whatever comes next."""
        with self.lock:
            return {place: list(numbers) for place, numbers in self.acknowledged.items()}


class Writer(threading.Thread):
    """An analyst who saves assessments, drafts and evidence, one after the other, until told to stop.

    Nobody else touches its recommendations. What is under way when the server dies may be there or
    not; so the version is read anew then."""

    def __init__(self, host, browser, own, ledger, seed, pause=0.0, kinds=("save", "save", "draft", "evidence")):
        super().__init__(daemon=True)
        self.host, self.browser, self.own, self.ledger = host, browser, own, ledger
        self.random = random.Random(seed)
        self.pause, self.kinds = pause, kinds
        self.versions = {}
        self.ended = threading.Event()
        self.answers, self.refused, self.times = {}, [], []
        self.stops_when_broken = True

    def run(self):
        while not self.ended.is_set():
            kind = self.random.choice(self.kinds)
            begun = time.monotonic()
            try:
                status = getattr(self, kind)()
            except BROKEN as error:
                status = type(error).__name__
                if self.stops_when_broken:
                    return
                # Where the server was restarted, what it knows is asked for again.
                self.versions.clear()
                self.ended.wait(0.05)
            self.times.append((begun, time.monotonic() - begun, kind, status))
            self.answers[(kind, status)] = self.answers.get((kind, status), 0) + 1
            if self.pause:
                self.ended.wait(self.pause)

    def stop(self):
        self.ended.set()

    def version(self, paragraph):
        if paragraph not in self.versions:
            answer = self.browser.get(f"/assess/{REVIEW}/{ROUND}/{paragraph}", html_wanted=True)
            form = form_of(answer.text, "/api/save-assessment") if answer.status == 200 else None
            self.versions[paragraph] = int(form["fields"].get("version") or 0) if form else 0
        return self.versions[paragraph]

    def save(self):
        # A draft is never saved over, so that each place is written in one way only.
        paragraph = self.random.choice(self.own[: len(self.own) * 2 // 3])
        version = self.version(paragraph)
        place = ("save", paragraph)
        text = self.ledger.text(place)
        answer = self.browser.post("save-assessment", {
            "review": REVIEW, "round": ROUND, "paragraph": paragraph, "version": version,
            "status": self.random.choice(STATUSES), "rationale": f"A law was adopted. {text}",
        })
        if answer.status in (200, 303):
            self.ledger.acknowledge(place, text)
            self.versions[paragraph] = version + 1
        else:
            self.versions.pop(paragraph, None)
            self.refused.append(("save", answer))
        return answer.status

    def draft(self):
        paragraph = self.random.choice(self.own[len(self.own) * 2 // 3 :])
        place = ("draft", paragraph)
        text = self.ledger.text(place)
        answer = self.browser.post("keep-draft", {
            "review": REVIEW, "round": ROUND, "paragraph": paragraph, "version": 0,
            "status": "", "rationale": f"A draft. {text}", "form": f"endure-{paragraph}", "over": f"endure-{paragraph}",
        })
        if answer.status in (200, 204, 303):
            self.ledger.acknowledge(place, text)
        else:
            self.refused.append(("draft", answer))
        return answer.status

    def evidence(self):
        place, text = self.ledger.new("evidence")
        answer = self.browser.post("save-evidence", {
            "review": REVIEW, "title": f"Report {text}", "source": f"https://example.org/{text}", "kind": "independent",
        })
        if answer.status in (200, 303):
            self.ledger.acknowledge(place, text)
        else:
            self.refused.append(("evidence", answer))
        return answer.status


def writers(host, browsers, own, ledger, seed, **more):
    """One for each browser, with its share of the recommendations."""
    share = len(own) // len(browsers)
    return [
        Writer(host, browser, own[place * share : (place + 1) * share], ledger, seed + place, **more)
        for place, browser in enumerate(browsers)
    ]


# ---- reading back ----


def marks_in(database, ledger, tables=None):
    """The numbers of a ledger's texts that a database holds, in whatever table and column."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)
    found = set()
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in names:
            if tables and table not in tables:
                continue
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                for value in row:
                    if isinstance(value, bytes):
                        value = value.decode(errors="replace")
                    if isinstance(value, str) and "mark" in value:
                        found.update(ledger.numbers(value))
    finally:
        connection.close()
    return found


def missing(acknowledged, there, ledger):
    """What was acknowledged and is not among the texts that are there.

    Of a place that was written several times each text has to be in the history; of drafts, which have
    none, the last one, or a later one that was under way."""
    lost = set()
    for place, numbers in acknowledged.items():
        if place[0] == "draft":
            if not any(number >= numbers[-1] and number in there for number in ledger.sent[place]):
                lost.add((place, numbers[-1]))
        else:
            lost.update((place, number) for number in numbers if number not in there)
    return lost


def unseen(acknowledged, host, browsers, ledger, sample):
    """What the pages do not show, of so many places: the last text of each, or a later one that was
    under way."""
    lost, listed = set(), None
    places = list(acknowledged)
    for place in random.sample(places, min(sample, len(places))):
        kind, name = place
        if kind == "evidence":
            if listed is None:
                listed = set(ledger.numbers(_whole_list(browsers[0], f"/reviews/{REVIEW}/evidence")))
            shown = listed
        elif kind in ("save", "draft"):
            shown = set()
            # Drafts are shown to whoever typed them only.
            for browser in browsers if kind == "draft" else browsers[:1]:
                page = browser.get(f"/assess/{REVIEW}/{ROUND}/{name}", html_wanted=True)
                form = form_of(page.text, "/api/save-assessment")
                shown.update(ledger.numbers(form["fields"].get("rationale", "") if form else ""))
        else:
            continue
        last = acknowledged[place][-1]
        if not any(number >= last and number in shown for number in ledger.sent[place]):
            lost.add((place, last))
    return lost


def lost_in(database, host, browsers, acknowledged, ledger, sample=40):
    """What was acknowledged and is not there, by the database itself and by the pages."""
    lost = missing(acknowledged, marks_in(database, ledger), ledger)
    return sorted(lost | unseen(acknowledged, host, browsers, ledger, sample), key=str)


def _whole_list(browser, path):
    """Every page of a list that is shown page by page."""
    text, page = "", 1
    while page < 200:
        answer = browser.get(f"{path}?page={page}", html_wanted=True)
        text += answer.text
        if f"page={page + 1}" not in html.unescape(answer.text):
            return text
        page += 1
    return text


def check_is_clean(program, database, *arguments):
    """Whether `check` is content, and what it says."""
    done = run(program, database, "check", *arguments, check=False)
    return done.returncode == 0, (done.stdout + done.stderr).strip()


def as_json(answer):
    return json.loads(answer.body)
