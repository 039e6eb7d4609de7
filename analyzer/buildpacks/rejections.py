"""Why a builder passes over the groups before the one that builds."""

from collections.abc import Callable, Iterable, Mapping

from analyzer.buildpacks.lifecycle import DetectRun, Rejection
from analyzer.buildpacks.notes import Notes
from analyzer.model.evidence import Evidence
from analyzer.model.prediction import Step

_EVERY = Evidence(path=".", note="every app that is built with it")


def say_rejections(
    rejections: Iterable[Rejection], runs: Mapping[str, DetectRun], lines: Callable[[str], str], notes: Notes
) -> None:
    """Say of each member that does not pass which groups it keeps from building; `lines` gives the rule's upstream file
    and lines by the member's name, and those of the order as "order".
    """
    groups: dict[str | Rejection, list[str]] = {}
    for rejection in rejections:
        named = ", ".join(member.name for member in rejection.group if not member.optional)
        groups.setdefault(rejection.member or rejection, []).append(f"({named})")
    for why, named_groups in groups.items():
        what = " nor ".join(named_groups)
        if isinstance(why, Rejection):
            notes.say(Step.DETECT, f"not {what}: {why.unmet}", _EVERY, source=lines("order"))
        else:
            text = f"not {what}: {why} says «{runs[why].reason}»"
            notes.say(Step.DETECT, text, *runs[why].evidence, source=lines(why))
