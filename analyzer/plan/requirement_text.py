"""A requirement as pip's command line takes it."""

from analyzer.model.facts import Dependency


def requirement_text(dependency: Dependency) -> str:
    """`name[extra]==1.2`, or `name @ address`; credentials of the address are not part of the facts."""
    extras = f"[{','.join(dependency.extras)}]" if dependency.extras else ""
    if dependency.vcs is not None:
        text = f"{dependency.name}{extras} @ {dependency.vcs}"
    elif dependency.locked is not None:
        text = f"{dependency.name}{extras}=={dependency.locked}"
    else:
        text = f"{dependency.name}{extras}{dependency.specifier}"
    return f"{text} ; {dependency.marker}" if dependency.marker else text
