"""Every kind of write, each by somebody of its own, going on whatever the program answers."""

import re
import subprocess
import threading
import time

from harness import ANALYSTS, BROKEN, PASSWORD, REVIEW, ROUND, Browser, Writer, run

# What an acknowledgement looks like; anything else is a refusal.
DONE = (200, 204, 303)
# How the program may refuse while it cannot write.
IN_WORDS = (503, 507)


class Worker(Writer):
    """An analyst who also changes many recommendations at once."""

    def __init__(self, *arguments, **more):
        super().__init__(*arguments, kinds=("save", "save", "draft", "evidence", "bulk"), **more)
        self.stops_when_broken = False

    def bulk(self):
        place, text = self.ledger.new("bulk")
        chosen = self.random.sample(self.own[: len(self.own) * 2 // 3], 3)
        seen = " ".join(f"{paragraph}={self.version(paragraph)}" for paragraph in chosen)
        answer = self.browser.post("change-many", {
            "review": REVIEW, "round": ROUND, "seen": seen, "confidence": self.random.choice(("low", "medium", "high")),
            "scheme": "issue", "add": f"Term {text}", "reason": f"Because {text}",
        })
        for paragraph in chosen:
            self.versions.pop(paragraph, None)
        if answer.status in DONE:
            self.ledger.acknowledge(place, text)
        else:
            self.refused.append(("bulk", answer))
        return answer.status


class Reviewer(Writer):
    """Imports files of one row, opens rounds and publishes them."""

    def __init__(self, host, browser, ledger, seed, small, **more):
        super().__init__(host, browser, [], ledger, seed, kinds=("imports", "imports", "publish"), **more)
        self.small = small
        self.stops_when_broken = False

    def imports(self):
        place, text = self.ledger.new("import")
        number = place[1]
        # A text of its own, or it would be taken for another wording of one that is there.
        rows = (
            "paragraph,text,recommending_states\n"
            f"900.{number},Publish the {text} report of the commission for {text},Norway\n"
        )
        answer = self.browser.upload("rows.csv", rows.encode(), review=REVIEW)
        run_number = re.match(r"/import/(\d+)", answer.headers.get("Location") or "")
        if answer.status not in DONE or not run_number:
            self.refused.append(("import", answer))
            return answer.status
        answer = self.browser.post("apply-import", {"run": run_number[1]})
        if answer.status not in DONE:
            self.refused.append(("import", answer))
            return answer.status
        # What goes on by itself is acknowledged by the page that says so.
        for _ in range(50):
            page = self.browser.get(f"/reviews/{REVIEW}/recommendations/900.{number}", html_wanted=True)
            if page.status == 200:
                self.ledger.acknowledge(place, text)
                return 303
            time.sleep(0.1)
        return "not applied"

    def publish(self):
        place, text = self.ledger.new("publish")
        slug = f"r-{place[1]}"
        small = self.small
        for action, fields in (
            ("open-round", {
                "slug": slug, "organisation": "Endurance", "title": f"Round {text}", "as_of": "2025-01-31",
                "scale": small["scale"], "method": f"By hand, {text}.",
            }),
            ("save-assessment", {
                "round": slug, "paragraph": small["paragraph"], "version": 0, "status": small["status"],
                "rationale": f"In the round {text}",
            }),
            ("publish-round", {"round": slug, "confirmed": "yes"}),
        ):
            answer = self.browser.post(action, {"review": small["review"], **fields})
            if answer.status not in DONE:
                self.refused.append((action, answer))
                return answer.status
        self.ledger.acknowledge(place, text)
        return 303


class Visitor(threading.Thread):
    """Signs in and out, and remembers the sessions that were acknowledged."""

    def __init__(self, host, pause=0.3):
        super().__init__(daemon=True)
        self.host, self.pause = host, pause
        self.ended = threading.Event()
        self.sessions, self.answers, self.refused, self.times = [], {}, [], []

    def run(self):
        while not self.ended.is_set():
            browser = Browser(self.host)
            begun = time.monotonic()
            try:
                answer = browser.sign_in(ANALYSTS[0])
                status = answer.status
                if browser.is_signed_in:
                    self.sessions.append(dict(browser.cookies))
                else:
                    self.refused.append(("session", answer))
            except BROKEN as error:
                status = type(error).__name__
            finally:
                browser.close()
            self.times.append((begun, time.monotonic() - begun, "session", status))
            self.answers[("session", status)] = self.answers.get(("session", status), 0) + 1
            self.ended.wait(self.pause)

    def stop(self):
        self.ended.set()


class CommandLine(threading.Thread):
    """Adds accounts by the command line, beside the server."""

    def __init__(self, program, database, prefix, env=None, pause=0.3):
        super().__init__(daemon=True)
        self.program, self.database, self.prefix, self.env, self.pause = program, database, prefix, env, pause
        self.ended = threading.Event()
        self.names, self.answers, self.refused, self.times = [], {}, [], []

    def run(self):
        number = 0
        while not self.ended.is_set():
            number += 1
            name = f"{self.prefix}-{number}"
            begun = time.monotonic()
            try:
                done = run(
                    self.program, self.database, "user", "add", name, "--password-stdin",
                    given=PASSWORD + "\n", check=False, timeout=60, env=self.env,
                )
                status = f"exit {done.returncode}"
                if done.returncode == 0:
                    self.names.append(name)
            except subprocess.TimeoutExpired:
                status = "no end within 60 s"
            self.times.append((begun, time.monotonic() - begun, "account", status))
            self.answers[("account", status)] = self.answers.get(("account", status), 0) + 1
            self.ended.wait(self.pause)

    def stop(self):
        self.ended.set()


class Reader(threading.Thread):
    """Reads public pages and asks after the server's health."""

    PATHS = ("/", f"/reviews/{REVIEW}", f"/reviews/{REVIEW}/recommendations?position=noted", "/healthz", "/readyz")

    def __init__(self, host, pause=0.05, paths=PATHS, timeout=30):
        super().__init__(daemon=True)
        self.host, self.pause, self.paths, self.timeout = host, pause, paths, timeout
        self.ended = threading.Event()
        # (begun, seconds, path, status, headers)
        self.answers = []

    def run(self):
        number = 0
        while not self.ended.is_set():
            path = self.paths[number % len(self.paths)]
            number += 1
            browser = Browser(self.host, timeout=self.timeout)
            begun, headers = time.monotonic(), {}
            try:
                answer = browser.get(path, html_wanted=True)
                status, headers = answer.status, answer.headers
            except BROKEN as error:
                status = type(error).__name__
            finally:
                browser.close()
            self.answers.append((begun, time.monotonic() - begun, path, status, headers))
            self.ended.wait(self.pause)

    def stop(self):
        self.ended.set()

    def between(self, begun, ended, paths=None):
        return [one for one in self.answers if begun <= one[0] and one[0] + one[1] <= ended and (not paths or one[2] in paths)]
