"""What starts on Heroku and on App Platform."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction, Step

APP = {"requirements.txt": "", ".python-version": "3.13"}


def failures(prediction: BuildpackPrediction, step: Step) -> list[tuple[str, str | None]]:
    return [(f.id, f.mode) for f in prediction.failures if f.step is step]


@pytest.mark.parametrize(
    ("procfile", "processes"),
    [
        ("web: gunicorn a\nworker: celery  \r\n", {"web": "gunicorn a", "worker": "celery"}),
        ("  web:\tgunicorn a", {"web": "gunicorn a"}),
        ("web gunicorn a", {"web": "gunicorn a"}),
        ("web:gunicorn a", {}),
        ("# web: gunicorn a\n\nWeb: gunicorn a", {"Web": "gunicorn a"}),
        ("web: one\nweb: two", {"web": "two"}),
        ("my_worker: x\nmy-worker: y", {"my_worker": "x", "my-worker": "y"}),
        ("web: ", {}),
        ("web: gunicorn a\n".encode("utf-16"), {}),
        (b"\xef\xbb\xbfweb: gunicorn a\nworker: x", {"worker": "x"}),
        (None, {}),
    ],
)
def test_procfile(source: Callable[..., Source], procfile: str | bytes | None, processes: dict[str, str]) -> None:
    prediction = predict_newest(source({**APP, "Procfile": procfile}))
    assert prediction.processes == processes
    assert prediction.default_process == ("web" if "web" in processes else None)
    assert (("processes::none", None) in failures(prediction, Step.PROCESSES)) is ("web" not in processes)


def test_the_name_of_the_file_is_case_sensitive(source: Callable[..., Source]) -> None:
    assert predict_newest(source({**APP, "procfile": "web: gunicorn a"})).processes == {}


def test_a_space_before_the_colon_makes_a_command_that_does_nothing(source: Callable[..., Source]) -> None:
    prediction = predict_newest(source({**APP, "Procfile": "web: gunicorn a\nrelease : python manage.py migrate\n"}))
    assert prediction.processes["release"] == ": python manage.py migrate"
    failure = next(f for f in prediction.failures if f.step is Step.PROCESSES)
    assert (failure.id, failure.mode) == ("processes::space-before-colon", "B17")
    assert failure.evidence[0].line == 2


def test_the_release_command_is_told_without_that_colon(source: Callable[..., Source]) -> None:
    prediction = predict_v322(source({**APP, "Procfile": "web: gunicorn a\nrelease : python manage.py migrate\n"}))
    told = next(one.text for one in prediction.statements if one.mode == "A11")
    assert told.startswith("`python manage.py migrate` is not run")


def test_without_procfile_the_fix_names_the_application(project: Callable[..., Source]) -> None:
    settings = 'SECRET_KEY = "x"\nWSGI_APPLICATION = "shop.wsgi.application"\n'
    given = project({"Procfile": None, "site_settings.py": settings, "shop/wsgi.py": "application = 1\n"})
    failure = next(f for f in predict_newest(given).failures if f.step is Step.PROCESSES)
    assert failure.id == "processes::none"
    assert "H14" in failure.log
    assert "`web: gunicorn shop.wsgi:application`" in failure.fix


def test_release_runs_on_heroku_only(source: Callable[..., Source]) -> None:
    given = source({**APP, "Procfile": "web: gunicorn a\nrelease: python manage.py migrate\n"})
    assert "A11" not in [s.mode for s in predict_newest(given).statements]
    assert "A11" in [s.mode for s in predict_v322(given).statements]


SPEC = (
    "services:\n- name: site\n  source_dir: /\n  http_port: 8000\n  run_command: gunicorn -b 0.0.0.0:8000 shop.wsgi\n"
)


def test_app_spec_gives_the_run_command_on_app_platform(source: Callable[..., Source]) -> None:
    given = source({**APP, ".do/app.yaml": SPEC})
    prediction = predict_v322(given)
    assert (prediction.default_process, prediction.processes["site"]) == ("site", "gunicorn -b 0.0.0.0:8000 shop.wsgi")
    assert prediction.failures == ()
    assert predict_newest(given).default_process is None


def test_a_component_of_another_folder_does_not(source: Callable[..., Source]) -> None:
    spec = SPEC.replace("source_dir: /", "source_dir: backend")
    assert predict_v322(source({**APP, ".do/app.yaml": spec})).default_process is None


def test_the_port_of_the_component_decides(source: Callable[..., Source]) -> None:
    spec = SPEC.replace("  http_port: 8000\n", "")
    prediction = predict_v322(source({**APP, ".do/app.yaml": spec}))
    assert failures(prediction, Step.BOOT) == [("boot::fixed-port", "E5")]


@pytest.mark.parametrize(
    "files",
    [{"Dockerfile": "FROM x"}, {".do/app.yaml": "services:\n- name: a\n  dockerfile_path: deploy/Dockerfile\n"}],
)
def test_a_dockerfile_wins_on_app_platform(source: Callable[..., Source], files: dict[str, str]) -> None:
    given = source({**APP, **files})
    told = [s for s in predict_v322(given).statements if "Dockerfile" in s.text]
    assert [s.evidence[0].path for s in told] == list(files)
    assert not [s for s in predict_newest(given).statements if "Dockerfile" in s.text]


def test_package_json_is_built_on_app_platform_only(source: Callable[..., Source]) -> None:
    given = source({**APP, "package.json": '{"scripts": {"build": "vite build"}}'})
    assert [s.mode for s in predict_v322(given).statements if s.step is Step.FRONTEND] == [None]
    assert [s.mode for s in predict_newest(given).statements if s.step is Step.FRONTEND] == ["A10"]


def test_a_package_json_that_builds_nothing_is_no_loss(project: Callable[..., Source]) -> None:
    given = project({"package.json": '{"scripts": {"lint": "eslint ."}}'})
    assert [s.mode for s in predict_newest(given).statements if s.step is Step.FRONTEND] == [None]
