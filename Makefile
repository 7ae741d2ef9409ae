# Everything a person does with a checkout. Needs Python 3.11 or later and make; the rest is installed into .venv.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run test lint format reset demo shell lock screenshots compose-check
unexport PYTHONDONTWRITEBYTECODE  # with it, each of six processes would compile Django and Wagtail anew: 5 s a start
export PATIENTS ?= 40
VENV := .venv
PY := $(VENV)/bin/python

help: ## Show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 24

run: ## Start everything here and say where to sign in (PORT=8001 for another port)
	@sh tools/venv.sh requirements.txt
	@exec $(PY) manage.py up

test: ## Lint, types and contracts, then every test (ARGS="-k plan" to choose)
	@sh tools/venv.sh requirements-dev.txt
	@sh tools/browser.sh
	@sh tools/lint.sh
	@$(PY) -m pytest -n 2 $(ARGS)

lint: ## Style, types, room and floor contracts, templates, migrations, deployment settings
	@sh tools/venv.sh requirements-dev.txt
	@sh tools/lint.sh

format: ## Put Python and templates in the format that lint asks for
	@sh tools/venv.sh requirements-dev.txt
	@$(VENV)/bin/ruff check --quiet --fix-only . ; $(VENV)/bin/ruff format --quiet .
	@find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 {} + >/dev/null 2>&1 || true

reset: ## Stop what runs here and forget all its data
	@if [ -x $(PY) ]; then $(PY) -m clinic.supervisor reset; else rm -rf var; fi

demo: ## Make demo patients in the running copy (PATIENTS=2000)
	@sh tools/venv.sh requirements.txt
	@DEMO=1 $(PY) manage.py demo --patients $(PATIENTS)

lock: ## Turn requirements*.in into pinned and hashed requirements*.txt
	@sh tools/venv.sh requirements-dev.txt
	@sh tools/lock.sh

screenshots: ## Take the pictures for the README from the demo
	@sh tools/venv.sh requirements-dev.txt
	@sh tools/browser.sh
	@$(PY) tools/screenshots.py

compose-check: ## Check docker-compose.yml against what `make run` starts; with Docker, also by Docker itself
	@sh tools/venv.sh requirements-dev.txt
	@$(PY) -m pytest -q tests/clinic/test_compose.py
	@if command -v docker-compose >/dev/null; then SECRET_KEY=x DATABASE_PASSWORD=x docker-compose config -q; fi
