"""Memory: the most that a component took, against its size."""

from analyzer.model.app_spec import SpecComponent
from analyzer.model.verification import ComponentUsage, Finding, failed, not_applicable, passed
from analyzer.verify.sizes import MIB, ROOM, Size, advised


def usage(component: SpecComponent, peak: int, size: Size | None) -> ComponentUsage:
    """What the component took, and the size with room for it."""
    found = advised(peak)
    return ComponentUsage(
        component=component.name,
        peak=peak,
        limit=size.memory if size else None,
        size=size.slug if size else component.size,
        advised=found.slug if found else None,
    )


def enough(component: SpecComponent, peak: int, size: Size | None, *, out_of_memory: bool) -> Finding:
    """Whether the size leaves room above the peak."""
    if size is None:
        return not_applicable(f"{component.size}: what this size holds is not documented")
    if out_of_memory:
        return failed(
            f"a process was killed for lack of memory: {size.slug} has {size.memory // MIB} MB",
            larger(component, size),
            evidence=(component.evidence,),
        )
    detail = f"{peak / MIB:.0f} of {size.memory // MIB} MB at most"
    if peak > size.memory * ROOM:
        return failed(
            f"{detail}, before anybody uses the app",
            larger(component, size),
            evidence=(component.evidence,),
        )
    return passed(f"{detail}; {size.slug} is enough")


def larger(component: SpecComponent, size: Size | None) -> str:
    """The fix for a component that lacks memory."""
    found = advised(size.memory if size else 0)
    slug = found.slug if found else "a larger one"
    return f"set instance_size_slug: {slug} for {component.name} (components.{component.name}.size in [tool.doctor])"
