"""Requirements of several manifests put together."""

from dataclasses import replace

from analyzer.facts.dependencies.declared import Declared, LocalProject, combine, declare, problem
from analyzer.facts.dependencies.requirement_lines import Invalid, Wanted
from analyzer.model.evidence import Evidence
from analyzer.model.facts import Dependency, PackageIndex

HERE = Evidence(path="requirements.txt", line=3, note="django")
DJANGO = Wanted(name="django", specifier=">=4.2", extras=("argon2",), marker="x", url="git+https://x", editable=True)


def test_a_requirement_keeps_everything() -> None:
    [found] = declare(replace(DJANGO, version="4.2.1"), "dev", HERE).dependencies
    assert found == Dependency(
        name="django",
        specifier=">=4.2",
        locked="4.2.1",
        extras=("argon2",),
        marker="x",
        group="dev",
        vcs="git+https://x",
        editable=True,
        evidence=HERE,
    )


def test_a_doubt_is_a_problem_beside_the_requirement() -> None:
    found = declare(Wanted(name="django", doubt="odd"), None, HERE)
    assert [item.name for item in found.dependencies] == ["django"]
    assert found.problems == (Evidence(path="requirements.txt", line=3, note="odd"),)


def test_what_is_none_or_has_no_name_is_only_a_problem() -> None:
    assert declare(Invalid(reason="bad"), None, HERE).problems[0].note == "bad"
    nameless = declare(Wanted(name=None, url="https://example.org/x.zip"), None, HERE)
    assert nameless.dependencies == ()
    assert nameless.problems[0].note == "names no package"


def test_parts_are_combined_in_their_order_without_repetition() -> None:
    index = PackageIndex(url="https://example.org", extra=True, evidence=HERE)
    project = LocalProject(directory="lib", extras=(), group=None, evidence=HERE)
    first = replace(declare(DJANGO, None, HERE), files=("b", "a"), indexes=(index,), pins=(("x", "1"),))
    second = Declared(
        files=("a", "c"),
        dependencies=first.dependencies,
        indexes=(index,),
        pins=(("x", "1"),),
        projects=(project, project),
        problems=(HERE, HERE),
    )
    found = combine([first, second])
    assert found.files == ("b", "a", "c")
    assert found.names == {"django"}
    assert (len(found.dependencies), len(found.indexes), len(found.pins)) == (1, 1, 1)
    assert (found.projects, found.problems) == ((project,), (HERE,))


def test_a_problem_without_a_line_is_on_the_first() -> None:
    assert problem("x.toml", None, "bad").line == 1
