"""lib/python_version.sh: which file decides, and what it may say."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import PredictedPython

ONE_LOCK = '{\n "_meta": {\n  "requires": {\n   "python_version": %s\n  }\n }\n}'


def requested(python: PredictedPython) -> tuple[str | None, str | None, str | None]:
    return python.requested, python.resolved, python.origin


@pytest.mark.parametrize(
    ("content", "version"),
    [
        ("3.12\n", "3.12"),
        ("# our Python\n\n  3.12.4 \r\n", "3.12.4"),
        ("\N{IDEOGRAPHIC SPACE}3.12\N{IDEOGRAPHIC SPACE}", "3.12"),
        ("3.13.999", "3.13.999"),
    ],
)
def test_python_version_file(source: Callable[..., Source], content: str, version: str) -> None:
    python = predict_newest(source({"requirements.txt": "", ".python-version": content})).python
    assert (python.requested, python.origin) == (version, ".python-version")
    assert python.evidence[0].line == content.split("3.")[0].count("\n") + 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "no-version"),
        ("# 3.12\n", "no-version"),
        ("3.12\n3.13\n", "multiple-versions"),
        ("3.12\nx\n", "invalid-version"),
        ("3", "invalid-version"),
        ("03.12", "invalid-version"),
        ("3.12.", "invalid-version"),
        ("3.12 # old", "invalid-version"),
        ("\N{NO-BREAK SPACE}3.12", "invalid-version"),
        (b"3.12\0", "invalid-version"),
        ("\ufeff3.12\n", "invalid-encoding"),
        ("3.12\n".encode("utf-16"), "invalid-encoding"),
        ("pyth\xf6n".encode("latin-1"), "invalid-encoding"),
    ],
)
def test_invalid_python_version_file(source: Callable[..., Source], content: str | bytes, reason: str) -> None:
    prediction = predict_newest(source({"requirements.txt": "", ".python-version": content}))
    assert prediction.error is not None
    assert prediction.error.id == f"python-version-file::{reason}"
    assert prediction.package_manager == "pip"
    assert requested(prediction.python) == (None, None, None)


@pytest.mark.parametrize("content", ["python-3.12", "# x\npython-3.12\n\n", " python-3.12\r\n"])
def test_runtime_txt_wins(source: Callable[..., Source], content: str) -> None:
    prediction = predict_v322(source({"requirements.txt": "", "runtime.txt": content, ".python-version": "3.13"}))
    assert requested(prediction.python) == ("3.12", "3.12.12", "runtime.txt")
    assert "runtime-txt::deprecated" in [w.id for w in prediction.warnings]


@pytest.mark.parametrize(
    "content", ["", "3.12", "Python-3.12", "python-3.12.x", "python-3.12\npython-3.13", "python-3.12".encode("utf-16")]
)
def test_invalid_runtime_txt(source: Callable[..., Source], content: str | bytes) -> None:
    error = predict_v322(source({"requirements.txt": "", "runtime.txt": content})).error
    assert error is not None
    assert (error.id, error.mode) == ("runtime-txt::invalid-version", "B6")


@pytest.mark.parametrize("name", ["python-version", ".python-version ", "python_version.txt", ".Python-version"])
def test_misspelt_name(source: Callable[..., Source], name: str) -> None:
    error = predict_v322(source({"requirements.txt": "", name: "3.12", ".python-version": "3.12"})).error
    assert error is not None
    assert error.id == "python-version-file::misspelled"
    assert error.evidence[0].path == name


def test_the_newest_release_knows_more_misspelt_names(source: Callable[..., Source]) -> None:
    given = source({"requirements.txt": "", ",python-version": "3.12"})
    assert predict_v322(given).error is None
    error = predict_newest(given).error
    assert error is not None
    assert error.id == "python-version-file::misspelled"


def test_folders_of_these_names_are_not_looked_at(source: Callable[..., Source]) -> None:
    files = {"requirements.txt": "", "runtime.txt": None, "python-version": None, ".python-version": None}
    assert requested(predict_newest(source(files)).python) == ("3.14", "3.14.7", "default")


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        (ONE_LOCK % '"3.12"', ("3.12", "3.12.14", "Pipfile.lock")),
        (ONE_LOCK % '"3.12", "python_full_version": "3.11.2"', ("3.11.2", "3.11.2", "Pipfile.lock")),
        (ONE_LOCK % '"3.12\\n"', ("3.12", "3.12.14", "Pipfile.lock")),
        (ONE_LOCK % "3.12", ("3.12", "3.12.14", "Pipfile.lock")),
        ("\ufeff" + ONE_LOCK % '"3.12"', ("3.12", "3.12.14", "Pipfile.lock")),
        (ONE_LOCK % "null", ("3.14", "3.14.7", "default")),
        ("{}", ("3.14", "3.14.7", "default")),
        ('{"_meta": null}', ("3.14", "3.14.7", "default")),
        ("null", ("3.14", "3.14.7", "default")),
    ],
)
def test_pipfile_lock(source: Callable[..., Source], lock: str, expected: tuple[str, str, str]) -> None:
    assert requested(predict_newest(source({"Pipfile.lock": lock})).python) == expected


@pytest.mark.parametrize(
    ("lock", "reason"),
    [
        ("{", "invalid-json"),
        ("[]", "invalid-json"),
        ('{"_meta": []}', "invalid-json"),
        ('{"_meta": {"requires": "3.12"}}', "invalid-json"),
        (ONE_LOCK % '"3.12"' + "x", "invalid-json"),
        ((ONE_LOCK % '"3.12"').encode("utf-16"), "invalid-json"),
        ("[" * 100_000, "invalid-json"),
        ("", "invalid-version"),
        ("{} {}", "invalid-version"),
        (ONE_LOCK % '"*"', "invalid-version"),
        (ONE_LOCK % '""', "invalid-version"),
        (ONE_LOCK % "false", "invalid-version"),
        (ONE_LOCK % '" 3.12"', "invalid-version"),
    ],
)
def test_invalid_pipfile_lock(source: Callable[..., Source], lock: str | bytes, reason: str) -> None:
    error = predict_newest(source({"Pipfile.lock": lock})).error
    assert error is not None
    assert error.id == f"pipfile-lock::{reason}"


def test_the_line_of_pipfile_lock_is_that_of_the_field(source: Callable[..., Source]) -> None:
    assert predict_newest(source({"Pipfile.lock": ONE_LOCK % '"3.12"'})).python.evidence[0].line == 4


def test_pipfile_lock_says_nothing_to_other_managers(source: Callable[..., Source]) -> None:
    python = predict_v322(source({"requirements.txt": "", "Pipfile.lock": None})).python
    assert requested(python) == ("3.13", "3.13.10", "default")


@pytest.mark.parametrize(
    ("version", "old", "new"),
    [
        ("2.7.18", "python-version::eol", "python-version::eol"),
        ("3.8", "python-version::eol", "python-version::eol"),
        ("3.9", None, "python-version::eol"),
        ("3.10", None, None),
        ("3.15", "python-version::unknown-major", "python-version::unknown-major"),
        ("4.0", "python-version::unknown-major", "python-version::unknown-major"),
        ("18446744073709551619.12", "internal-error::abort", "internal-error::abort"),
        ("3.99999999999999999999", "python-version::unknown-major", "python-version::unknown-major"),
        ("3." + "9" * 5000, "python-version::eol", "python-version::eol"),
    ],
)
def test_supported_versions(source: Callable[..., Source], version: str, old: str | None, new: str | None) -> None:
    given = source({"requirements.txt": "", ".python-version": version})
    errors = [predict(given).error for predict in (predict_v322, predict_newest)]
    assert [error and error.id for error in errors] == [old, new]


def test_old_versions_and_patches_are_warned_about(source: Callable[..., Source]) -> None:
    warnings = predict_v322(source({"requirements.txt": "", ".python-version": "3.9.1"})).warnings
    assert [w.id for w in warnings] == ["python-version::deprecated", "python-version::patch-update-available"]
    newest = predict_v322(source({"requirements.txt": "", ".python-version": "3.13.10"})).warnings
    assert newest == ()


def test_uv_needs_its_file(source: Callable[..., Source]) -> None:
    error = predict_newest(source({"uv.lock": "", "pyproject.toml": '[project]\nrequires-python = ">=3.12"'})).error
    assert error is not None
    assert (error.id, error.mode) == ("python-version-file::not-found", "B3")
    assert "3.14" in error.fix
    error = predict_newest(source({"runtime.txt": "python-3.12"})).error
    assert error is not None
    assert error.id == "runtime-txt::not-supported"


def test_without_a_version_the_default_is_warned_about(source: Callable[..., Source]) -> None:
    warning = predict_v322(source({"requirements.txt": ""})).warnings[0]
    assert (warning.id, warning.mode) == ("python-version-file::not-found", "E7")
