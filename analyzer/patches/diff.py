"""Unified diffs that `git apply` takes."""

from difflib import unified_diff

from analyzer.model.evidence import RepoPath

_NO_NEWLINE = "\\ No newline at end of file\n"


def file_diff(path: RepoPath, before: str, after: str) -> str:
    """The diff of one file, "" where nothing changes. Newlines are those of the file."""
    lines = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines as git counts them: a carriage return is part of its line."""
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]
