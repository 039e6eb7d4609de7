"""Debian packages of the builder and of the image."""

import re
from collections.abc import Callable

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import ImagePlan, PlanNote
from analyzer.plan.debian_names import declared_names, why_left_out
from analyzer.plan.image import plan_image
from analyzer.plan.tables import table

Facts = Callable[..., ProjectFacts]
PIP = "RUN pip install -r requirements.txt\n"
NAME = re.compile(r"[a-z0-9][a-z0-9+.-]+")


def planned(
    facts: ProjectFacts,
    overrides: Overrides = Overrides(),  # noqa: B008
) -> tuple[ImagePlan, tuple[PlanNote, ...]]:
    return plan_image(facts, overrides)


def build(plan: ImagePlan) -> list[str]:
    return [package.name for package in plan.build_packages.value]


def run(plan: ImagePlan) -> list[str]:
    return [package.name for package in plan.run_packages.value]


def test_nothing_is_compiled_where_every_pin_has_a_wheel(facts: Facts) -> None:
    plan, _ = planned(
        facts({".python-version": "3.13\n", "requirements.txt": "Django==5.2.19\npsycopg2-binary==2.9.11\n"})
    )
    assert (build(plan), run(plan)) == ([], [])
    assert "nothing is compiled" in plan.build_packages.rule


def test_a_pin_without_a_wheel_for_this_python_is_compiled(facts: Facts) -> None:
    files = {".python-version": "3.13\n", "requirements.txt": "Django==5.2.19\npsycopg2-binary==2.9.9\n"}
    plan, _ = planned(facts(files))
    assert {"gcc", "libpq-dev"} <= set(build(plan))
    assert run(plan) == ["libpq5"]
    assert plan.build_packages.evidence[0].line == 2


def test_names_are_those_of_the_release(facts: Facts) -> None:
    files = {".python-version": "3.13\n", "requirements.txt": "Django==5.2.19\npython-magic==0.4.27\n"}
    assert run(planned(facts(files))[0]) == ["libmagic1t64"]
    overrides = Overrides(image=ImageOverrides(debian="bookworm"))
    assert run(planned(facts(files), overrides)[0]) == ["libmagic1"]


def test_the_builder_has_the_libraries_that_manage_py_loads(facts: Facts) -> None:
    files = {"requirements.txt": "Django==5.2.19\npython-magic==0.4.27\n"}
    plan, _ = planned(facts(files))
    assert plan.collectstatic.value is not None
    assert build(plan) == ["libmagic1t64"]
    without, _ = planned(facts(files), Overrides(image=ImageOverrides(collectstatic=False)))
    assert build(without) == []


def test_gettext_is_there_for_translations_alone(facts: Facts) -> None:
    files = {"locale/de/LC_MESSAGES/django.po": 'msgid ""\n'}
    assert build(planned(facts(files))[0]) == ["gettext"]
    off = Overrides(image=ImageOverrides(compilemessages=False))
    assert build(planned(facts(files), off)[0]) == []


def test_git_fetches_a_requirement(facts: Facts) -> None:
    plan, _ = planned(facts({"requirements.txt": "Django==5.2.19\nx @ git+https://git.example/x.git\n"}))
    assert {"git", "ca-certificates"} <= set(build(plan))


def test_what_a_dockerfile_installs_for_people_is_left_out(facts: Facts) -> None:
    dockerfile = (
        "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y curl nginx poppler-utils libssl1.1\n" + PIP
    )
    plan, notes = planned(facts({"Dockerfile": dockerfile}))
    assert run(plan) == ["poppler-utils"]
    assert {alternative.value for alternative in plan.run_packages.alternatives} == {"curl", "libssl1.1", "nginx"}
    assert "system-package-left-out" not in {note.code for note in notes}


def test_a_package_of_unknown_name_is_left_out_with_a_note(facts: Facts) -> None:
    dockerfile = "FROM python:3.13-slim\nRUN apt-get update && apt-get install -y libfrobnicate7\n" + PIP
    plan, notes = planned(facts({"Dockerfile": dockerfile}))
    assert run(plan) == []
    found = [note for note in notes if note.code == "system-package-left-out"]
    assert found[0].evidence[0].line == 2


def test_packages_of_one_line_are_one_note_without_servers(facts: Facts) -> None:
    names = "libfrobnicate7 libacme2 postgresql-9.5 postgresql-contrib-9.5 postgresql-server-dev-9.5"
    dockerfile = f"FROM python:3.13-slim\nRUN apt-get update && apt-get install -y {names}\n" + PIP
    _, notes = planned(facts({"Dockerfile": dockerfile}))
    (note,) = [note for note in notes if note.code == "system-package-left-out"]
    assert "installs libacme2, libfrobnicate7; whether" in note.message
    assert note.remedy == "where the app needs them, add their names in Debian trixie to image.system_packages"


def test_a_name_of_another_release_is_translated(facts: Facts) -> None:
    dockerfile = (
        "FROM python:3.13-slim-bookworm\nRUN apt-get update && apt-get install -y libgl1-mesa-glx libicu72\n" + PIP
    )
    assert run(planned(facts({"Dockerfile": dockerfile}))[0]) == ["libgl1", "libicu76"]


def test_the_configuration_adds(facts: Facts) -> None:
    overrides = Overrides(
        image=ImageOverrides(system_packages=("ffmpeg",), build_packages=("swig",)),
        lines={"image.system_packages": 4},
        file="doctor.toml",
    )
    plan, _ = planned(facts(), overrides)
    assert ("ffmpeg" in run(plan), "swig" in build(plan)) == (True, True)
    assert (plan.run_packages.evidence[0].path, plan.run_packages.evidence[0].line) == ("doctor.toml", 4)


def test_java_needs_a_folder_that_slim_images_lack(facts: Facts) -> None:
    plan, _ = planned(facts({"Dockerfile": f"FROM python:3.13\nRUN apt-get install -y jing tidy\nCOPY . .\n{PIP}"}))
    assert {package.name: package.folder for package in plan.run_packages.value} == {
        "jing": "/usr/share/man/man1",
        "tidy": "",
    }


def test_the_table_is_consistent() -> None:
    data = table("debian_packages")
    for names in (data["both"], *(data[release] for release in data["releases"])):
        assert names == sorted(set(names))
        assert all(NAME.fullmatch(name) for name in names)
    assert declared_names("libmagic1") == {"trixie": "libmagic1t64", "bookworm": "libmagic1"}
    assert declared_names("wkhtmltopdf") == {"bookworm": "wkhtmltopdf"}
    assert why_left_out("poppler-utils") is None
