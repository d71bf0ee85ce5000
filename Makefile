# Two targets do all the set-up themselves: `make demo` and `make test`.
# Needed beforehand: Python 3.11 or newer, git and make.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
endif
WORKERS ?= 3
# Each process begins with a stretch of its own and takes half of another's rest when it is done: what
# a file or a folder needs is made once or twice, and nobody waits for the county that pages need.
SHARED := --dist worksteal
BIN := .venv/bin
# A line that names make's own variable is run even by `make -n`; all the tests are no rehearsal.
ANEW := $(MAKE)

# Stamps are named after the content they were made from, whatever its date: the second run installs
# nothing, and a changed file is noticed.
checksum = $(shell { $(1); } | cksum | tr ' ' '-')
ENV_STAMP := .venv/.env-$(call checksum,pwd -P; $(PYTHON) -VV)
RUN_STAMP := .venv/.run-$(call checksum,cat requirements.txt)
DEV_STAMP := .venv/.dev-$(call checksum,cat requirements.txt requirements-dev.txt)
WEB_STAMP := .venv/.web-$(call checksum,cat tests/web/npm/.npmrc tests/web/npm/*)
OWN_STAMP := .venv/.own-$(call checksum,cat pyproject.toml)

# uv, wherever it is: on the path, or in .tools once we have put it there.
UV = $(shell command -v uv || echo .tools/bin/uv)
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# pyright and its Node.js come as locked packages; it need not ask whether there are newer ones.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.PHONY: help demo test postgresql check bench counties mutants reference lock clean compiled run-set dev-set uv

help:  ## what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' Makefile

demo: run-set  ## build the example county in demo/ and run the whole river on it
	@$(BIN)/xianxue demo demo

# The linters run beside the first tests: pyright alone would leave a core idle for a minute.
test: dev-set compiled  ## the linters and every test, then those of the desk on PostgreSQL
	@$(ANEW) check & linters=$$!; failed=0; \
	$(BIN)/pytest -n $(WORKERS) $(SHARED) || failed=$$?; \
	wait $$linters || failed=$$?; exit $$failed
	@$(MAKE) postgresql

postgresql: dev-set  ## the tests of the desk a second time, on a PostgreSQL server of their own
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then \
		echo 'on PostgreSQL:'; XIANXUE_TEST_DATABASE=postgresql $(BIN)/pytest -q -n $(WORKERS) $(SHARED) tests/desk; \
	elif [ -n "$${XIANXUE_CI:-}" ]; then echo 'PostgreSQL is not installed: install postgresql' >&2; exit 1; \
	else echo 'on PostgreSQL: not run, for it is not installed'; fi

check: dev-set  ## the linters only
	@quietly() { name=$$1; shift; if out=$$("$$@" 2>&1); then echo "$$name: ok"; \
		else printf '%s\n' "$$out"; echo "$$name: failed" >&2; exit 1; fi; }; \
	quietly 'ruff format' $(BIN)/ruff format --check; \
	quietly 'ruff check' $(BIN)/ruff check; \
	quietly 'import contracts' $(BIN)/lint-imports --no-logo; \
	quietly 'pyright' $(BIN)/pyright

bench: dev-set  ## time and memory, beside the same written by hand
	@for script in benchmarks/[a-z]*.py; do $(BIN)/python "$$script"; done

counties: dev-set  ## figures and verdicts of 500 random counties, counted once more in another way
	@XIANXUE_COUNTIES=500 $(BIN)/pytest -q -n $(WORKERS) tests/indicators/test_second_opinion.py -k many_counties

mutants: dev-set  ## small faults in the source: how many the tests notice, and which survive
	@$(BIN)/python tests/mutants.py

reference: run-set  ## write docs/reference anew from the cards
	@$(BIN)/python docs/generate.py

lock: uv  ## resolve the requirements anew (UPGRADE=1: to the newest versions)
	@compile="$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes $(if $(UPGRADE),--upgrade)"; \
	for part in requirements requirements-dev requirements-uv; do \
		$$compile --custom-compile-command 'make lock' "$$part.in" -o "$$part.txt"; done

clean:  ## remove everything that make has made
	@rm -rf .venv .tools demo build dist .hypothesis .pytest_cache .ruff_cache .import_linter_cache
	@find docs src tests -name __pycache__ -type d -prune -exec rm -rf {} +

# ── set-up ──────────────────────────────────────────────────────────────────
# The dev set holds the runtime set in the same versions; both go into one .venv and neither
# removes the other.

# Compiled once here: some machines forbid Python to write bytecode, and would compile the engine
# and the database anew at every command.
# Tests start hundreds of programs, and the tests themselves are compiled by each of several processes.
test postgresql: export PYTHONDONTWRITEBYTECODE =
compiled: $(OWN_STAMP)
	@$(BIN)/python -m compileall -q src

run-set: $(RUN_STAMP) $(OWN_STAMP)
dev-set: $(DEV_STAMP) $(OWN_STAMP) $(WEB_STAMP)

$(ENV_STAMP): | uv
	@echo 'making .venv'
	@rm -rf .venv
	@$(UV) venv --quiet --python "$(PYTHON)" .venv
	@touch $@

$(RUN_STAMP): | $(ENV_STAMP)
	@echo 'installing what xianxue runs on'
	@$(UV) pip install --quiet --compile-bytecode --python .venv --require-hashes -r requirements.txt
	@rm -f .venv/.run-* && touch $@

$(DEV_STAMP): | $(RUN_STAMP)
	@echo 'installing what the tests need'
	@$(UV) pip install --quiet --compile-bytecode --python .venv --require-hashes -r requirements-dev.txt
	@rm -f .venv/.dev-* && touch $@

# Pages are tested in the distribution's Chromium and in a Chromium of 2021, by axe-core too: locked
# npm packages, for tests only. Without npm the Node.js of the dev set fetches them; without a
# registry the tests that need them are skipped, and in CI this fails.
$(WEB_STAMP): | $(DEV_STAMP)
	@echo 'installing what the tests in a browser need'
	@tests/web/npm/install .venv/browsing
	@rm -f .venv/.web-* && touch $@

# The build backend is in the locked set, so nothing unlocked is fetched for the build.
$(OWN_STAMP): | $(RUN_STAMP)
	@$(UV) pip install --quiet --python .venv --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src
	@rm -f .venv/.own-* && touch $@

uv:
	@if [ -z "$(PYTHON)" ]; then echo 'xianxue needs Python 3.11 or newer: install it and run make again.' >&2; exit 1; fi
	@if ! command -v $(UV) >/dev/null; then \
		if ! $(PYTHON) -m pip --version >/dev/null 2>&1; then \
			if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
				echo 'installing python3-pip'; \
				apt-get update -qq >/dev/null; \
				DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-pip >/dev/null; \
			else \
				echo 'Neither uv nor pip is here. Install one of them and run make again, for example:' >&2; \
				echo '    sudo apt-get install python3-pip' >&2; exit 1; \
			fi; \
		fi; \
		echo 'installing uv into .tools'; \
		$(PYTHON) -m pip install -qq --disable-pip-version-check --no-warn-script-location \
			--root-user-action=ignore --require-hashes --target .tools -r requirements-uv.txt; \
	fi
