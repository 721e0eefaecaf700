# make run      set up everything and serve the portal    make test   set up everything and pass the tests
# make test-all all tests on both databases, browser too  make editor make an account for the admin
# make lock     compile the locks from pyproject.toml

VENV ?= .venv
PORT ?= 8000
PROCESSES ?= auto
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate
PYTEST := $(PY) -m pytest -n $(PROCESSES) --dist worksteal
ON_SQLITE := TEST_DATABASE_URL= $(PYTEST)
ON_POSTGRESQL := $(PY) -m tests.with_postgresql $(PYTEST)
ONCE_MORE := --reruns 1 --only-rerun '^(Timeout)?Error:'
# Each process would compile all that it imports again, and all assertions of the tests.
export PYTHONDONTWRITEBYTECODE :=
STATIC_SOURCES := $(shell find static -type f)

.PHONY: run test test-all bench faults failover editor lock audit fixtures check deploy-check pictures clean

PORT_IS_FREE = import socket; \
	s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); \
	s.bind(("127.0.0.1", $(PORT)))

run: $(VENV)/.installed .env var/static/.collected
	@$(PY) -c '$(PORT_IS_FREE)' 2>/dev/null || { echo "Port $(PORT) is in use, or no port: stop what runs there, or name another: make run PORT=8001"; exit 1; }
	@$(PY) -m compileall -q journeys members strongcities
	@grep -q '^DJANGO_PUBLIC_ADDRESS=' .env || export DJANGO_PUBLIC_ADDRESS=http://localhost:$(PORT); \
	chmod 700 var; umask 077; $(PY) manage.py migrate --verbosity 0 && $(PY) manage.py load_journeys && \
	$(PY) manage.py write_archive && \
	echo "Portal:     http://localhost:$(PORT)/" && \
	echo "Admin:      http://localhost:$(PORT)/admin/   (make editor makes an account)" && \
	echo "Stop with Ctrl-C." && \
	exec $(PY) -m granian --interface wsgi --host 127.0.0.1 --port $(PORT) --log-level error \
		--blocking-threads 4 --backpressure 4096 \
		strongcities.wsgi:application

editor: $(VENV)/.installed .env
	@umask 077; $(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createsuperuser --email ""

# The checks come first, so that the last lines are pytest's own summary.
test: check
	@echo "== tests on SQLite"
	@$(ON_SQLITE) -m "not browser"
	@echo "== what PostgreSQL can break"
	@$(ON_POSTGRESQL) -m "postgresql and not browser" $$(grep -rl "mark\.postgresql" tests --include "test_*.py")

test-all: check
	@status=0; \
	echo "== tests on SQLite"; $(ON_SQLITE) -m "not browser" || status=1; \
	echo "== tests on PostgreSQL"; $(ON_POSTGRESQL) -m "not browser" || status=1; \
	echo "== tests in a browser"; $(ON_SQLITE) tests/browser $(ONCE_MORE) || status=1; \
	exit $$status

# makemigrations begins with what manage.py check finds.
check: $(VENV)/.installed-dev
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) -m tools.build_fixtures --check

# What a production start would warn of.
deploy-check: $(VENV)/.installed
	@DJANGO_SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		DJANGO_DEBUG=off DJANGO_HTTPS=on DJANGO_ALLOWED_HOSTS=journeys.example \
		DJANGO_PUBLIC_ADDRESS=https://journeys.example \
		$(PY) manage.py check --deploy --fail-level WARNING

fixtures: $(VENV)/.installed .env
	@$(PY) -m tools.build_fixtures

lock: $(VENV)/.installed-dev
	$(LOCK) pyproject.toml -o requirements/run.txt
	$(LOCK) requirements/run.txt --group dev -o requirements/dev.txt

# Whether a weakness is known of any package in the locks: asks a registry, so it is no test.
audit: $(VENV)/.installed-dev
	@$(VENV)/bin/uv tool run --quiet pip-audit --strict --disable-pip --require-hashes \
		--progress-spinner off -r requirements/dev.txt || { echo "Not clean, or not audited: where nothing above names a weakness, no registry that knows of weaknesses answered. Try where the Python package index can be reached."; exit 1; }

# The pictures of README and of the guide for editors, from a portal of their own.
pictures: $(VENV)/.installed-dev
	@REQUIRE_BROWSER=1 $(PY) -m pytest tests/browser/pictures.py

# How fast it is, into docs/performance.md, for so many cities: make bench SIZES="5 300 1300".
SIZES ?= 5 300
bench: $(VENV)/.installed-dev var/static/.collected
	@$(PY) -m compileall -q journeys members strongcities
	@$(PY) -m tests.with_postgresql $(PY) -m tools.bench $(SIZES)

# What it survives, into docs/reliability.md; FAULTS="worker_killed restored" only prints those.
# SOAK are the seconds for which its memory is watched.
FAULTS ?=
export SOAK ?= 600
faults: $(VENV)/.installed-dev var/static/.collected
	@$(PY) -m tools.faults $(FAULTS) 2>var/faults.log || { tail var/faults.log; exit 1; }

# Several machines in small, parts of which are killed, into docs/failover.md.
failover: $(VENV)/.installed-dev var/static/.collected
	@$(PY) -m tools.failover

clean:
	rm -rf $(VENV) var

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it (on Debian or Ubuntu: apt install python3 python3-venv), then run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and $(PYTHON) is older: install it, or name another with make PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python lacks venv: install it (on Debian or Ubuntu: apt install python3-venv), then run make again."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements/run.txt | $(PY)
	@echo "Installing what the portal needs ..."
	@$(INSTALL) -r requirements/run.txt
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@echo "Installing what the tests need ..."
	@$(INSTALL) --no-binary jstyleson --use-pep517 -r requirements/dev.txt
	@touch $@

# What a laptop needs, made once and kept out of git.
.env: | $(PY)
	@umask 077; $(PY) -c 'import secrets; print("DJANGO_SECRET_KEY=" + secrets.token_urlsafe(50))' > $@.new
	@echo "DJANGO_ALLOWED_HOSTS=127.0.0.1,localhost,[::1]" >> $@.new
	@echo "DJANGO_HTTPS=off" >> $@.new
	@mv $@.new $@

var/static/.collected: $(VENV)/.installed .env $(STATIC_SOURCES)
	@echo "Collecting static files ..."
	@$(PY) manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@
