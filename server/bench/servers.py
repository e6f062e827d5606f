"""Servers on the first core, and what they are asked from the second."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

SERVER, CLIENT = "0", "1"
SECONDS = 4

# wrk asks for each address of a file in turn; where each has to be made anew, with a number that makes
# it another address.
LUA = """
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local fresh, next, asked = os.getenv("FRESH"), 0, 0
request = function()
  next, asked = next % #paths + 1, asked + 1
  local path = paths[next]
  if fresh ~= "" then path = path .. "&unused=" .. fresh .. asked end
  return wrk.format("GET", path, { ["Accept-Encoding"] = os.getenv("ENCODING") })
end
"""


# Each body is sent once; wrk stops after its seconds, so there have to be enough of them.
LUA_POST = """
local bodies = {}
for line in io.lines(os.getenv("PATHS")) do bodies[#bodies + 1] = line end
local next = 0
local headers = {
  ["Content-Type"] = "application/x-www-form-urlencoded",
  ["Cookie"] = os.getenv("COOKIE"),
  ["Origin"] = os.getenv("ORIGIN"),
}
request = function()
  next = next + 1
  return wrk.format("POST", os.getenv("ADDRESS"), headers, bodies[next] or "")
end
"""


def on(core, *command):
    return ["taskset", "-c", core, *map(str, command)]


class Server:
    """A server on the first core, asked from the second."""

    def __init__(self, command, port, ready, log):
        self.base = f"http://127.0.0.1:{port}"
        self.scratch = Path(tempfile.mkdtemp(prefix="bench-"))
        self.begun = time.monotonic()
        self.process = subprocess.Popen(on(SERVER, *command), stdout=log, stderr=log)
        while True:
            try:
                urllib.request.urlopen(self.base + ready, timeout=60).read()
                break
            except (urllib.error.URLError, ConnectionError) as error:
                if isinstance(error, urllib.error.HTTPError):
                    sys.exit(f"does not answer {ready}: {error}")
                if self.process.poll() is not None:
                    sys.exit(f"did not start: {command}")
                time.sleep(0.005)
        self.start = time.monotonic() - self.begun

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def cpu(self):
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self, field):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(field + r":\s+(\d+) kB", status).group(1)) / 1024

    def peak_above(self, ask):
        """How much memory, in megabytes, somebody's asking adds at its highest to what is there before."""
        before = self.memory("VmRSS")
        # The highest is measured from now on.
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        answer = ask()
        return answer, max(0, self.memory("VmHWM") - before)

    def load(self, paths, clients, seconds=SECONDS, encoding="identity", fresh=False, rest=True):
        """Asks for the paths. Without `rest` it does not wait for an end of what others ask meanwhile."""
        environment = {"ENCODING": encoding, "FRESH": f"{time.time_ns()}-" if fresh else ""}
        measured = self.wrk(LUA, paths, clients, seconds, environment, rest)
        if measured["per_second"] == 0:
            # Not one answer in that time: a slow reference gets ten times as long.
            measured = self.wrk(LUA, paths, clients, 10 * seconds, environment, rest)
        return measured

    def both(self, paths, **more):
        """The load of one client, and that of sixteen."""
        return self.load(paths, 1, **more), self.load(paths, 16, **more)

    def post(self, path, bodies, cookie, clients, seconds=SECONDS):
        """Sends each body once. What was answered with anything but yes is counted as failed."""
        environment = {"ADDRESS": path, "COOKIE": cookie, "ORIGIN": self.base}
        return self.wrk(LUA_POST, bodies, clients, seconds, environment)

    def wrk(self, script, lines, clients, seconds, environment, rest=True):
        (self.scratch / "lines").write_text("\n".join(lines) + "\n")
        (self.scratch / "script.lua").write_text(script)
        environment = dict(os.environ, PATHS=str(self.scratch / "lines"), **environment)
        command = on(CLIENT, "wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s")
        command += ["--latency", "-s", str(self.scratch / "script.lua"), self.base]
        before = self.cpu()
        said = subprocess.run(command, env=environment, capture_output=True, text=True).stdout
        spent = self.cpu() - before
        if rest:
            self.rest()
        requests = int(re.search(r"(\d+) requests in", said).group(1))
        wrong = re.findall(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)", said)
        failed = sum(int(number) for found in wrong for number in re.findall(r"\d+", " ".join(found)))
        if failed:
            print(f"  {failed} beside {requests} answers failed: {lines[0]}", file=sys.stderr)
        return {
            "per_second": float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1)),
            "p50": milliseconds(said, "50%"),
            "p99": milliseconds(said, "99%"),
            "cpu": 1000 * spent / max(requests, 1),
            "failed": failed,
        }

    def rest(self):
        """Waits until nothing is worked on any more: Datasette goes on with what nobody waits for, on the
        core that the next one is measured on."""
        until = time.monotonic() + 300
        while time.monotonic() < until:
            before = self.cpu()
            time.sleep(0.2)
            if self.cpu() - before < 0.02:
                return
        sys.exit(f"still busy after five minutes: {self.base}")

    def get(self, path, headers=None):
        """Seconds to the first byte and to the last, and how many bytes."""
        request = urllib.request.Request(self.base + path, headers=headers or {})
        begun = time.monotonic()
        with urllib.request.urlopen(request, timeout=600) as answer:
            size = len(answer.read(1))
            first = time.monotonic() - begun
            while piece := answer.read(1 << 16):
                size += len(piece)
        return first, time.monotonic() - begun, size


def milliseconds(said, quantile):
    number, unit = re.search(rf"{quantile}\s+([\d.]+)(us|ms|s|m)\b", said).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def timed(command, **more):
    """Seconds that a command took, and the most memory it had, in megabytes."""
    begun, memory = time.monotonic(), 0
    process = subprocess.Popen(on(SERVER, *command), **more)
    # Not from the process' accounts, where what it was before it became the program counts too.
    while process.poll() is None:
        said = Path(f"/proc/{process.pid}/status").read_text()
        if f"Name:\t{Path(command[0]).name[:15]}\n" in said and (most := re.search(r"VmHWM:\s+(\d+) kB", said)):
            memory = int(most.group(1)) / 1024
        time.sleep(0.002)
    if process.returncode:
        sys.exit(f"failed: {command}")
    return time.monotonic() - begun, memory


class Static:
    """nginx, one worker, with one file."""

    def __init__(self, folder, log):
        self.folder = folder / "nginx"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        (self.folder / "nginx.conf").write_text(
            "daemon off; worker_processes 1; pid nginx.pid; error_log stderr;\n"
            "events { worker_connections 256; }\n"
            "http { access_log off; default_type text/html; gzip_static on; sendfile on; keepalive_requests 1000000;\n"
            "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
            "  uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
            f"  server {{ listen 127.0.0.1:7404; root {self.folder}; }} }}\n"
        )
        (self.folder / "page").write_text("none yet")
        command = ["nginx", "-p", self.folder, "-c", "nginx.conf"]
        if os.geteuid() == 0:
            (self.folder / "nginx.conf").write_text("user root;\n" + (self.folder / "nginx.conf").read_text())
        self.server = Server(command, 7404, "/page", log)

    def put(self, address, encoding):
        request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
        with urllib.request.urlopen(request) as answer:
            body = answer.read()
        for name in ("page", "page.gz"):
            (self.folder / name).unlink(missing_ok=True)
        (self.folder / "page").write_bytes(body)
        if encoding == "gzip":
            (self.folder / "page.gz").write_bytes(body)

    def __enter__(self):
        self.server.__enter__()
        return self

    def __exit__(self, *whatever):
        self.server.__exit__(*whatever)

    def both(self, *arguments, **more):
        return self.server.both(*arguments, **more)
