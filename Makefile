# Both commands do all their own set-up in .venv, from a machine with Python 3.11 or newer and make.
#   make demo              the story in seven screens; DATA=folder adds the real radio week
#   make test              everything: lint, types, rooms, books, docs, tests
#   make questions         twenty questions on real archives; DATA=folder names where they are

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?=
JOBS ?= 2

.PHONY: demo test lint docs benchmarks questions clean
.DELETE_ON_ERROR:

$(VENV)/run: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "hitparade needs Python 3.11 or newer; set PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/dev: $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(VENV)/run
	@$(BIN)/python -m hitparade demo $(if $(DATA),--data $(DATA))

test: lint
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

lint: $(VENV)/dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m hitparade check
	$(BIN)/python -m hitparade check tests/cases

docs: $(VENV)/dev
	$(BIN)/python -m hitparade.serve.reference docs

benchmarks: $(VENV)/dev
	for script in benchmarks/*.py; do $(BIN)/python $$script || exit 1; done

# The twenty questions of an editor's first day, one command each, on the real archives in DATA.
questions: $(VENV)/dev
	$(BIN)/python tools/questions.py $(if $(DATA),$(DATA),../shared/data)

clean:
	rm -rf $(VENV) demo-house
