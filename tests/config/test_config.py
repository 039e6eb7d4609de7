"""doctor.toml and [tool.doctor]: where they are looked for, what they may say."""

import os
from dataclasses import fields
from pathlib import Path

import pytest

from analyzer.config import Config, load_config
from analyzer.model.errors import UsageError
from analyzer.snapshot.limits import Limits

LIMIT = fields(Limits)[0].name


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config()
    write(tmp_path / "pyproject.toml", '[project]\nname = "shop"\n')
    assert load_config(tmp_path) == Config()


def test_doctor_toml(tmp_path: Path) -> None:
    write(tmp_path / "doctor.toml", f'\ufeffroot_dir = "backend"\n[limits]\n{LIMIT} = 7\n')
    config = load_config(tmp_path)
    assert config.root_dir == "backend"
    assert getattr(config.limits, LIMIT) == 7
    assert getattr(Config().limits, LIMIT) != 7


def test_the_table_in_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.doctor]\nroot_dir = "api"\n[tool.other]\nroot_dir = "x"\n')
    assert load_config(tmp_path).root_dir == "api"


def test_a_named_file_goes_before_the_folders_own(tmp_path: Path) -> None:
    write(tmp_path / "doctor.toml", "nonsense = 1\n")
    named = write(tmp_path / "other.toml", 'root_dir = "api"\n')
    assert load_config(tmp_path, named).root_dir == "api"


def test_a_named_pyproject_must_have_the_table(tmp_path: Path) -> None:
    named = write(tmp_path / "pyproject.toml", "[project]\n")
    with pytest.raises(UsageError, match=r"pyproject\.toml has no \[tool\.doctor\] table"):
        load_config(tmp_path, named)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot read .*gone\.toml: No such file"):
        load_config(tmp_path, tmp_path / "gone.toml")


def test_two_configurations_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "doctor.toml", "")
    write(tmp_path / "pyproject.toml", "[tool.doctor]\n")
    with pytest.raises(UsageError, match="keep one"):
        load_config(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("root-dir = 'api'", r"doctor\.toml: unknown key root-dir; did you mean root_dir\?"),
        ("rootdir = 'api'", r"unknown key rootdir; did you mean root_dir\?"),
        ("zebra = 1", r"unknown key zebra; known: app, .*limits, root_dir"),
        ("root_dir = 3", r"root_dir is 3, not the name of a folder"),
        ("root_dir = ''", r"root_dir is empty, not the name of a folder"),
        ("limits = 3", r"limits is 3, not a table"),
        (f"[limits]\n{LIMIT}x = 3", rf"unknown key limits\.{LIMIT}x; did you mean limits\.{LIMIT}\?"),
        (f"[limits]\n{LIMIT} = 0", rf"limits\.{LIMIT} is 0, not a whole number above 0"),
        (f"[limits]\n{LIMIT} = true", rf"limits\.{LIMIT} is true, not a whole number above 0"),
        (f"[limits]\n{LIMIT} = 'many'", rf"limits\.{LIMIT} is 'many', not a whole number above 0"),
        ("root_dir = ?", r"doctor\.toml is no valid TOML: .*line 1"),
        ("a = " + "[" * 5000, r"doctor\.toml is no valid TOML"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    write(tmp_path / "doctor.toml", text)
    with pytest.raises(UsageError, match=message):
        load_config(tmp_path)


def test_tool_doctor_must_be_a_table(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool]\ndoctor = 1\n")
    with pytest.raises(UsageError, match=r"pyproject\.toml: tool\.doctor is 1, not a table"):
        load_config(tmp_path)


def test_a_broken_pyproject_that_says_nothing_to_us_is_left_to_the_scan(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[project\n")
    assert load_config(tmp_path) == Config()
    write(tmp_path / "pyproject.toml", "[tool.doctor]\nroot_dir = \n")
    with pytest.raises(UsageError, match="no valid TOML"):
        load_config(tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "secret.toml", 'password = "x"\n')
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / "doctor.toml").symlink_to(outside)
    assert load_config(repository) == Config()
    (repository / "doctor.toml").unlink()
    (repository / "doctor.toml").symlink_to(write(repository / "mine.toml", 'root_dir = "api"\n'))
    assert load_config(repository).root_dir == "api"


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "doctor.toml")
    (tmp_path / "pyproject.toml").mkdir()
    assert load_config(tmp_path) == Config()


def test_a_file_beyond_the_bound_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "doctor.toml", "#" * (1024 * 1024 + 1))
    with pytest.raises(UsageError, match=r"larger than 1,048,576 bytes"):
        load_config(tmp_path)
