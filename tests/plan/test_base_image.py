"""The Debian release and the base image."""

from collections.abc import Callable

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.model.plan import ImagePlan
from analyzer.plan.image import plan_image

Facts = Callable[..., ProjectFacts]


def image(facts: ProjectFacts, overrides: Overrides = Overrides()) -> ImagePlan:  # noqa: B008
    return plan_image(facts, overrides)[0]


def test_the_stable_release_is_the_default(facts: Facts) -> None:
    plan = image(facts({".python-version": "3.13\n"}))
    assert plan.debian.value == "trixie"
    assert plan.base_image.value == "python:3.13-slim-trixie"


def test_a_package_that_left_debian_keeps_the_older_release(facts: Facts) -> None:
    plan = image(facts({".python-version": "3.13\n", "requirements.txt": "Django==5.2.19\npdfkit==1.0.0\n"}))
    assert plan.debian.value == "bookworm"
    assert "wkhtmltopdf" in plan.debian.alternatives[0].reason
    assert (plan.debian.evidence[0].path, plan.debian.evidence[0].line) == ("requirements.txt", 2)


def test_a_pinned_gdal_keeps_the_release_with_its_library(facts: Facts) -> None:
    assert image(facts({"requirements.txt": "Django==5.2.19\ngdal==3.6.2\n"})).debian.value == "bookworm"
    assert image(facts({"requirements.txt": "Django==5.2.19\ngdal==3.10.3\n"})).debian.value == "trixie"


def test_a_python_without_an_image_of_the_default_release(facts: Facts) -> None:
    plan, notes = plan_image(
        facts({"runtime.txt": "python-3.8.18\n", "requirements.txt": "Django==4.2.11\n"}), Overrides()
    )
    assert plan.base_image.value == "python:3.8-slim-bookworm"
    assert plan.debian.alternatives[0].value == "trixie"
    assert "debian-ended" not in {note.code for note in notes}


def test_a_python_with_images_of_ended_releases_only(facts: Facts) -> None:
    files = {"runtime.txt": "python-3.6.15\n", "requirements.txt": "Django==3.2.25\n"}
    plan, notes = plan_image(facts(files), Overrides())
    assert plan.base_image.value == "python:3.6-slim-bullseye"
    assert {"debian-ended", "python-ended"} <= {note.code for note in notes}


def test_the_configuration_decides(facts: Facts) -> None:
    overrides = Overrides(image=ImageOverrides(debian="bookworm"))
    assert image(facts({".python-version": "3.13\n"}), overrides).base_image.value == "python:3.13-slim-bookworm"
    own = Overrides(image=ImageOverrides(base_image="registry.example/python:3.13"))
    assert image(facts(), own).base_image.value == "registry.example/python:3.13"


def test_what_only_buildkit_builds_is_for_those_who_ask(facts: Facts) -> None:
    plan = image(facts())
    assert (plan.buildkit.value, plan.buildkit.override) == (False, "image.buildkit")
    overrides = Overrides(image=ImageOverrides(buildkit=True), lines={"image.buildkit": 7})
    asked = image(facts(), overrides).buildkit
    assert (asked.value, asked.evidence[0].line) == (True, 7)
    assert "cache mounts" in asked.rule
    assert asked.alternatives[0].reason.startswith("without the configuration: every builder")
