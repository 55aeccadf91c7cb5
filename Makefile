# Two commands do everything: `make run` and `make test`. The rest is for developers.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check acceptance bench lock clean

run: .venv/ready  ## Practice mode without credentials, the GitHub App with them
	@$(BIN)/listwright serve --or-practice

test: .venv/ready  ## Every test that can run here
	$(BIN)/python -m pytest

check: .venv/ready  ## Linters, types, and that generated parts are up to date
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python bin/generate.py --check

acceptance: .venv/ready  ## End to end against an independent GitHub (skips where it is absent)
	$(BIN)/python -m pytest -m acceptance

bench: .venv/ready  ## Judging beside yardsticks, hostile lists beside smaller ones, links beside lychee
	$(BIN)/python bench/lint_speed.py
	$(BIN)/python bench/hostile.py
	$(BIN)/python bench/links.py

lock: .venv/ready  ## Renew the lock files from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header pyproject.toml --group dev --output-file requirements-dev.lock

clean:
	rm -rf .venv

.venv/ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Listwright needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 " + "run")'
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch .venv/ready
