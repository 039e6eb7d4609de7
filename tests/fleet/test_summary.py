"""What a fleet says as a whole, and the order of migration."""

from itertools import permutations

from analyzer.fleet.order import moves
from analyzer.fleet.summary import summary_of
from analyzer.model.finding import Effort, Severity
from analyzer.model.fleet import BuildpackOutcome, FleetEntry, VerificationOutcome, VerifiedEntry, Wave
from tests.fleet.entries import FLEET, entry, found


def order(*entries: FleetEntry) -> list[str]:
    return [move.entry.repository for move in moves(entries)]


def test_easiest_first_with_the_reason() -> None:
    assert [(move.entry.repository, move.wave, move.reason) for move in moves(FLEET)] == [
        ("ready", Wave.NOW, "no blocker; no risk; web, PostgreSQL"),
        ("large", Wave.NOW, "no blocker; no risk; web, worker, PostgreSQL, Valkey"),
        ("risky", Wave.NOW, "no blocker; 1 risk (~hours); web, PostgreSQL"),
        ("blocked", Wave.MINUTES, "1 blocker (~minutes); 1 risk (~hours); web, PostgreSQL"),
        (
            "old",
            Wave.DAYS,
            "2 blockers (1 ~days, 1 ~minutes); no risk; web, PostgreSQL; verification failed: job-succeeds",
        ),
    ]


def test_the_longest_blocker_decides_before_the_number_of_them() -> None:
    short = entry("short", *(found(f"rule-{number}") for number in range(9)))
    long = entry("long", found("rule", effort=Effort.HOURS))
    assert order(long, short) == ["short", "long"]


def test_a_verification_decides_before_risks() -> None:
    passed = VerifiedEntry(outcome=VerificationOutcome.PASSED)
    failed = VerifiedEntry(outcome=VerificationOutcome.FAILED)
    risk = found("rule", Severity.RISK, Effort.DAYS)
    entries = (entry("a", verification=failed), entry("b"), entry("c", risk, verification=passed))
    assert order(*entries) == ["c", "b", "a"]


def test_names_decide_last_whatever_order_they_come_in() -> None:
    entries = [entry(name) for name in "abc"]
    assert {tuple(order(*several)) for several in permutations(entries)} == {("a", "b", "c")}


def test_the_totals() -> None:
    summary = summary_of("fleet", FLEET)
    assert [one.repository for one in summary.entries] == sorted(one.repository for one in FLEET)
    assert summary.cents == 4 * 1200 + 4500
    assert summary.currency == "USD"
    rules = [(one.rule, one.severity, one.repositories, one.alone, one.findings) for one in summary.rules]
    assert rules == [
        ("hosts-fixed", Severity.BLOCKER, ("blocked", "old"), 1, 3),
        ("python-two", Severity.BLOCKER, ("old",), 0, 1),
        ("media-local", Severity.RISK, ("blocked", "risky"), 2, 2),
        ("no-logs", Severity.ADVICE, ("risky",), 1, 1),
    ]


def test_buildpacks() -> None:
    classic, paketo = summary_of("fleet", FLEET).buildpacks
    assert classic.numbers == {
        BuildpackOutcome.STARTS: 4,
        BuildpackOutcome.FAILS: 1,
        BuildpackOutcome.OVERRULED: 0,
        BuildpackOutcome.REFUSES: 0,
    }
    assert [(one.id, one.message, one.repositories) for one in classic.failures] == [
        ("processes::none", "Message of processes::none", 1)
    ]
    assert paketo.numbers[BuildpackOutcome.REFUSES] == 1
    assert paketo.failures == ()


def test_absolute_names_lose_the_folder_that_they_share() -> None:
    entries = (entry("/srv/one/a"), entry("/srv/two/b"))
    assert [one.repository for one in summary_of("list", entries).entries] == ["one/a", "two/b"]
    mixed = (entry("/srv/one/a"), entry("two/b"))
    assert [one.repository for one in summary_of("list", mixed).entries] == ["/srv/one/a", "two/b"]
    assert [one.repository for one in summary_of("list", entries[:1]).entries] == ["a"]


def test_nothing_was_scanned() -> None:
    summary = summary_of("fleet", FLEET[-1:])
    assert (summary.moves, summary.rules, summary.buildpacks, summary.cents) == ((), (), (), 0)
