"""The environment of the build and of the app, NLTK, and what comes with Python."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import Step


def test_environment_of_pip(source: Callable[..., Source]) -> None:
    prediction = predict_newest(source({"requirements.txt": ""}))
    assert prediction.build_environment["PIP_DISABLE_PIP_VERSION_CHECK"] == "1"
    assert prediction.build_environment["LANG"] == "en_US.UTF-8"
    assert prediction.run_environment["FORWARDED_ALLOW_IPS"] == "*"
    assert prediction.run_environment["PYTHONPATH"] == "${PYTHONPATH:-$HOME}"
    assert "NLTK_DATA" not in prediction.run_environment


def test_environment_of_uv_differs_by_release(source: Callable[..., Source]) -> None:
    given = source({"uv.lock": "", ".python-version": "3.13"})
    assert "UV_LINK_MODE" not in predict_v322(given).build_environment
    assert predict_newest(given).build_environment["UV_LINK_MODE"] == "hardlink"
    assert not [name for name in predict_newest(given).run_environment if name.startswith("UV_")]


def test_environment_of_an_editable_install_is_that_of_pip(source: Callable[..., Source]) -> None:
    assert predict_v322(source({"setup.py": ""})).run_environment["PIP_DISABLE_PIP_VERSION_CHECK"] == "1"


@pytest.mark.parametrize(("python", "told"), [("3.12", True), ("3.13", False)])
def test_setuptools_comes_with_old_python(source: Callable[..., Source], python: str, told: bool) -> None:
    prediction = predict_newest(source({"requirements.txt": "", ".python-version": python}))
    assert ("E8" in [s.mode for s in prediction.statements]) is told


def test_setuptools_does_not_come_with_poetry(source: Callable[..., Source]) -> None:
    prediction = predict_newest(source({"poetry.lock": "", ".python-version": "3.12"}))
    assert "E8" not in [s.mode for s in prediction.statements]


def test_wheel_comes_with_the_old_release_only(source: Callable[..., Source]) -> None:
    given = source({"requirements.txt": "", ".python-version": "3.12"})
    old, new = (
        [s.text for s in predict(given).statements if s.mode == "E8"] for predict in (predict_v322, predict_newest)
    )
    assert "wheel" in old[0]
    assert "wheel" not in new[0]


def test_corpora_are_downloaded(project: Callable[..., Source]) -> None:
    prediction = predict_newest(
        project({"requirements.txt": "Django==5.2.7\nnltk==3.9\n", "nltk.txt": "punkt\nwordnet\n"})
    )
    assert prediction.run_environment["NLTK_DATA"] == "/app/.heroku/python/nltk_data"
    assert next(s.text for s in prediction.statements if s.step is Step.NLTK).startswith("downloads punkt, wordnet to")


def test_corpora_that_no_package_asks_for(project: Callable[..., Source]) -> None:
    prediction = predict_newest(project({"nltk.txt": "punkt\n"}))
    assert "NLTK_DATA" not in prediction.run_environment
    assert next(s.text for s in prediction.statements if s.step is Step.NLTK).startswith("if nltk is installed")


def test_nltk_without_its_file(project: Callable[..., Source]) -> None:
    prediction = predict_newest(project({"requirements.txt": "Django==5.2.7\nnltk==3.9\n"}))
    assert [s.text for s in prediction.statements if s.step is Step.NLTK] == ["no nltk.txt: no corpora are downloaded"]
