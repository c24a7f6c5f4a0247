# Everything a contributor runs has one name here. Each target sets up what it needs and is quick the second time.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
ADDRESS ?= 127.0.0.1:8000
BIN := .venv/bin
JUDGES := tests/judges

# The theme prints a page about its successor at every start; the host and theme are pinned, so there is nothing to act on.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Python keeps what it has compiled, because tests start many processes; elsewhere each compiles the whole engine again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve site offline check test quick lint scripts types format golden pictures package release pythons judges lock update clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# MkDocs where it is installed; OPMODEL_HOST=properdocs asks for the other.
HOST = $(or $(OPMODEL_HOST),$$(test -x $(BIN)/mkdocs && echo mkdocs || echo properdocs))

# The host opens its settings, and those that they inherit, before anything here can look at them, and waits for ever at
# a pipe or device.
SETTINGS = { [ -f mkdocs.yml ] && ! grep -qE "INHERIT|hooks" mkdocs.yml; } || $(BIN)/opmodel check mkdocs.yml

serve: .venv/.installed ## Serve the site with live reload (ADDRESS=127.0.0.1:8000)
	@$(SETTINGS)
	@exec $(BIN)/$(HOST) serve --config-file "$(CURDIR)/mkdocs.yml" --dev-addr $(ADDRESS)

# The build's date is the last commit's, so that one commit always gives the same bytes and the same review dates. What is
# not committed yet is judged as of now. A scheduled build that should notice the passing of time sets SOURCE_DATE_EPOCH.
DATE = [ -z "$$(git status --porcelain 2>/dev/null)" ] && git log -1 --format=%ct 2>/dev/null || date +%s
site: .venv/.installed ## Build the site into site/, strictly
	@$(SETTINGS)
	@export SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$($(DATE))}"; \
	$(BIN)/$(HOST) build --config-file "$(CURDIR)/mkdocs.yml" --strict --clean --site-dir site

offline: .venv/.installed ## Make site-offline.zip, a copy of the site that opens from a disk
	@$(SETTINGS)
	@export SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$($(DATE))}"; \
	$(BIN)/opmodel offline --output site-offline.zip

check: .venv/.installed ## Check the data and print every problem
	@$(BIN)/opmodel check

# A process for each processor; one that has no tests left takes over some of another's.
PYTEST = $(BIN)/pytest --numprocesses=auto --dist=worksteal

test: judges ## Run lint, types and all tests
	@$(MAKE) --no-print-directory --jobs=2 lint types
	@$(PYTEST)

quick: .venv/.installed ## Run the tests that need no browser and no npm, and take no time
	@$(PYTEST) --quiet -m "not browser and not judges and not slow"

lint: .venv/.installed scripts ## Check code style
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --quiet --check || { echo "Some files are not formatted: run 'make format'." >&2; exit 1; }

# Scripts are sent as they are written; eslint and tsc only look at them. Without npm that is left out, and said.
scripts: judges ## Check the scripts of pages with eslint and tsc
	@if [ -x $(JUDGES)/node_modules/.bin/tsc ]; then \
	$(JUDGES)/node_modules/.bin/eslint --config $(JUDGES)/scripts/eslint.config.mjs macros/opmodel/theme $(JUDGES) && \
	for part in pages decide write limits workers node; do $(JUDGES)/node_modules/.bin/tsc --project $(JUDGES)/scripts/tsconfig.$$part.json || exit 1; done; \
	else echo "The scripts of pages are not checked." >&2; fi

types: .venv/.installed ## Check types
	@$(BIN)/mypy --no-error-summary

format: .venv/.installed ## Format the code and mend what can be mended
	@$(BIN)/ruff check --fix --quiet || true
	@$(BIN)/ruff format --quiet

golden: .venv/.installed ## Rewrite the golden files; review them with git diff
	@$(BIN)/pytest --quiet --update-golden

pictures: site ## Take the pictures of the README anew
	@$(BIN)/python pictures/take.py

package: .venv/.installed ## Build the wheel and the source package into dist/, and check them
	@$(BIN)/python release/package.py

release: .venv/.installed ## The same for a release: its version and changelog, and what to upload (TAG=v1.2.0)
	@$(BIN)/python release/package.py --release --tag "$(TAG)"

pythons: site ## Build the site with each Python that is claimed and installed, and compare
	@$(BIN)/python release/pythons.py

# Software from npm that judges what is built. CI must have it; elsewhere the tests that need it are left out, and say so.
judges: ## Install the npm software that some tests ask
ifneq ($(wildcard $(JUDGES)/package.json),)
  ifneq ($(shell command -v npm),)
judges: $(JUDGES)/node_modules/.installed
  else
	@if [ "$${CI:-}" = true ]; then echo "npm is not installed, and on CI no test is left out." >&2; exit 1; fi
	@echo "npm is not installed: the tests that need it are left out." >&2
  endif
endif

# One lock for every platform and Python: hashes say what may be installed, addresses are each machine's own business.
COMPILE = env -u PIP_FIND_LINKS UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --group dev \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --quiet \
	--output-file requirements.lock

lock: .venv/.locked ## Bring requirements.lock in line with pyproject.toml
	@$(COMPILE)

update: .venv/.locked ## Move every locked dependency to its newest allowed release
	@$(COMPILE) --upgrade

clean: ## Remove everything that was made, the environments too
	@rm -rf .venv .cache .hypothesis dist site site-offline.zip $(JUDGES)/node_modules
	@find macros tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Two stamps: a new lock makes the environment anew, so that nothing outside it lingers; a new pyproject only reinstalls
# the project. The first is a copy of the lock, so that a lock whose date alone is new costs nothing. The project is built
# without isolation, because its build backend is in the lock.
.venv/.locked: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "opmodel needs Python 3.11 or newer; \
	$(PYTHON) is $$($(PYTHON) --version 2>&1). Name another with: make PYTHON=/path/to/python3" >&2; exit 1; }
	@if cmp -s $< $@; then touch $@; exit; fi; \
	echo "Setting up .venv (about a minute, once)"; \
	$(PYTHON) -m venv --clear .venv; \
	$(BIN)/python -m pip install --quiet --quiet --require-hashes -r $<; \
	cp $< $@

.venv/.installed: .venv/.locked pyproject.toml
	@$(BIN)/python -m pip install --quiet --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip check >.venv/check.txt || { cat .venv/check.txt >&2; \
	echo "requirements.lock does not satisfy pyproject.toml: run 'make lock'." >&2; exit 1; }
	@touch $@

$(JUDGES)/node_modules/.installed: $(JUDGES)/package.json $(JUDGES)/package-lock.json
	@npm ci --prefix $(JUDGES) --ignore-scripts --no-audit --no-fund --silent
	@chmod -f u+x $(JUDGES)/node_modules/@microsoft/sarif-multitool-*/Sarif.Multitool # all that the package's script does
	@touch $@
