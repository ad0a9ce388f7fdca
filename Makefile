# make run installs what is needed and serves the dashboard. make test installs the test dependencies and runs the tests,
# including browser tests; make test-all runs also the long ones (CONTRIBUTING.md says which those are). All need
# Python 3.11 or newer and make; nothing else must be prepared.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501
TOOLS := .venv-tools/bin
# Node comes from PyPI into the test environment; only those who change or test the client need it.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm --prefix frontend
SETUP := pyproject.toml constraints.txt hatch_build.py Makefile

# A test can run beside every other test. In a browser each process has a server and a browser of its own, and often
# waits for them, so there is one process more.
PYTEST := $(BIN)/python -m pytest --dist worksteal --numprocesses

.PHONY: run test test-all test-client test-browsers test-lowest test-newest lint lint-python lint-client bundles audit bench bench-write geodata clean

run: $(VENV)/.run
	$(BIN)/streamlit run app.py --server.port $(PORT)

# What takes one core side by side, then tests without a browser, then those in Chromium.
define run_tests
$(MAKE) --jobs=2 --output-sync lint test-client
$(BIN)/ocmap check
$(PYTEST) 2 $(1) tests/unit tests/data tests/app
BROWSER_PATH="$$(tests/e2e/find_browser.sh)" && export BROWSER_PATH && $(PYTEST) 3 $(1) tests/e2e
endef

test: $(VENV)/.test
	$(call run_tests,-m "not long")

test-all: $(VENV)/.test
	$(call run_tests,--hypothesis-profile all)
	$(MAKE) test-browsers

lint: lint-python lint-client

lint-python: $(VENV)/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src/ocmap/web/templates --lint --quiet

lint-client: $(VENV)/.test
	$(NPM) run lint

test-client: $(VENV)/.test
	$(NPM) test

# What a reader does, in Firefox and in WebKit.
test-browsers: $(VENV)/.test
	tests/browsers/find_browsers.sh
	$(BIN)/python -m pytest tests/browsers

# Write the client's types and test vectors, then its bundles: after a change in frontend/src or in what Python sends it.
bundles: $(VENV)/.test
	$(BIN)/ocmap contract
	$(NPM) run build

# Run the tests, without those in a browser, on the oldest dependencies that pyproject.toml allows, and on the newest.
# `make test-lowest TESTS=tests` includes the browser tests.
TESTS ?= tests/unit tests/data tests/app

test-lowest: RESOLUTION = lowest-direct
test-newest: RESOLUTION = highest
test-lowest test-newest: test-%: .venv-tools/.done
	$(TOOLS)/uv venv --quiet --clear --python $(TOOLS)/python .venv-$*
	$(TOOLS)/uv pip install --quiet --python .venv-$* --resolution $(RESOLUTION) --editable '.[test]'
	.venv-$*/bin/python -m pytest $(TESTS)

# Check pinned dependencies for known vulnerabilities; also fails if a lookup fails.
audit: .venv-tools/.done
	$(TOOLS)/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt

# Fetch the inputs of the shapes and rebuild the shapes; afterwards git must show no change.
geodata: $(VENV)/.test
	$(BIN)/ocmap fetch
	$(BIN)/ocmap build

# Measure the app beside a naive one and beside the least that Streamlit needs (benchmarks/README.md).
bench: $(VENV)/.bench
	BROWSER_PATH="$$(tests/e2e/find_browser.sh)" && export BROWSER_PATH && $(BIN)/python benchmarks/run.py

# Run the benchmark and write its report into benchmarks/RESULTS.md.
bench-write: $(VENV)/.bench
	BROWSER_PATH="$$(tests/e2e/find_browser.sh)" && export BROWSER_PATH && $(BIN)/python benchmarks/run.py --write

$(VENV)/.run: $(SETUP)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ocmap needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/.test: $(VENV)/.run frontend/package-lock.json
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	$(NPM) ci --silent --ignore-scripts --no-audit --no-fund
	touch $@

# pip-audit looks up advisories; uv resolves the oldest versions, which pip cannot.
.venv-tools/.done: Makefile
	$(PYTHON) -m venv .venv-tools
	$(TOOLS)/python -m pip install --quiet 'pip-audit>=2.10' 'uv>=0.13'
	touch $@

$(VENV)/.bench: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[bench]'
	touch $@

clean:
	rm -rf $(VENV) frontend/node_modules .venv-lowest .venv-newest .venv-tools src/ocmap/vendor benchmarks/static site
