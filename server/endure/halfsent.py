"""1,030 connections that send half of something, opened again after they are closed, while others read
pages and one analyst saves: none of the honest requests may fail.

Each connection posts to one of the routes that change something (all of them, by turns) and sends
nothing of the body, one byte, one every few seconds, or chunks of one byte. After that the same number
reads files eight bytes a second, or sends heads a line at a time."""

import errno
import random
import re
import resource
import selectors
import socket
import threading
import time
from collections import Counter, deque
from pathlib import Path

from harness import (
    ANALYSTS, BROKEN, FORM, HERE, REVIEW, Browser, Ledger, Part, Server, Writer, counted, paragraphs, quantile,
    signed_in, sqlite_url, template,
)

# Longer than this and a person is gone.
PATIENCE = 10
FILES = (
    "/recommendations.csv", "/recommendations.json", "/recommendations.xlsx",
    f"/reviews/{REVIEW}/recommendations.csv?round=mid-term", f"/reviews/{REVIEW}/charts/status.png?round=mid-term",
)
PAGES = ("/", f"/reviews/{REVIEW}", f"/reviews/{REVIEW}/recommendations?position=noted", "/world", "/login", "/healthz")


def more(parser):
    parser.add_argument("--seconds", type=float, help="default: 660, with --quick 30")
    parser.add_argument("--connections", type=int, default=1030)
    parser.add_argument(
        "--pause", type=float, default=1.0,
        help="seconds until a closed connection is opened again; without a pause it is a flood of requests that is tried",
    )
    parser.add_argument("--source", type=Path, default=HERE.parent.parent, help="where the routes are read from")


def post_routes(source):
    """Every route that takes a body, as the source names it."""
    routes = set()
    for file in (source / "app" / "src").rglob("*.rs"):
        # Routers of unit tests are no routes.
        text = file.read_text().split("#[cfg(test)]")[0]
        routes.update(f"/api/{action}" for action in re.findall(r'\bendpoint\s*=\s*"([\w/-]+)"', text))
        routes.update(path for path in re.findall(r'\.route\(\s*"([^"]+)",\s*post\(', text) if "{" not in path)
    return sorted(routes)


class Half:
    """A connection that never finishes."""

    def __init__(self, host, head, pieces, every, reads=None):
        self.head, self.pieces, self.every, self.reads = head, pieces, every, reads
        self.socket = socket.socket()
        if reads:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        self.socket.setblocking(False)
        address, port = host.rsplit(":", 1)
        try:
            self.socket.connect((address, int(port)))
        except BlockingIOError:
            pass
        self.begun = time.monotonic()
        self.next = 0.0
        self.is_open = True

    def go_on(self, now):
        """Sends its next piece, or reads its next byte. False once it was closed."""
        if not self.is_open:
            return False
        if now < self.next:
            return True
        try:
            if self.head:
                self.head = self.head[self.socket.send(self.head):]
            elif self.reads:
                if not self.socket.recv(self.reads):
                    return False
            elif self.pieces:
                self.socket.send(self.pieces)
            self.next = now + (self.every if not self.head else 0)
        except BlockingIOError:
            self.next = now + 0.5
        except OSError as error:
            if error.errno in (errno.ENOTCONN, errno.EINPROGRESS):
                self.next = now + 0.1
                return True
            return False
        return True

    def was_answered(self):
        """Whether the server said or closed something; the answer is thrown away."""
        try:
            return self.socket.recv(65536) == b"" or None
        except BlockingIOError:
            return False
        except OSError:
            return True

    def close(self):
        self.is_open = False
        self.socket.close()


class Attack(threading.Thread):
    """Keeps so many half connections open."""

    def __init__(self, host, make, count, seed, pause):
        super().__init__(daemon=True)
        self.host, self.make, self.count, self.pause = host, make, count, pause
        self.random = random.Random(seed)
        self.ended = threading.Event()
        self.opened = self.closed = self.failed = 0
        self.by_route, self.lives = Counter(), []

    def run(self):
        selector = selectors.DefaultSelector()
        halves, due = {}, deque(0.0 for _ in range(self.count))
        while not self.ended.is_set():
            # Not all in one moment, or the queue of the listener is what is tried.
            for _ in range(200):
                if not due or due[0] > time.monotonic():
                    break
                due.popleft()
                try:
                    half, route = self.make(self.host, self.opened, self.random)
                except OSError:
                    self.failed += 1
                    due.append(time.monotonic() + self.pause)
                    continue
                self.opened += 1
                self.by_route[route] += 1
                halves[half.socket] = half
                if not half.reads:
                    selector.register(half.socket, selectors.EVENT_READ)
            gone = []
            for key, _ in selector.select(0.05):
                half = halves[key.fileobj]
                # None: an answer came, and the connection is open still.
                if half.was_answered():
                    gone.append(half)
            now = time.monotonic()
            closed = set(gone)
            gone += [half for half in halves.values() if half not in closed and not half.go_on(now)]
            for half in gone:
                if not half.reads:
                    selector.unregister(half.socket)
                del halves[half.socket]
                self.lives.append(now - half.begun)
                half.close()
                due.append(now + self.pause)
                self.closed += 1
        for half in halves.values():
            half.close()
        selector.close()

    def stop(self):
        self.ended.set()
        self.join(30)


def body_half(routes):
    def make(host, number, choose):
        route = routes[number % len(routes)]
        kind = choose.choice(("one byte", "slowly", "chunked", "nothing"))
        content = FORM if route != "/api/upload-file" else "multipart/form-data; boundary=x"
        head = f"POST {route} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content}\r\nAccept: text/html\r\n"
        # As browsers do, so that it is not turned away for that.
        head += f"Origin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n"
        if kind == "chunked":
            return Half(host, (head + "Transfer-Encoding: chunked\r\n\r\n").encode(), b"1\r\na\r\n", 3), route
        head += f"Content-Length: {choose.choice((100, 4000, 900_000))}\r\n\r\n"
        pieces = {"one byte": b"", "slowly": b"a", "nothing": b""}[kind]
        return Half(host, (head + ("a" if kind == "one byte" else "")).encode(), pieces, choose.choice((1, 3, 8))), route

    return make


def other_half(host, number, choose):
    if number % 2:
        head = f"GET /?{number} HTTP/1.1\r\nHost: {host}\r\n"
        return Half(host, head.encode(), b"X-A: b\r\n", 4), "slow head"
    path = FILES[number // 2 % len(FILES)]
    # A reader that takes eight bytes a second of a file that it asked for.
    head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: identity\r\n\r\n"
    return Half(host, head.encode(), b"", 1, reads=8), "slow reader"


class Honest(threading.Thread):
    """Reads pages, each with a connection of its own and the patience of a person."""

    def __init__(self, host, pause):
        super().__init__(daemon=True)
        self.host, self.pause = host, pause
        self.ended = threading.Event()
        self.times, self.failed = [], []

    def run(self):
        number = 0
        while not self.ended.is_set():
            path = PAGES[number % len(PAGES)]
            number += 1
            browser = Browser(self.host, timeout=PATIENCE)
            begun = time.monotonic()
            try:
                status = browser.get(path, html_wanted=True).status
            except BROKEN as error:
                status = type(error).__name__
            browser.close()
            took = time.monotonic() - begun
            self.times.append(took)
            if status != 200 or took > PATIENCE:
                self.failed.append((path, status))
            self.ended.wait(self.pause)

    def stop(self):
        self.ended.set()
        self.join(PATIENCE + 5)


class Saver(Writer):
    """An analyst who was signed in before; every save on a connection of its own."""

    def save(self):
        self.browser.close()
        return super().save()


def phase(part, server, name, make, seconds, own, cookies):
    attack = Attack(server.host, make, part.arguments.connections, part.random.getrandbits(32), part.arguments.pause)
    ledger = Ledger()
    analyst = Browser(server.host, timeout=PATIENCE, cookies=cookies)
    saver = Saver(server.host, analyst, own, ledger, part.random.getrandbits(32), pause=0.25, kinds=("save",))
    saver.stops_when_broken = False
    honest = [Honest(server.host, 0.1), Honest(server.host, 0.25)]
    attack.start()
    time.sleep(1)
    for one in (*honest, saver):
        one.start()
    time.sleep(seconds)
    for one in honest:
        one.stop()
    saver.stop()
    saver.join(PATIENCE + 5)
    attack.stop()
    times = [took for one in honest for took in one.times]
    failed = Counter(one for reader in honest for one in reader.failed)
    saves = Counter(status for (_, status), count in saver.answers.items() for _ in range(count))
    part.figure(f"{name}: connections opened", attack.opened)
    part.figure(f"{name}: closed by the server", attack.closed)
    if attack.lives:
        part.figure(f"{name}: closed after, half within", quantile(attack.lives, 0.5), "s")
    part.figure(f"{name}: by route", f"{len(attack.by_route)} routes, each at least {min(attack.by_route.values()):,} times")
    part.figure(f"{name}: honest pages", len(times))
    part.figure(f"{name}: answered, half within", 1000 * quantile(times, 0.5), "ms")
    part.figure(f"{name}: 99 of 100 within", 1000 * quantile(times, 0.99), "ms")
    part.figure(f"{name}: all within", 1000 * max(times, default=0.0), "ms")
    part.figure(f"{name}: saves", counted(saves))
    if failed:
        part.figure(f"{name}: pages that failed", counted({f"{path} {status}": count for (path, status), count in failed.items()}))
    part.limit(f"{name}: honest pages that failed", sum(failed.values()), 0)
    part.limit(f"{name}: saves that failed", sum(count for status, count in saves.items() if status not in (200, 303)), 0)
    part.least(f"{name}: saves", saves[303] + saves[200], 1)


def main():
    part = Part(__doc__, more=more)
    seconds = part.arguments.seconds or (30 if part.arguments.quick else 660)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65536), hard))
    routes = post_routes(part.arguments.source)
    if not routes:
        part.fail(f"no route that changes something was found under {part.arguments.source}")
        part.end()
    part.figure("routes that take a body", f"{len(routes)}: {' '.join(route.rsplit('/', 1)[1] for route in routes)}")
    database = template(part)
    own = paragraphs(database)
    with Server(part.program, sqlite_url(database), part.folder) as server:
        analyst = signed_in(server.host, ANALYSTS[0])
        phase(part, server, "bodies", body_half(routes), seconds, own, analyst.cookies)
        time.sleep(2)
        phase(part, server, "heads and readers", other_half, seconds / 4, own, analyst.cookies)
        part.figure("ended in order within", server.stop(), "s")
    part.end()


if __name__ == "__main__":
    main()
