"""What a fingerprint depends on."""

from analyzer.audit.fingerprints import LENGTH, Fingerprints


def test_the_same_line_elsewhere_in_the_file() -> None:
    one, other = Fingerprints(), Fingerprints()
    assert one.of("debug-on", "a.py", "DEBUG = True") == other.of("debug-on", "a.py", "    DEBUG =  True")


def test_rule_path_and_text_make_a_difference() -> None:
    keys = [("debug-on", "a.py", "x"), ("log-file", "a.py", "x"), ("debug-on", "b.py", "x"), ("debug-on", "a.py", "y")]
    found = {Fingerprints().of(*key) for key in keys}
    assert len(found) == len(keys)
    assert {len(one) for one in found} == {LENGTH}


def test_equal_lines_are_numbered() -> None:
    prints = Fingerprints()
    first, second = prints.of("r", "a.py", "x"), prints.of("r", "a.py", "x")
    assert first != second
    assert Fingerprints().of("r", "a.py", "x") == first


def test_names_that_are_no_unicode() -> None:
    assert Fingerprints().of("r", "a\udcff.py", "x")
