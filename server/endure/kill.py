"""SIGKILL at a random moment while four analysts save, a thousand times; every acknowledged save is
read back after each start, by the database itself and by the pages."""

import time

from harness import (
    ANALYSTS, Browser, Ledger, Part, Server, check_is_clean, copy_database, counted, lost_in, paragraphs,
    quantile, remove_database, signed_in, sqlite_url, template, writers,
)

# So many rounds share a database; its history and evidence would otherwise slow later rounds down.
ROUNDS_PER_DATABASE = 50
CHECK_EVERY = 25


def main():
    part = Part(__doc__, rounds=1000, quick=12)
    original = template(part)
    own = paragraphs(original)
    database = part.folder / "killed.sqlite"
    url = sqlite_url(database)
    acknowledged, kinds, lost, starts, unclean = 0, {}, [], [], 0
    cookies = None
    for number in range(part.rounds):
        if number % ROUNDS_PER_DATABASE == 0:
            copy_database(original, database)
            ledger, cookies = Ledger(), None
        begun = time.monotonic()
        with Server(part.program, url, part.folder) as server:
            starts.append(time.monotonic() - begun)
            if cookies is None:
                browsers = [signed_in(server.host, name) for name in ANALYSTS]
            else:
                # The sessions of the round before: they were acknowledged as well.
                browsers = [Browser(server.host, cookies=kept) for kept in cookies]
            before = ledger.count
            work = writers(server.host, browsers, own, ledger, part.random.getrandbits(32))
            for writer in work:
                writer.start()
            time.sleep(part.random.uniform(0.02, 0.4))
            server.kill()
            for writer in work:
                writer.stop()
                writer.join()
            # An answer that was on its way when the server died was given all the same.
            must = ledger.snapshot()
            acknowledged += ledger.count - before
        with Server(part.program, url, part.folder) as server:
            again = [Browser(server.host, cookies=browser.cookies) for browser in browsers]
            gone = [one for one in again if one.get("/assess").status != 200]
            if gone:
                part.fail(f"round {number}: {len(gone)} of {len(again)} sessions ended with the server")
                again = [signed_in(server.host, name) for name in ANALYSTS]
            round_lost = lost_in(database, server.host, again, must, ledger)
            lost += round_lost
            if round_lost:
                part.say(f"round {number}: lost {round_lost[:3]}")
            cookies = [browser.cookies for browser in again]
            # Every other round goes on from a database that was killed once more, while nobody writes.
            if number % 2:
                server.kill()
            else:
                server.stop()
        for kind, count in ledger.kinds.items():
            kinds[kind] = kinds.get(kind, 0) + count
        ledger.kinds = {}
        if (number + 1) % CHECK_EVERY == 0 or number + 1 == part.rounds:
            clean, said = check_is_clean(part.program, url)
            if not clean:
                unclean += 1
                part.say(f"round {number}: {said[:300]}")
            part.say(f"{number + 1} rounds, {acknowledged:,} acknowledged, {len(lost)} lost")
    remove_database(database)
    part.figure("rounds", part.rounds)
    part.figure("acknowledged", acknowledged)
    part.figure("of these", counted(kinds))
    part.figure("start until it listens, half of them within", 1000 * quantile(starts, 0.5), "ms")
    part.least("acknowledged in a round, on average", acknowledged // part.rounds, 1)
    part.limit("acknowledged and lost", len(lost), 0)
    part.limit("databases that check complained of", unclean, 0)
    part.end()


if __name__ == "__main__":
    main()
