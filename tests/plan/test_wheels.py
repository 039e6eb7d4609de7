"""What the package index says about wheels, and what is asked of it."""

from collections.abc import Callable

import pytest

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import Decision, PlanNote
from analyzer.model.wheels import IndexAnswer, WheelQuestion
from analyzer.plan.python_version import plan_python_version, wheel_question

Facts = Callable[..., ProjectFacts]
PINS = {"requirements.txt": "Django==4.2.11\nlxml==4.9.2\npsycopg2==2.9.9\n"}


def decide(facts: ProjectFacts, answer: IndexAnswer) -> tuple[Decision[str], tuple[PlanNote, ...]]:
    return plan_python_version(facts, Overrides(), answer)


def ask(facts: ProjectFacts, **image: str) -> WheelQuestion | None:
    return wheel_question(facts, Overrides(image=ImageOverrides(**image)))  # type: ignore[arg-type]


def test_the_question_names_what_production_installs_on_each_candidate(facts: Facts) -> None:
    files = {
        "requirements.txt": "Django==4.2.11\ntomli>=1; python_version < '3.11'\npsycopg[binary]~=3.2\n"
        "winpty==1; sys_platform == 'win32'\nshop @ https://packages.example/shop.zip\n",
        "requirements-dev.txt": "pytest==8.0.0\n",
    }
    question = ask(facts(files))
    assert question is not None
    assert list(question.requirements) == ["3.12", "3.11", "3.10", "3.9", "3.8"]
    assert question.requirements["3.12"] == ("django==4.2.11", "psycopg~=3.2")
    assert set(question.requirements["3.10"]) == {"django==4.2.11", "tomli>=1", "psycopg~=3.2"}


def test_nothing_is_asked_where_the_version_is_named(facts: Facts) -> None:
    assert ask(facts({".python-version": "3.11\n"})) is None
    assert ask(facts(), python_version="3.11") is None
    ranged = ask(facts({**PINS, "pyproject.toml": '[project]\nname = "x"\nrequires-python = ">=3.11"\n'}))
    assert ranged is not None
    assert list(ranged.requirements) == ["3.12", "3.11"]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url=https://packages.example/simple",
        "-e git+https://git.example/x.git#egg=x",
        "./local",
        "x===1",
    ],
)
def test_options_and_addresses_of_the_repository_are_never_asked(facts: Facts, line: str) -> None:
    question = ask(facts({"requirements.txt": f"Django==4.2.11\n{line}\n"}))
    assert question is not None
    assert set(question.requirements.values()) == {("django==4.2.11",)}


def test_the_newest_with_wheels_is_chosen_and_the_others_say_what_lacks(facts: Facts) -> None:
    answer = IndexAnswer(missing={"3.12": ("psycopg2==2.9.9", "lxml==4.9.2"), "3.11": ("psycopg2==2.9.9",)})
    decision, notes = decide(facts(PINS), answer)
    assert decision.value == "3.11"
    assert decision.rule.endswith(
        "for which the pins have wheels, as the package index says, but for psycopg2==2.9.9, which has none for any"
    )
    assert {a.value: a.reason for a in decision.alternatives}["3.12"] == "no wheel of lxml==4.9.2"
    (note,) = notes
    assert note.code == "wheel-missing-in-index"
    assert (note.evidence[0].path, note.evidence[0].line) == ("requirements.txt", 3)
    assert "psycopg2==2.9.9 for Python 3.11" in note.message


def test_the_index_knows_more_than_the_tables(facts: Facts) -> None:
    found = facts({"requirements.txt": "Django==4.2.11\nlxml==4.9.2\n"})
    assert plan_python_version(found, Overrides())[0].value == "3.11"
    decision, notes = decide(found, IndexAnswer(missing={"3.12": ()}))
    assert (decision.value, notes) == ("3.12", ())
    assert decision.rule.endswith("as the package index says")


def test_without_an_answer_the_tables_decide_and_a_note_says_so(facts: Facts) -> None:
    found = facts(PINS)
    decision, notes = decide(found, IndexAnswer(problem="http://127.0.0.1/: connection refused"))
    assert decision == plan_python_version(found, Overrides())[0]
    assert [note.code for note in notes] == ["package-index-silent"]
    assert "connection refused" in notes[0].message
