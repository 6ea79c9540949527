# `make run` and `make test` need nothing but make, a Python >= 3.12 and a package index.

HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=

# The first Python that runs, is new enough and can make environments; a pyenv shim may exist and still fail.
define find_python
for python in .venv/bin/python $(PYTHON) python3.13 python3.14 python3.12 python3 python \
	"$$HOME"/.pyenv/versions/3.1[2-9]*/bin/python3 none; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break; \
done; \
if [ "$$python" = none ]; then \
	found=$$(python3 --version 2>/dev/null || echo "tanpa Python"); \
	echo "Partisipasi membutuhkan Python 3.12 atau lebih baru, tetapi di komputer ini hanya ada $$found." >&2; \
	exit 1; \
fi
endef

.PHONY: run test check format bench requirements environment

# A fresh clone to a working portal with the demo villages; Ctrl-C ends all of it.
run:
	@$(find_python); exec "$$python" -m partisipasi.trial run "$(HOST)" "$(PORT)"

# Every test; `make test ARGS="tests/village -x"` for some of them.
test: environment
	@.venv/bin/python -m pytest -n auto --dist worksteal $(ARGS)

# Format, lint, types, missing migrations, and Django's checks for production.
check: environment
	@.ci/check

# Put Python and templates into the form that `make check` asks for.
format: environment
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix . && find templates -name '*.html' | xargs .venv/bin/djade --target-version 6.1

# Measurements, each of which prints what it measured.
bench: environment
	@for script in tests/bench/bench_*.py; do .venv/bin/python "$$script" || exit 1; done

environment:
	@$(find_python); "$$python" -m partisipasi.trial environment requirements-dev.txt

# After a change of pyproject.toml: the exact versions of everything, with hashes, for every Python we support.
UV = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.12 --generate-hashes --no-header --quiet
requirements:
	@$(UV) -o requirements.txt
	@$(UV) --all-extras -c requirements.txt -o requirements-extras.txt
	@$(UV) --all-extras --group dev -c requirements.txt -o requirements-dev.txt
