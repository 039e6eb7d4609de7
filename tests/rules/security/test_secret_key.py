"""A key that may stand in a file which the repository does not have."""

from pathlib import Path

import pytest

from tests.rules.examples import findings_of, report_of

SETTINGS = """\
import json
from shop.defaults import *

try:
    with open(BASE_DIR / "{file}") as handle:
        SECRETS = json.load(handle)
except OSError:
    SECRETS = {{"key": "u8w-n3v9t-2yq4h7-0x6kz-5jd1c-r8m"}}
SECRET_KEY = SECRETS["key"]
"""


@pytest.mark.parametrize(("file", "named"), [("conf/secrets.json", True), ("README.md", False)])
def test_the_file_is_named(tmp_path: Path, file: str, named: bool) -> None:
    report = report_of(tmp_path, {"shop/settings.py": SETTINGS.format(file=file)})
    (found,) = findings_of(report, "secret-key-hard-coded")
    assert ("without conf/secrets.json, which the image does not have" in found.message) is named


def test_a_file_that_is_there(tmp_path: Path) -> None:
    files = {"shop/settings.py": SETTINGS.format(file="conf/secrets.json"), "conf/secrets.json": '{"key": "abc"}'}
    (found,) = findings_of(report_of(tmp_path, files), "secret-key-hard-coded")
    assert "without" not in found.message
