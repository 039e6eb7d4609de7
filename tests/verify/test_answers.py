"""What is said of a probe that gave no answer."""

from analyzer.verify.containers import Answer


def test_a_probe_that_ran_out_of_time_is_not_told_by_its_exit_code() -> None:
    assert Answer(code=142, output="").failure(60).startswith("no answer within 60 s")
    assert Answer(code=1, output="").failure(60) == "exit code 1"
