# Everything is installed into .venv, an environment of the checkout's own. Nothing else of the machine is changed, unless
# it is Debian without a Docker engine and make runs as root: then `make engine` and `make test` install and start one,
# and `make test` installs Chromium.

# The repository that `make scan` reads, and the folder of repositories for `make crater`, `make bench` and
# `make fuzz`.
REPO = fixtures/heroku_celery_beat/repo
CORPUS =
# The file that `make crater` writes its summary to.
WRITE =
# How long each of the two fuzzers of `make fuzz` runs.
SECONDS = 600
# Images for `make engine` besides those that the tests always need.
IMAGES =
# More arguments for the program that a target runs: with bench, '--write docs/benchmarks.md', or '--against folder' to
# compare with another checkout.
ARGS =
# Interpreters for .venv: the first that is new enough and able to create an environment.
PYTHON = python3 python3.14 python3.13 python3.12 python3.11

# Paths reach the programs through the environment, as they were typed, whatever characters they hold.
override REPO := $(value REPO)
override CORPUS := $(value CORPUS)
override WRITE := $(value WRITE)
export REPO CORPUS WRITE
export PIP_DISABLE_PIP_VERSION_CHECK = 1

# Stamps: what doctor needs is installed; what its tests need is installed as well. They do not outlive an interpreter
# that was removed or replaced.
RUN = .venv/ready-to-run
TEST = .venv/ready-to-test
$(shell test ! -d .venv || .venv/bin/python -c 'import packaging' 2>/dev/null || rm -f $(RUN) $(TEST))

.SILENT:
.PHONY: help scan test lint engine bench bench-images fuzz crater clean

help: ## list the targets
	sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

scan: $(RUN) ## run `doctor scan` on the repository REPO=path
	.venv/bin/python -m analyzer scan "$$REPO" --fail-on never $(ARGS)

test: lint ## check style, types and imports, then run the tests; those with Docker or a browser where there can be one
	.venv/bin/python -m tests.engine.provision || test -z "$$CI"
	.venv/bin/python -m tests.browser.provision || test -z "$$CI"
	.venv/bin/python -m pytest -n 2 --dist loadgroup $(ARGS)

lint: $(TEST) ## check style, types and imports
	.venv/bin/python -m ruff check
	.venv/bin/python -m ruff format --check
	.venv/bin/python .venv/bin/lint-imports --no-logo
	.venv/bin/python -m mypy

engine: $(RUN) ## provide a Docker engine for the tests, with its usual images and those named in IMAGES
	.venv/bin/python -m tests.engine.provision $(IMAGES) $(ARGS)

bench: $(RUN) ## measure time and memory, of the repositories in CORPUS=folder too
	$(compile)
	.venv/bin/python -m tests.bench.measure $(if $(CORPUS),--corpus "$$CORPUS") $(ARGS)

bench-images: $(TEST) ## measure builds of images; ARGS='--results file --corpus folder --only NAME --peers folder'
	.venv/bin/python -m tests.bench.images $(ARGS)

fuzz: $(TEST) ## look for inputs that break a scan, for SECONDS; of the repositories in CORPUS=folder instead of fixtures/
	.venv/bin/python -m tests.fuzz.run --seconds $(SECONDS) $(if $(CORPUS),--corpus "$$CORPUS") $(ARGS)
	.venv/bin/python -m tests.fuzz.guided --seconds $(SECONDS)

crater: $(RUN) ## scan all repositories in CORPUS=folder, compare with what Django said; WRITE=file for a summary
	test -n "$$CORPUS" || { echo "make crater: add CORPUS=folder, which holds checked-out repositories" >&2; exit 2; }
	.venv/bin/python -m tests.oracles.crater "$$CORPUS" $(if $(WRITE),--write "$$WRITE") $(ARGS)

clean: ## remove the environment, caches and builds
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage build dist
	find analyzer tests -name __pycache__ -prune -exec rm -rf {} +

$(RUN): pyproject.toml
	$(call install,.)

$(TEST): pyproject.toml
	$(call install,.[dev])
	touch $(RUN)

# An installed package is compiled; one that is run from its sources would not be under PYTHONDONTWRITEBYTECODE.
compile = .venv/bin/python -m compileall -q analyzer && .venv/bin/python -m analyzer.precompile

define install
.venv/bin/python -m pip --version >/dev/null 2>&1 || { \
    for python in $(PYTHON); do \
        "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
        python=; \
    done; \
    test "$$python" || { echo "doctor needs Python 3.11 or newer with venv (Debian: python3-venv); tried: $(PYTHON)" >&2; exit 1; }; \
    "$$python" -m venv --clear .venv; \
}
echo "installing $1 into .venv" >&2
.venv/bin/python -m pip install --quiet --editable '$1'
$(compile)
touch $@
endef
