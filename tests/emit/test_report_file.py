"""Reports as files: nothing of the user's may be lost."""

import os
import stat
from pathlib import Path

import pytest

from analyzer.emit.report_file import check_report_files, write_report_file
from analyzer.model.errors import UsageError

JSON_REPORT = '{\n  "schema_version": 1,\n  "tool": {\n    "name": "doctor",\n    "version": "1.0.0"\n  }\n}\n'


@pytest.mark.parametrize("earlier", ["doctor 1.2.3  shop/  Django 5\n", "doctor 0.1.0rc1  x/\n", JSON_REPORT, ""])
def test_an_earlier_report_and_an_empty_file_are_replaced(tmp_path: Path, earlier: str) -> None:
    file = tmp_path / "report.txt"
    file.write_text(earlier)
    check_report_files([file], force=False)
    write_report_file(file, "new\n")
    assert file.read_text() == "new\n"


@pytest.mark.parametrize(
    "content", ["{}", '{"schema_version": 1, "tool": {"name": "other"}}', "doctors 1.2.3  ", "notes", "\0\xff"]
)
def test_any_other_file_is_refused_unless_forced(tmp_path: Path, content: str) -> None:
    file = tmp_path / "package.json"
    file.write_text(content)
    with pytest.raises(UsageError, match=r"package\.json exists and is no report of doctor.*--force"):
        check_report_files([file], force=False)
    check_report_files([file], force=True)
    assert file.read_text() == content


def test_a_folder_and_a_missing_folder_are_refused_even_when_forced(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        check_report_files([tmp_path], force=True)
    with pytest.raises(UsageError, match=r"there is no folder .*missing"):
        check_report_files([tmp_path / "missing" / "report.txt"], force=True)


def test_two_names_of_one_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "report.json")
    with pytest.raises(UsageError, match="one file"):
        check_report_files([tmp_path / "report.json", tmp_path / "link.json"], force=False)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    link = tmp_path / "latest.json"
    link.symlink_to(tmp_path / "reports" / "1.json")
    write_report_file(link, JSON_REPORT)
    assert link.is_symlink()
    assert (tmp_path / "reports" / "1.json").read_text() == JSON_REPORT


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    write_report_file(tmp_path / "report.txt", "é\n")
    assert [p.name for p in tmp_path.iterdir()] == ["report.txt"]
    assert (tmp_path / "report.txt").read_bytes() == b"\xc3\xa9\n"


def test_the_file_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    previous = os.umask(0o022)
    try:
        write_report_file(tmp_path / "report.txt", "x")
    finally:
        os.umask(previous)
    assert stat.S_IMODE((tmp_path / "report.txt").stat().st_mode) == 0o644


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    check_report_files([Path("/dev/null")], force=False)
    write_report_file(Path("/dev/null"), "x")
    assert Path("/dev/null").is_char_device()


def test_a_refusal_of_the_system_is_a_message(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "report.txt"
    with pytest.raises(UsageError, match=r"cannot write .*report\.txt: No such file"):
        write_report_file(file, "x")
