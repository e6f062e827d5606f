"""600 anonymous sign-ins at once, again and again, while honest people sign in: each within 2 s.

The flood comes from one address, as it does behind a proxy or an Onion service, and then from many.
It posts at once, or reads the form first and sends what is hidden in it. The honest sign in with a
browser that was never here, and with one that was remembered, if the form offers that."""

import asyncio
import random
import resource
import threading
import time
import urllib.parse
from collections import Counter

from harness import (
    ANALYSTS, BROKEN, FORM, Browser, Part, Server, counted, form_of, quantile, sqlite_url, template,
)

LIMIT = 2.0


def more(parser):
    parser.add_argument("--seconds", type=float, help="of each flood; default: 60, with --quick 10")
    parser.add_argument("--at-once", type=int, default=600)


class Flood(threading.Thread):
    """So many sign-ins at one time, each with a name and a password that are wrong."""

    def __init__(self, host, at_once, addresses, reads_form, guesses):
        super().__init__(daemon=True)
        self.host, self.at_once, self.addresses = host, at_once, addresses
        self.reads_form, self.guesses = reads_form, guesses
        self.answers = Counter()
        self.ended = False

    def run(self):
        asyncio.run(self.all())

    async def all(self):
        await asyncio.gather(*(self.one(number) for number in range(self.at_once)))

    async def one(self, number):
        source = self.addresses[number % len(self.addresses)]
        while not self.ended:
            try:
                self.answers[await asyncio.wait_for(self.sign_in(source), 60)] += 1
            except (OSError, asyncio.TimeoutError, ValueError, IndexError, EOFError) as error:
                self.answers[type(error).__name__] += 1
                await asyncio.sleep(0.05)

    async def ask(self, source, request):
        host, port = self.host.rsplit(":", 1)
        reader, writer = await asyncio.open_connection(host, int(port), local_addr=(source, 0))
        try:
            writer.write(request)
            await writer.drain()
            answer = await reader.read()
        finally:
            writer.close()
        if not answer:
            raise EOFError
        return answer.decode(errors="replace")

    async def sign_in(self, source):
        fields, cookies = {"next": "/"}, ""
        if self.reads_form:
            page = await self.ask(source, (
                f"GET /login HTTP/1.1\r\nHost: {self.host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
            ).encode())
            form = form_of(page, "/api/sign-in")
            fields = form["fields"] if form else fields
            kept = [line.split(":", 1)[1].split(";")[0].strip() for line in page.split("\r\n\r\n")[0].split("\r\n")
                    if line.lower().startswith("set-cookie:")]
            cookies = f"Cookie: {'; '.join(kept)}\r\n" if kept else ""
        # Names that there are, and names that there are not.
        name = random.choice(self.guesses) if random.random() < 0.5 else f"nobody-{random.randrange(10**9)}"
        body = urllib.parse.urlencode({**fields, "pseudonym": name, "password": f"guess {random.random()}"})
        answer = await self.ask(source, (
            f"POST /api/sign-in HTTP/1.1\r\nHost: {self.host}\r\nContent-Type: {FORM}\r\n{cookies}"
            f"Origin: http://{self.host}\r\nSec-Fetch-Site: same-origin\r\nAccept: application/json\r\n"
            f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}"
        ).encode())
        return answer.split(" ", 2)[1]

    def stop(self):
        self.ended = True
        self.join(70)


def honest(host, name, cookies, source="127.0.0.1"):
    """How long a sign-in takes, form and further attempts included, and what came of it."""
    browser = Browser(host, timeout=60, source=source, cookies=cookies)
    begun = time.monotonic()
    try:
        answer = browser.sign_in(name, tick=bool(cookies), patience=60)
        outcome = "signed in" if browser.is_signed_in else f"refused {answer.status}"
    except BROKEN as error:
        outcome = type(error).__name__
    took = time.monotonic() - begun
    browser.close()
    return took, outcome


def main():
    part = Part(__doc__, more=more)
    seconds = part.arguments.seconds or (10 if part.arguments.quick else 60)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    database = template(part)
    many = [f"127.{part.random.randrange(1, 255)}.{part.random.randrange(255)}.{part.random.randrange(1, 255)}" for _ in range(300)]
    with Server(part.program, sqlite_url(database), part.folder) as server:
        # A browser that somebody has signed in with before, and out again: what it keeps is the cookie
        # of the device, if there is such a thing.
        before = Browser(server.host)
        before.sign_in(ANALYSTS[0], tick=True)
        if not before.is_signed_in:
            part.fail("nobody could sign in before the flood")
            part.end()
        device = {name: value for name, value in before.cookies.items() if not name.endswith(("session", "notice"))}
        part.figure("cookies that stay with a browser", counted({name: 1 for name in device}))
        took, outcome = honest(server.host, ANALYSTS[1], None)
        part.figure("a sign-in in quiet", 1000 * took, f"ms, {outcome}")
        floods = [
            ("one address", ["127.0.0.1"], False), ("one address, form read", ["127.0.0.1"], True),
            ("300 addresses, form read", many, True),
        ]
        for name, addresses, reads_form in floods:
            # The name of somebody who wants to come in is guessed at as well.
            flood = Flood(server.host, part.arguments.at_once, addresses, reads_form, [ANALYSTS[0], ANALYSTS[1]])
            flood.start()
            time.sleep(3)
            results = {"new browser": [], "new browser, name not guessed at": [], "known browser": []}
            ended = time.monotonic() + seconds
            while time.monotonic() < ended:
                results["new browser"].append(honest(server.host, ANALYSTS[1], None))
                results["new browser, name not guessed at"].append(honest(server.host, ANALYSTS[2], None))
                if device:
                    results["known browser"].append(honest(server.host, ANALYSTS[0], device))
                time.sleep(0.2)
            flood.stop()
            part.figure(f"{name}: answers to the flood", counted(flood.answers))
            for who, tried in results.items():
                if not tried:
                    continue
                times = [took for took, _ in tried]
                outcomes = Counter(outcome for _, outcome in tried)
                part.figure(f"{name}: {who}", f"{counted(outcomes)}; half within {quantile(times, 0.5):.2f} s")
                # A name that is being guessed at may be slowed down for browsers that nobody knows.
                if who == "new browser":
                    continue
                # A flood that does all that a browser does cannot be told from new browsers, so these wait
                # for their turn; but they do get it.
                if who == "known browser" or not reads_form:
                    part.limit(f"{name}: {who}, all within", round(max(times), 2), LIMIT, "s")
                part.limit(f"{name}: {who}, not let in", len(tried) - outcomes["signed in"], 0)
        begun = time.monotonic()
        status = Browser(server.host).get("/healthz").status
        part.figure("/healthz afterwards", f"{status} after {1000 * (time.monotonic() - begun):.0f} ms")
        part.limit("stops within", round(server.stop(), 1), 12, "s")
    part.end()


if __name__ == "__main__":
    main()
