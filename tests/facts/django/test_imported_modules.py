"""Which modules a module imports."""

import pytest

from analyzer.facts.django.evaluation import Program
from analyzer.facts.django.imported_modules import always_imports, may_import
from tests.facts.conftest import MakeRepository


def program(repository: MakeRepository, files: dict[str, str]) -> Program:
    """The program of these files."""
    return Program(repo=repository(files), roots=(".",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from .other import *\n", True),
        ("from . import other\n", True),
        ("from app.settings.other import X\n", True),
        ("from app.settings import other as o\n", True),
        ("import app.settings.other\n", True),
        ("try:\n    from .other import *\nexcept ImportError:\n    pass\n", True),
        ("try:\n    pass\nexcept ImportError:\n    from .other import *\n", False),
        ("if X:\n    from .other import *\n", False),
        ("def f():\n    from .other import *\n", False),
        ("from ..other import *\n", False),
        ("from .others import *\n", False),
        ("import_module('app.settings.other')\n", False),
        ("from .other import (\n", False),
    ],
)
def test_always(repository: MakeRepository, text: str, expected: bool) -> None:
    found = program(repository, {"app/settings/main.py": text})
    assert always_imports(found, "app.settings.main", "app.settings.other") is expected


def test_a_module_that_is_not_there_imports_nothing(repository: MakeRepository) -> None:
    found = program(repository, {"app/settings/x.py": "from .other import *\n"})
    assert not always_imports(found, "app.settings.main", "app.settings.other")
    assert not always_imports(found, "app.settings", "app.settings.other")


def test_relative_imports_of_a_package_start_at_itself(repository: MakeRepository) -> None:
    found = program(repository, {"app/settings/__init__.py": "from .other import *\nfrom ..up import *\n"})
    assert always_imports(found, "app.settings", "app.settings.other")
    assert always_imports(found, "app.settings", "app.up")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("from .other import *\n", True),
        ("if X:\n    from .other import *\n", True),
        ("include('base.py', 'other.py')\n", True),
        ("import_module('.' + 'other', __package__)\n", True),
        ("# other\n", False),
        ("other = 1\n", False),
        ("NAME = 'another'\n", False),
    ],
)
def test_perhaps(repository: MakeRepository, text: str, expected: bool) -> None:
    found = program(repository, {"app/settings/__init__.py": text})
    assert may_import(found, "app.settings", "app.settings.other") is expected


def test_only_a_package_and_only_its_own_modules(repository: MakeRepository) -> None:
    text = "from .other import *\nfrom app.elsewhere.other import *\n"
    found = program(repository, {"app/settings.py": text, "app/config/__init__.py": text})
    assert not may_import(found, "app.settings", "app.settings.other")
    assert not may_import(found, "app.config", "app.elsewhere.other")
