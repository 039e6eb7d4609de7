"""Runs doctor over a folder of checked-out repositories and says how it did.

usage: python -m tests.oracles.crater CORPUS [--write FILE] [--show]

The repositories are CORPUS/owner+name or CORPUS/owner/name. Those that truth.json knows are compared with it, field by
field; of all others one learns whether doctor came to an end, how fast, and how much it could not tell. The commit of a
checkout without .git is looked up in CORPUS/commits.tsv, lines of "owner/name, tab, commit". Exits 0 when doctor
answered everywhere and the comparison met the targets.
"""

import argparse
import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.markdown_table import table
from tests.oracles.compare_facts import Comparison, Outcome, Tally, Variables, compare, compare_variables

TRUTH = Path(__file__).parent / "truth.json"
MAX_SECONDS = 300
ANSWERED = (0, 3)  # exit codes: a report, and the answer that this is no Django project
MIN_RIGHT, MAX_WRONG = 95.0, 1.5  # per cent of all compared facts
HEADER = """\
# How doctor does on real repositories

Written by `make crater CORPUS=folder WRITE=docs/crater.md`, where the folder holds the repositories named below, each
in `owner+name`, checked out at its commit. The facts are compared with `tests/oracles/truth.json`: what Django itself
reported when it loaded the production settings of the same repository. *Undetermined* means that doctor gave no value
and said why.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One run of doctor: no exit code when it had to be stopped, no document when it printed none.

    `seconds` are the processor's, which depend little on what else the machine does.
    """

    name: str
    commit: str | None
    exit_code: int | None
    seconds: float
    document: dict[str, Any] | None
    errors: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the truth says about a scan."""

    scan: Scan
    comparisons: list[Comparison]
    variables: Variables


def find_repositories(corpus: Path) -> Iterator[tuple[str, Path]]:
    """(owner/name, folder) of every repository in a folder; a folder that holds nothing but folders is an owner's."""
    for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
        if "+" in folder.name or (folder / ".git").exists() or not all(path.is_dir() for path in folder.iterdir()):
            yield folder.name.replace("+", "/", 1), folder
        else:
            yield from ((f"{folder.name}/{path.name}", path) for path in sorted(folder.iterdir()))


def scan(name: str, folder: Path, commit: str | None) -> Scan:
    """Run `doctor scan` as a process of its own."""
    command = [sys.executable, "-m", "analyzer", "scan", str(folder), "--format", "json", "--fail-on", "never"]
    begin = _processor_seconds()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=MAX_SECONDS, check=False)
        exit_code, stdout, stderr = done.returncode, done.stdout, done.stderr
    except subprocess.TimeoutExpired:
        exit_code, stdout, stderr = None, "", f"no answer within {MAX_SECONDS} s"
    return Scan(
        name=name,
        commit=commit,
        exit_code=exit_code,
        seconds=_processor_seconds() - begin,
        document=json.loads(stdout) if stdout else None,
        errors=stderr.strip(),
    )


def judge(done: Scan, truth: dict[str, Any]) -> Judgement:
    """Compare a scan with the truth about its repository."""
    document = done.document or {}
    return Judgement(scan=done, comparisons=compare(truth, document), variables=compare_variables(truth, document))


def count_undetermined(node: Any) -> int:
    """How many facts of a document are undetermined."""
    if isinstance(node, dict):
        return bool(node.get("undetermined")) + sum(count_undetermined(value) for value in node.values())
    return sum(count_undetermined(value) for value in node) if isinstance(node, list) else 0


def main() -> int:
    """Scan, compare, print; the exit code."""
    parser = argparse.ArgumentParser(prog="crater", description="Run doctor over a folder of repositories.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the summary to a Markdown file as well")
    parser.add_argument("--show", action="store_true", help="print every answer that is not right")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        parser.error(f"there is no folder {options.corpus}")
    truths = {name: entry["answers"] for name, entry in json.loads(TRUTH.read_text())["repositories"].items()}
    commits = _commits(options.corpus)
    scans = [
        scan(name, folder, _commit(folder) or commits.get(name)) for name, folder in find_repositories(options.corpus)
    ]
    judgements = [judge(done, truths[done.name]) for done in scans if truths.get(done.name, {}).get("is_django")]
    if options.show:
        print("\n".join(line for judgement in judgements for line in _differences(judgement)), end="\n\n")
    tally = Tally()
    for judgement in judgements:
        tally.add(judgement.comparisons, judgement.variables)
    summary = "\n\n".join([*_comparison(tally), _repositories(scans, judgements)])
    print(summary)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(f"{HEADER}\n{summary}\n")
    failed = [done for done in scans if done.exit_code not in ANSWERED]
    for done in failed:
        print(f"{done.name}: exit {done.exit_code}: {done.errors}", file=sys.stderr)
    right, wrong = (_share(tally, outcome) for outcome in (Outcome.RIGHT, Outcome.WRONG))
    return int(bool(failed) or (bool(tally.fields) and (right < MIN_RIGHT or wrong > MAX_WRONG)))


def _processor_seconds() -> float:
    """What all child processes so far have used."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _commits(corpus: Path) -> dict[str, str]:
    """The commits of repositories without .git, where somebody wrote them down."""
    file = corpus / "commits.tsv"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return dict(line.split("\t") for line in lines)


def _commit(folder: Path) -> str | None:
    if not (folder / ".git").exists():
        return None
    command = ["git", "-C", str(folder), "rev-parse", "HEAD"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or None


def _share(tally: Tally, outcome: Outcome) -> float:
    total = tally.total()
    return 100 * total[outcome] / (total.total() or 1)


def _comparison(tally: Tally) -> Iterator[str]:
    """The tables of what was compared."""
    if not tally.fields:
        return
    counts = [*sorted(tally.fields.items()), ("all fields", tally.total())]
    rows = [(field, *(count[outcome] for outcome in Outcome), count.total()) for field, count in counts]
    yield table(("field", *Outcome, "of"), rows)
    shares = (f"{_share(tally, outcome):.2f} % {outcome}" for outcome in Outcome)
    yield f"Facts: {', '.join(shares)}."
    variables = tally.variables
    yield table(
        ("environment variables", "found", "of"),
        [
            ("read by Django, listed", variables["listed"], variables["read"]),
            ("required, marked so", variables["marked required"], variables["required"]),
        ],
    )


def _repositories(scans: Sequence[Scan], judgements: Sequence[Judgement]) -> str:
    """The table of all repositories; what was not compared is left empty."""
    judged = {judgement.scan.name: judgement for judgement in judgements}
    rows = []
    for done in scans:
        outcomes: list[object] = ["", "", ""]
        if done.name in judged:
            found = [comparison.outcome for comparison in judged[done.name].comparisons]
            outcomes = [found.count(outcome) for outcome in Outcome]
        exit_code = "none" if done.exit_code is None else done.exit_code
        undetermined = count_undetermined((done.document or {}).get("facts"))
        commit = (done.commit or "")[:10]
        rows.append((done.name, commit, exit_code, f"{done.seconds:.1f}", *outcomes, undetermined))
    header = ("repository", "commit", "exit", "processor s", *Outcome, "undetermined in the report")
    return table(header, rows)


def _differences(judgement: Judgement) -> Iterator[str]:
    name = judgement.scan.name
    for comparison in judgement.comparisons:
        if comparison.outcome is not Outcome.RIGHT:
            got = "undetermined" if comparison.outcome is Outcome.UNDETERMINED else _short(comparison.got)
            yield f"{name} {comparison.field}: Django {_short(comparison.expected)}, doctor {got}"
    for variable in judgement.variables.unlisted:
        yield f"{name} environment: {variable} is not listed"
    for variable in judgement.variables.not_marked_required:
        yield f"{name} environment: {variable} is required"


def _short(value: Any) -> str:
    return json.dumps(value)[:150]


if __name__ == "__main__":
    sys.exit(main())
