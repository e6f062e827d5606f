# The commands a person needs. Tools and downloads go to .tools and end2end/node_modules,
# which git ignores; nothing is installed system-wide except Debian packages for `make test`.
#
#   make run     build what changed, load the demonstration into a new database, serve
#   make test    everything that must hold before a change is merged
#   make lint    the quick half of it: order of modules, formatting, clippy, licences
#   make bench   measure, beside what people would use instead
#   make growth  measure what ten times as much costs
#   make alternatives  measure what else could search and count
#   make fuzz    feed the readers of files with made-up input
#   make endure  kill it, cut the power, fill the disk, flood it; as root
#   make watch   rebuild and serve again whenever a file is saved

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run browser program test lint unit end2end bench growth alternatives watch fuzz endure FORCE

ADDR ?= 127.0.0.1:3000
# The tests in the browser drive the quickly built program; E2E_PROGRAM=target/release/upr-tracker
# drives the optimised one.
E2E_PROGRAM ?= target/debug/upr-tracker

# wasm-bindgen's program and its crate must be of one version, so the lock file decides.
WASM_BINDGEN := $(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)
BINARYEN := 132.0.0
CARGO_DENY := 0.20.2
DATASETTE := 0.65.1

export PATH := $(CURDIR)/.tools/bin:$(CURDIR)/.tools/node_modules/.bin:$(PATH)

WASM := target/wasm32-unknown-unknown/release/app.wasm
PKG := target/site/pkg/app_bg.wasm
# Small first. Not a profile of its own, which would build every macro of both halves a second time;
# and without LTO, which makes no difference of a hundred bytes once wasm-opt has run.
WASM_PROFILE := CARGO_PROFILE_RELEASE_OPT_LEVEL=z CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
	CARGO_PROFILE_RELEASE_PANIC=abort
# The release profile leaves these unoptimised for the server's half, which never runs them.
WASM_SMALL := $(foreach crate,js-sys web-sys,--config 'profile.release.package.$(crate).opt-level="z"')
# What rustc's wasm32 target uses by default, and every browser since 2022 understands.
WASM_FEATURES := $(addprefix --enable-,bulk-memory mutable-globals multivalue nontrapping-float-to-int \
	reference-types sign-ext)

help:
	@sed -n 's/^#   //p' Makefile

run: program
	exec target/release/upr-tracker serve --addr $(ADDR) --demo-if-empty

# The two halves. Cargo decides what is out of date; when nothing is, this takes a second.
program: browser
	cargo build --release -p server

browser: $(PKG)

$(WASM): FORCE | .tools/wasm-target
	$(WASM_PROFILE) cargo build -p app --lib --release --target wasm32-unknown-unknown --no-default-features --features hydrate $(WASM_SMALL)

$(PKG): $(WASM) Makefile | .tools/wasm-bindgen-$(WASM_BINDGEN) .tools/binaryen-$(BINARYEN)
	wasm-bindgen --target web --no-typescript --out-dir target/site/pkg --out-name app $(WASM)
	wasm-opt --flatten --rereloop -O2 -Os -Os --strip-producers --strip-target-features $(WASM_FEATURES) $@ -o $@

test: lint unit end2end

lint: | .tools/wasm-target .tools/cargo-deny-$(CARGO_DENY)
	@.ci/require python3
	.ci/module-order
	cargo fmt --all --check
	cargo clippy --quiet --workspace --all-targets -- -D warnings
	cargo clippy --quiet -p app --lib --no-default-features --features hydrate --target wasm32-unknown-unknown -- -D warnings
	@# What `make fuzz` builds: the readers without a database. Unused items are no concern there.
	cargo rustc --quiet -p data --lib --no-default-features --features exchange -- -A warnings --emit=metadata
	cargo fetch --quiet --locked
	cargo deny --offline --log-level error check bans licenses sources $(ADVISORIES)

# Advisories need a copy of the advisory database: checked where one was fetched before.
ADVISORIES := $(if $(wildcard $(HOME)/.cargo/advisory-dbs),advisories)

# Twice as many tests at once as the machine has processors: half of their time is waiting for databases.
unit: browser
	RUST_TEST_THREADS=$$(( 2 * $$(nproc) )) .ci/with-postgres cargo test --quiet --workspace

end2end: browser end2end/node_modules/.package-lock.json
	@.ci/debian-package chromium chromium
	@.ci/debian-package firefox-esr firefox-esr
	cargo build -p server
	cd end2end && npx tsc --noEmit && UPR_TRACKER_BIN=$(abspath $(E2E_PROGRAM)) npx playwright test

# Half an hour, and it wants the machine for itself; so it is no part of `make test`.
bench: browser end2end/node_modules/.package-lock.json | .tools/datasette-$(DATASETTE)
	@.ci/debian-package chromium chromium
	@.ci/debian-package wrk wrk
	@.ci/debian-package nginx-light nginx
	@.ci/debian-package sqlite3 sqlite3
	cargo build --release -p server -p bench
	python3 -B server/bench/measure.py target/bench target/release --datasette .tools/bench/datasette/bin/datasette \
	  --count $(BENCH_ROWS) $(BENCH)


BENCH_ROWS ?= 100000

# What ten times as much costs; making it up takes ten minutes and six gigabytes.
growth: browser
	@.ci/debian-package wrk wrk
	cargo build --release -p server -p bench
	python3 -B server/bench/growth.py target/bench target/release $(BENCH_ROWS) $(BENCH_ROWS)0

# The program's index of words and its bitmaps, beside what could be used in their place.
alternatives:
	cargo build --release -p bench
	mkdir -p target/bench
	cd server/bench && python3 -B -c "import fixtures, pathlib, sys; fixtures.database(*map(pathlib.Path, sys.argv[1:3]), sys.argv[3])" \
	  $(CURDIR)/target/bench $(CURDIR)/target/release $(BENCH_ROWS)
	cd server/bench/alternatives && cargo build --release --target-dir $(CURDIR)/target/alternatives
	.ci/with-postgres target/alternatives/release/alternatives "sqlite://$(CURDIR)/target/bench/$(BENCH_ROWS).sqlite?mode=rwc"

# Each reader of files fed with what libFuzzer makes up; inputs that break one are kept in
# data/fuzz/found. A command of its own: it takes FUZZ_SECONDS for each.
fuzz:
	cd data/fuzz && RUSTFLAGS="$(FUZZ_COVERAGE)" cargo build --release --target $(shell rustc -vV | sed -n 's/^host: //p')
	for reader in $(READERS); do \
	  mkdir -p data/fuzz/found data/fuzz/grown/$$reader; \
	  READER=$$reader data/fuzz/target/*/release/readers-fuzz data/fuzz/grown/$$reader data/fuzz/corpus/$$reader \
	    -max_total_time=$(FUZZ_SECONDS) -max_len=16384 -rss_limit_mb=1024 -timeout=10 \
	    -artifact_prefix=data/fuzz/found/$$reader- -print_final_stats=1 2>&1 | tail -12; \
	done

FUZZ_SECONDS ?= 1200
READERS ?= $(notdir $(wildcard data/fuzz/corpus/*))
FUZZ_COVERAGE := -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
	-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
	-Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1

# What must not be lost, and who must not be kept out: server/endure/README.md. Two hours, as root, on a
# machine of its own. ENDURE=--quick tries a few rounds of each part, ENDURE='--only kill' one of them.
endure: program
	@.ci/debian-package postgresql initdb
	@.ci/debian-package e2fsprogs mkfs.ext4
	@.ci/debian-package pkg-config pkg-config
	@pkg-config --exists fuse3 || .ci/debian-package libfuse3-dev libfuse3-dev
	python3 -B server/endure/endure.py target/release/upr-tracker $(ENDURE)

watch:
	@.ci/watch $(ADDR)

# Tools. Each leaves a file named after its version, so another version is another target.
.tools:
	@.ci/require cargo rustup node npm cc
	@mkdir -p .tools

.tools/wasm-target: | .tools
	@rustup target list --installed | grep -qx wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown \
	  || { echo "The browser's half needs: rustup target add wasm32-unknown-unknown" >&2; exit 1; }
	@touch $@

# Unoptimised and without debug information: 74 s on two cores against 126 s at level 1, and it
# reads our one small file in no time either way.
.tools/wasm-bindgen-%: | .tools
	@echo "Installing wasm-bindgen-cli $*, once; about a minute." >&2
	@CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --debug --force --root .tools --target-dir .tools/build wasm-bindgen-cli --version $* \
	  || { echo "Failed. Try: cargo install --root .tools wasm-bindgen-cli --version $*" >&2; exit 1; }
	@rm -rf .tools/build && touch $@

.tools/binaryen-%: | .tools
	@npm install --silent --no-audit --no-fund --no-save --prefix .tools binaryen@$* \
	  || { echo "wasm-opt is missing. Try: npm install --prefix .tools binaryen@$*" >&2; exit 1; }
	@touch $@

.tools/cargo-deny-%: | .tools
	@echo "Installing cargo-deny $*, once; about a minute." >&2
	@CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --debug --force --root .tools --target-dir .tools/build cargo-deny --version $* \
	  || { echo "Failed. Try: cargo install --root .tools cargo-deny --version $*" >&2; exit 1; }
	@rm -rf .tools/build && touch $@

.tools/datasette-%: | .tools
	@.ci/require python3
	@python3 -m venv .tools/bench/datasette && .tools/bench/datasette/bin/pip install --quiet datasette==$* \
	  || { echo "Datasette is missing. Try: python3 -m venv .tools/bench/datasette" >&2; exit 1; }
	@touch $@

end2end/node_modules/.package-lock.json: end2end/package-lock.json
	@.ci/require node npm
	@cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent \
	  || { echo "The browser tests' packages are missing. Try: cd end2end && npm ci" >&2; exit 1; }
	@touch $@
