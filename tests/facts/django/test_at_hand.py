"""What a further line of the settings could use, and files that they read where there are any."""

import pytest

from tests.facts.conftest import MakeRepository
from tests.facts.project_text import observe


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("import os\nfrom pathlib import Path\nBASE_DIR = Path(__file__).parent\n", {"os", "BASE_DIR", "BASE_DIR /"}),
        ("import os\nBASE_DIR = os.path.dirname(__file__)\n", {"os", "BASE_DIR"}),
        ("from pathlib import Path\nROOT = Path(__file__).parent\n", set()),
        ("os = 1\n", set()),
    ],
)
def test_at_hand(repository: MakeRepository, settings: str, found: set[str]) -> None:
    assert observe(repository, settings).django.at_hand == found


READS = "try:\n    with open('/etc/shop/keys.json') as file:\n        KEYS = file.read()\nexcept {}:\n    KEYS = ''\n"


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (READS.format("OSError"), [("keys.json", 2)]),
        (READS.format("OSError").replace("/etc/shop/keys.json", "manage.py"), []),
        ("KEYS = ''\n", []),
    ],
)
def test_absent_files(repository: MakeRepository, settings: str, found: list[tuple[str, int]]) -> None:
    places = observe(repository, settings).django.absent_files
    assert [(one.note.rpartition("/")[2], one.line) for one in places] == found
