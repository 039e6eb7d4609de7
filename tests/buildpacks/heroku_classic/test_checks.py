"""lib/checks.sh and lib/hooks.sh: what is in the source besides the app."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import Step

APP = {"requirements.txt": "", ".python-version": "3.13"}


@pytest.mark.parametrize("name", [".venv", "venv"])
def test_virtual_environment(source: Callable[..., Source], name: str) -> None:
    given = source({**APP, f"{name}/pyvenv.cfg": ""})
    old, new = predict_v322(given), predict_newest(given)
    assert old.error is None
    assert [w.id for w in old.warnings] == ["checks::existing-venv-dir"]
    assert new.error is not None
    assert (new.error.id, new.error.mode) == ("checks::existing-venv-dir", "B18")
    assert new.error.evidence[0].path == f"{name}/pyvenv.cfg"
    assert new.package_manager == "pip"
    assert new.python.requested is None


def test_both_virtual_environments_are_warned_about(source: Callable[..., Source]) -> None:
    warnings = predict_v322(source({**APP, "venv/pyvenv.cfg": "", ".venv/pyvenv.cfg": ""})).warnings
    assert [w.evidence[0].path for w in warnings] == [".venv/pyvenv.cfg", "venv/pyvenv.cfg"]


def test_the_package_manager_is_missed_before_the_virtual_environment(source: Callable[..., Source]) -> None:
    error = predict_newest(source({"venv/pyvenv.cfg": ""})).error
    assert error is not None
    assert error.id == "package-manager::none-found"


def test_a_folder_without_pyvenv_cfg_is_none(source: Callable[..., Source]) -> None:
    prediction = predict_newest(source({**APP, "venv/bin/python": "", ".venv/pyvenv.cfg": None}))
    assert prediction.error is None


@pytest.mark.parametrize("content", ["", None])
def test_place_of_python(source: Callable[..., Source], content: str | None) -> None:
    prediction = predict_v322(source({**APP, ".heroku/python": content}))
    assert prediction.error is not None
    assert prediction.error.id == "checks::existing-python-dir"
    assert prediction.package_manager is None


def test_a_dangling_link_there_does_no_harm(source: Callable[..., Source]) -> None:
    assert predict_v322(source({**APP, ".heroku/python": Path("nowhere")})).error is None


def test_hooks_run(source: Callable[..., Source]) -> None:
    given = {**APP, "bin/pre_compile": "#!/bin/sh\n", "bin/post_compile": "make\n"}
    hooks = [s for s in predict_newest(source(given)).statements if s.step is Step.HOOKS]
    assert [(s.evidence[0].path, s.mode) for s in hooks] == [("bin/pre_compile", None), ("bin/post_compile", "C9")]


def test_no_hooks(source: Callable[..., Source]) -> None:
    prediction = predict_newest(source({**APP, "bin/pre_compile": None, "bin/postcompile": ""}))
    assert Step.HOOKS not in [s.step for s in prediction.statements]


def test_a_hook_with_windows_line_endings_has_no_interpreter(source: Callable[..., Source]) -> None:
    given = source({**APP, "bin/pre_compile": "#!/bin/sh\r\nmake\r\n", "bin/post_compile": "#!/bin/sh\nmake\r\n"})
    assert "hooks::pre_compile" in [f.id for f in predict_newest(given).failures]
    assert "hooks::post_compile" not in [f.id for f in predict_newest(given).failures]
