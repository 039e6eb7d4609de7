"""Recipes of Makefiles."""

from analyzer.facts.existing.makefile import read_target
from tests.facts.conftest import MakeRepository

MAKEFILE = """\
PYTHON ?= python
MANAGE = $(PYTHON) manage.py
.PHONY: run
run: migrate  ## serve
\t@$(MANAGE) runserver \\
\t\t0.0.0.0:$$PORT

migrate collect:
\t-${MANAGE} $@
unused: unused
\ttrue
"""


def test_a_recipe_after_those_that_it_needs(repository: MakeRepository) -> None:
    repo = repository({"Makefile": MAKEFILE})
    found = [(line.text, line.line) for line in read_target(repo, "Makefile", "run")]
    assert found == [("python manage.py $@", 9), ("python manage.py runserver  0.0.0.0:$PORT", 5)]


def test_the_first_target_is_the_default(repository: MakeRepository) -> None:
    repo = repository({"Makefile": MAKEFILE})
    assert read_target(repo, "Makefile", None) == read_target(repo, "Makefile", "run")


def test_unknown_targets_and_circles_end(repository: MakeRepository) -> None:
    repo = repository({"Makefile": MAKEFILE + "loop: pool\npool: loop\n\tx\n", "other": "A=$(B)\nB=$(A)\na:\n\t$(A)\n"})
    assert read_target(repo, "Makefile", "missing") == ()
    assert [line.text for line in read_target(repo, "Makefile", "loop")] == ["x"]
    assert [line.text for line in read_target(repo, "other", "a")] == ["$(B)"]
    assert read_target(repo, "missing", "a") == ()
