"""What was measured of images, as Markdown."""

from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import fill, shorten

from tests.bench.builds import ADDED, Change, Measured
from tests.bench.document import REMARKS, WIDTH, machine
from tests.markdown_table import table

Results = dict[str, dict[str, Measured]]
"""By repository and who wrote the Dockerfile."""
DOCTOR = "doctor"
MB = 1_000_000
SECONDS = 10
"""Of a rebuild after a change of the source, apart from collectstatic: the aim."""
MAX_REASON = 120
"""Characters of the reason why an image is not built."""
READING = f"""\
Every Dockerfile is built by BuildKit, one after the other: the first build takes nothing from the cache and all
packages from the index; then nothing is changed; then a Python file of an application gets one line more; then the
requirements files get `{ADDED}` (with a lock file it is left out). *over base* is what the image adds to its base
image, in MB of 1,000,000 bytes: bases differ with the Python that was chosen, and here they are stand-ins made of
Debian's packages (tests/engine), which are larger than the official ones. Seconds are on the clock, of a machine that
other work shares; of a rebuild after a change of the source, those of collectstatic are in brackets, and "anew" stands
where it installed dependencies. *without change*, *source* and *dependencies* are rebuilds."""


def document(results: Results, *, engine: str, day: date, remarks: str = "") -> str:
    """All tables, and what people say about them."""
    parts = [
        "# Images",
        fill(
            f"Written by `make bench-images` on {day.isoformat()}: engine {engine}; {machine()}.",
            WIDTH,
            break_on_hyphens=False,
            break_long_words=False,
        ),
        fill(READING.replace("\n", " "), WIDTH, break_on_hyphens=False, break_long_words=False),
        "## Aims",
        "\n".join(aims(results)),
        *_tables(results),
    ]
    if remarks:
        parts += [REMARKS, remarks]
    return "\n\n".join(parts) + "\n"


def aims(results: Results) -> Iterator[str]:
    """How many repositories meet each aim, and which do not."""
    compared = {name: smallest for name, all_ in results.items() if (smallest := _smallest_peer(all_))}
    larger = [
        f"{name} ({_over(results[name][DOCTOR]):.1f} against {_over(one):.1f} MB of {who})"
        for name, (who, one) in compared.items()
        if _over(results[name][DOCTOR]) >= _over(one)
    ]
    yield _aim("smaller over its base than the smallest image of a peer", len(compared), larger)
    sources = {
        name: own.builds[Change.SOURCE]
        for name, all_ in results.items()
        if (own := all_.get(DOCTOR)) is not None and Change.SOURCE in own.builds
    }
    anew = [name for name, build in sources.items() if build.installs]
    yield _aim("no dependencies installed anew after a change of the source", len(sources), anew)
    slow = [
        f"{name} ({build.seconds - build.collecting:.1f} s)"
        for name, build in sources.items()
        if build.seconds - build.collecting >= SECONDS
    ]
    yield _aim(f"less than {SECONDS} s for that, apart from collectstatic", len(sources), slow)


def _aim(text: str, tried: int, missed: list[str]) -> str:
    return f"- {text}: {tried - len(missed)} of {tried}" + (f"; not {', '.join(missed)}" if missed else "")


def _smallest_peer(candidates: Mapping[str, Measured]) -> tuple[str, Measured] | None:
    """The peer whose image adds least, where doctor's image is built as well."""
    built = [(who, one) for who, one in candidates.items() if one.size]
    if DOCTOR not in dict(built) or len(built) == 1:
        return None
    return min((pair for pair in built if pair[0] != DOCTOR), key=lambda pair: _over(pair[1]))


def _over(one: Measured) -> float:
    return (one.size - one.base) / MB


def _tables(results: Results) -> Iterator[str]:
    """Public repositories, which have an owner, and fixtures; below each why images are not built."""
    for title, public in (("## Public repositories", True), ("## Fixtures", False)):
        group = [(name, candidates) for name, candidates in results.items() if ("+" in name) is public]
        if not group:
            continue
        reasons: list[str] = []
        rows = [_row(name, who, one, reasons) for name, candidates in group for who, one in candidates.items()]
        yield title
        head = ("repository", "Dockerfile of", "image, MB", "over base", *(f"{change.value}, s" for change in Change))
        yield table(head, rows)
        if reasons:
            yield "\n".join(f"{number}. {reason}" for number, reason in enumerate(reasons, start=1))


def _row(name: str, who: str, one: Measured, reasons: list[str]) -> tuple[str, ...]:
    """The cells; why there is no image is added to the reasons, of which the row has the number."""
    repository = name.replace("+", "/", 1)
    if not one.size:
        reason = _short(one.reason)
        if reason not in reasons:
            reasons.append(reason)
        return (repository, who, f"does not build ({reasons.index(reason) + 1})", *[""] * (1 + len(Change)))
    cells = []
    for change in Change:
        build = one.builds.get(change)
        if build is None:
            cells.append("–")
            continue
        text = f"{build.seconds:.1f}"
        if change is Change.SOURCE:
            text += f" ({build.collecting:.1f})" if build.collecting else ""
            text += " anew" if build.installs else ""
        cells.append(text)
    return (repository, who, f"{one.size / MB:.0f}", f"{_over(one):.1f}", *cells)


def _short(reason: str) -> str:
    """The reason as code, cut; the builder's own introduction says nothing."""
    text = shorten(reason.removeprefix("failed to solve: ").replace("`", "'"), MAX_REASON, placeholder=" …")
    return f"`{text}`"
