# What a developer types; `make` alone lists it. Variables: PORT, HOST, RESET (run), ARGS (test), PYTHON (env).
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
# What the shell happens to hold must not decide which code and which settings run.
export PYTHONUTF8 := 1
unexport VIRTUAL_ENV PYTHONPATH PYTHONHOME DJANGO_SETTINGS_MODULE DEBUG TESTING PYTHONDONTWRITEBYTECODE

python := .venv/bin/python
manage := DEMO=1 $(python) manage.py
checks := format lint types imports templates settings migrations translations

.PHONY: help env run test check messages pictures pins $(addprefix check-,$(checks))

help: ## list what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile

run: ## start the portal with demo data on http://127.0.0.1:8000/ (PORT=9000, RESET=1 to start anew)
	@requirements/env.sh run
	@$(python) -m staff_portal.machine run
	@exec $(python) -u -m staff_portal.embedded

test: ## everything: checks, tests on SQLite and on PostgreSQL + Redis, the browser (ARGS="-k vote")
	@requirements/env.sh dev
	@exec $(python) -u -m tests.run_stages $(ARGS)

env: ## make .venv with the tools of development, from the pinned files
	@requirements/env.sh dev

check: $(addprefix check-,$(checks)) ## the static part of the tests; needs no services

check-format: env
	$(python) -m ruff format --check --output-format concise .

check-lint: env
	$(python) -m ruff check --output-format concise .

check-types: env
	DEMO=1 $(python) -m mypy --no-error-summary

check-imports: env
	.venv/bin/lint-imports --no-cache

check-templates: env
	@find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
	.venv/bin/djlint --quiet --lint templates

check-settings: env
	@$(python) -m tests.production_settings

check-migrations: env
	DATABASE_URL=sqlite:// $(manage) makemigrations --check --dry-run

check-translations: env
	@$(python) -m tests.translations

messages: env ## gather the texts to translate into locale/*/LC_MESSAGES/django.po and compile them
	@$(python) -m tests.translations --update

pictures: env ## make the pictures of the README from the demo (needs Chromium and Poppler)
	@$(python) -m tests.pictures

pins: env ## compile requirements/*.txt anew from pyproject.toml
	@requirements/pins.sh
