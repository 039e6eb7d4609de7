"""Memory against sizes."""

from analyzer.model.app_spec import SpecComponent
from analyzer.model.evidence import Evidence
from analyzer.model.verification import Outcome
from analyzer.verify.checks.memory import enough, larger, usage
from analyzer.verify.sizes import MIB, advised, size_of

WEB = SpecComponent(name="web", kind="services", evidence=Evidence(path=".do/app.yaml", line=3))


def test_what_a_slug_stands_for() -> None:
    size = size_of("apps-s-2vcpu-4gb")
    assert size is not None
    assert (size.memory, size.cpus, size.cents) == (4096 * MIB, 2, 5000)
    assert size_of(None) == size_of("apps-s-1vcpu-0.5gb")
    assert size_of("basic-xxs") is None


def test_the_cheapest_size_with_room() -> None:
    assert [getattr(advised(peak * MIB), "slug", None) for peak in (100, 384, 385, 1537, 30_000)] == [
        "apps-s-1vcpu-0.5gb",
        "apps-s-1vcpu-0.5gb",
        "apps-s-1vcpu-1gb-fixed",
        "apps-d-1vcpu-4gb",
        None,
    ]


def test_enough_too_little_and_unknown() -> None:
    size = size_of(None)
    assert enough(WEB, 100 * MIB, size, out_of_memory=False).outcome is Outcome.PASSED
    tight = enough(WEB, 400 * MIB, size, out_of_memory=False)
    assert (tight.outcome, tight.cause) == (Outcome.FAILED, "400 of 512 MB at most, before anybody uses the app")
    killed = enough(WEB, 100 * MIB, size, out_of_memory=True)
    assert "killed for lack of memory" in killed.cause
    assert killed.fix == larger(WEB, size)
    assert "apps-s-1vcpu-1gb-fixed" in killed.fix
    assert enough(WEB, 1, None, out_of_memory=False).outcome is Outcome.NOT_APPLICABLE
    assert usage(WEB, 400 * MIB, size).advised == "apps-s-1vcpu-1gb-fixed"
