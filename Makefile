# Two commands do everything on a fresh Debian 12 machine with make, Python 3.11 and its venv:
#   make dashboard   install, build the warehouse, serve on http://127.0.0.1:8050
#   make test        install (browser included) and run every check and test
# Once installed, both work without a network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8050

.DEFAULT_GOAL := help
.PHONY: help dashboard build test lint format export browser bench soak clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-11s %s\n", $$1, $$2}'

$(VENV)/installed: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/installed-test: requirements-test.txt $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	touch $@

build: $(VENV)/installed ## Install, then build the warehouse from the deliveries
	$(BIN)/python -m etl build

dashboard: build ## Install, build the warehouse and serve the site
	$(BIN)/python -m dashboard serve --port $(PORT)

export: build ## Write the site as plain files to ./site
	$(BIN)/python -m dashboard export site

browser: ## Install the browser that the tests drive (Debian's chromium)
	@sh .ci/browser

lint: $(VENV)/installed-test ## Style, types, layers and SQL
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar warehouse

test: browser lint ## Install everything that is missing and run everything
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

format: $(VENV)/installed-test ## Put Python and SQL in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix --disable-progress-bar warehouse

clean: ## Remove what can be made again (not the releases: they hold deliveries and history)
	rm -rf $(VENV) site warehouse/releases/.work etl/examples .mypy_cache .ruff_cache .pytest_cache .hypothesis

bench: browser $(VENV)/installed-test ## Measure the first view, loading, building and a filter step, each against a baseline of the same run
	$(BIN)/python benchmarks/first_view.py
	$(BIN)/python benchmarks/load.py
	$(BIN)/python benchmarks/build.py
	$(BIN)/python benchmarks/filter_step.py

SEED ?= 1

soak: $(VENV)/installed-test ## Kill builds, fill disks, take rights away, make faulty files; half an hour, and a report
	$(BIN)/python -m tests.soak --scale full --seed $(SEED) --report benchmarks/reports/soak.md
