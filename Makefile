# All set-up happens inside .venv, once: `make demo`, `make test`, `make lint`, `make types`, `make format`, `make clean`.
# `make bench` measures (DATA=DIR adds the public sets), `make robust` reads 20,000 mangled texts.

# The first Python on the path that is new enough; PYTHON=... chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; exit; }; done; echo python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
WORLD := examples/world

.PHONY: demo test lint types format bench robust clean

demo: $(READY)
	$(BIN)/communique read --world $(WORLD) examples/releases.jsonl
	$(BIN)/communique show --world $(WORLD) --publisher aksaray.tr --published 2026-04-14 examples/02-talks.txt

test: $(READY)
	$(BIN)/python -m pytest

bench: $(READY)
	$(BIN)/python -m bench.run $(if $(DATA),--data $(DATA))

robust: $(READY)
	$(BIN)/python -m bench.robust

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(READY): pyproject.toml
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "No $(PYTHON) found. Install Python 3.11 or newer, or say which one: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is $$("$(PYTHON)" --version); Communiqué needs Python 3.11 or newer: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "This Python has no venv. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	"$(PYTHON)" -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
