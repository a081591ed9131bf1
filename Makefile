# Two commands matter: `make demo` shows a town, `make test` checks everything. `make help` lists the others.
# Each step of the set-up leaves a stamp inside what it made, and is done again only when its inputs change.

PORT ?= 8000
DATA ?= var/demo
VENV ?= .venv
BIN := $(VENV)/bin
WORK := .make
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1 && { command -v "$$p"; break; }; done)
WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path '*/.*' 2>/dev/null)
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-input
UV := $(WORK)/uv/bin/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

# Runs $(2), says $(1) first and how long it took afterwards; what the command prints is shown only if it fails.
define step
	@mkdir -p $(WORK)/logs; printf '%s … ' '$(1)'; start=$$(date +%s); \
	if ( $(2) ) >$(WORK)/logs/setup-$(notdir $@).log 2>&1; then echo "$$(($$(date +%s) - start)) s"; \
	else echo failed; tail -n 40 $(WORK)/logs/setup-$(notdir $@).log; exit 1; fi
endef

.PHONY: help demo setup setup-test test check-long bench docs pictures lock format clean need-python need-node

help:  ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -e 's/:.*## /\t/' | sort | awk -F'\t' '{ printf "  make %-11s %s\n", $$1, $$2 }'

demo: setup  ## Make a synthetic town once and serve it: [PORT=8000] [SPEED=1] [DAYS=540] [SCALE=1] [DATA=var/demo]
	@exec $(BIN)/chengyun --data $(DATA) demo --port $(PORT) \
	  $(if $(SPEED),--speed $(SPEED)) $(if $(DAYS),--days $(DAYS)) $(if $(SCALE),--scale $(SCALE))

setup: $(VENV)/.project src/chengyun/web/.ready  ## Install what a town needs, from locks, and build the web client

setup-test: $(VENV)/.dev setup

test:  ## All checks, on SQLite and on PostgreSQL where there is one, and journeys in a browser
	@start=$$(date +%s); $(MAKE) --no-print-directory setup-test && \
	exec $(BIN)/python tests/suite.py --setup-seconds $$(($$(date +%s) - start))

check-long: setup-test  ## What takes longer than `make test` may: load, kill storms, soak, audits of dependencies
	@exec $(BIN)/python tests/suite.py --long

bench: setup-test  ## Measure every claim of docs/performance.md on this machine
	@exec $(BIN)/python -m bench

docs: setup-test  ## Write the pages that are made from the code: settings, permissions, events, verbs, OpenAPI
	@exec $(BIN)/chengyun docs docs

pictures: setup-test  ## Pictures of every page in three sizes into var/pictures: [ONLY="desk map"]
	@PYTHONPATH=tests exec $(BIN)/python -m journeys.pictures $(ONLY)

format: $(VENV)/.dev  ## Put the source in the one style
	@$(BIN)/ruff check --quiet --fix src tests bench; $(BIN)/ruff format --quiet src tests bench

lock: need-python  ## Resolve the dependencies anew into requirements/*.txt (needs a package index)
	@test -x $(UV) || { $(PYTHON) -m venv $(WORK)/uv && $(WORK)/uv/bin/pip install --quiet --disable-pip-version-check uv; }
	$(LOCK) pyproject.toml --extra cluster --extra dev --group build -o requirements/dev.txt
	$(LOCK) pyproject.toml -c requirements/dev.txt -o requirements/base.txt
	$(LOCK) pyproject.toml -c requirements/dev.txt --extra cluster -o requirements/cluster.txt
	$(LOCK) pyproject.toml -c requirements/dev.txt --extra ocr -o requirements/ocr.txt
	$(LOCK) --group pyproject.toml:build -c requirements/dev.txt -o requirements/build.txt

clean:  ## Remove what was installed and built here; data in var/ stays
	rm -rf $(WORK) $(VENV) web/node_modules src/chengyun/web .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

need-python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and none is on the PATH (Debian: apt install python3; macOS: brew install python@3.13)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments (Debian: apt install python3-venv)" >&2; exit 1; }

need-node:
	@command -v npm >/dev/null && node -e 'process.exit(+process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null || { echo "Node.js 20 or newer with npm is needed to build the web client (Debian: apt install nodejs npm; macOS: brew install node)" >&2; exit 1; }

$(VENV)/pyvenv.cfg: | need-python
	$(call step,Virtual environment,$(PYTHON) -m venv $(VENV))

$(VENV)/.python: requirements/base.txt requirements/build.txt | $(VENV)/pyvenv.cfg
	$(call step,Python packages,$(PIP) --require-hashes --only-binary :all: -r requirements/base.txt -r requirements/build.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.python
	$(call step,Python packages for the checks,$(PIP) --require-hashes --only-binary :all: -r requirements/dev.txt)
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.python
	$(call step,The project itself,$(PIP) --no-index --no-deps --no-build-isolation --editable .)
	@touch $@

web/node_modules/.ready: web/package-lock.json | need-node
	$(call step,Web packages,cd web && npm ci --no-audit --no-fund)
	@touch $@

src/chengyun/web/.ready: web/node_modules/.ready $(WEB_SOURCES)
	$(call step,Web client,cd web && npm run build)
	@touch $@
