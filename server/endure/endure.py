"""Runs every part of the harness on one program, one after the other, and prints one table.

    python3 -B server/endure/endure.py target/release/upr-tracker [--only kill] [--quick] [--rounds N]

Exits with 1 if any part lost something that was acknowledged, or broke a limit."""

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# In the order in which they run; the longest last.
PARTS = ("kill", "powercut", "diskfull", "tamper", "signins", "postgres", "backup", "halfsent")
WITHOUT_ROUNDS = ("signins", "halfsent", "backup")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=Path)
    parser.add_argument("--only", action="append", choices=PARTS, help="may be given several times")
    parser.add_argument("--rounds", type=int, help="of the parts that have rounds")
    parser.add_argument("--quick", action="store_true", help="a few rounds of each")
    parser.add_argument("--out", type=Path, default=Path("target/endure"), help="where each part's output goes")
    given = parser.parse_args()
    if not given.program.exists():
        sys.exit(f"{given.program} is not there")
    given.out.mkdir(parents=True, exist_ok=True)
    outcomes = []
    for part in given.only or PARTS:
        script = HERE / f"{part}.py"
        if not script.exists():
            outcomes.append((part, "not there", "", []))
            continue
        command = [sys.executable, "-B", str(script), str(given.program)]
        if given.quick:
            command.append("--quick")
        if given.rounds and part not in WITHOUT_ROUNDS:
            command += ["--rounds", str(given.rounds)]
        print(f"== {part}", flush=True)
        begun, lines = time.monotonic(), []
        with open(given.out / f"{part}.txt", "w") as out:
            process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            try:
                for line in process.stdout:
                    print(line, end="", flush=True)
                    out.write(line)
                    lines.append(line.rstrip())
            except KeyboardInterrupt:
                # It takes its mounts and servers along.
                process.send_signal(signal.SIGINT)
                process.wait()
                sys.exit(130)
            process.wait()
        took = time.monotonic() - begun
        outcomes.append((part, "passed" if process.returncode == 0 else f"FAILED ({process.returncode})", took, lines))
    print()
    for part, outcome, took, lines in outcomes:
        print(f"{part:<10} {outcome:<12} {f'{took:,.0f} s' if took else ''}")
        for line in lines:
            # The figures that have a limit say whether the part passed.
            if re.search(r"\(at (most|least) |^FAILED|^acknowledged|^tamperings|^found", line):
                print(f"    {line}")
    sys.exit(1 if any(outcome.startswith("FAILED") for _, outcome, _, _ in outcomes) else 0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    main()
