"""A request for a Python version."""

from analyzer.facts.python.declaration import Declaration, Strength, declaration
from analyzer.model.evidence import Evidence
from analyzer.model.facts import PythonVersionFact


def test_a_declaration_from_its_parts() -> None:
    evidence = Evidence(path="runtime.txt", line=2, note="python-3.12.4")
    assert declaration(
        Strength.RUNTIME_TXT, "3.12.4", "runtime.txt", "runtime.txt", 2, "python-3.12.4", 3
    ) == Declaration(Strength.RUNTIME_TXT, 3, PythonVersionFact(spec="3.12.4", source="runtime.txt", evidence=evidence))


def test_files_that_pin_go_before_ranges_and_hints_come_last() -> None:
    pins = (
        Strength.RUNTIME_TXT,
        Strength.PYTHON_VERSION,
        Strength.PLATFORM,
        Strength.IMAGE,
        Strength.PIPFILE,
        Strength.TOOL,
    )
    assert max(pins) < Strength.RANGE < Strength.DEVELOPMENT_IMAGE < Strength.HINT
    assert max(Strength) is Strength.HINT
