"""Writing a file as a whole or not at all."""

import os
from pathlib import Path


def replace_file(target: Path, content: str, *, mode: int | None = None) -> None:
    """Put the text, as UTF-8, in the place of the file `target`; `mode` are its permissions, else the usual ones.

    Raises OSError; then nothing has changed.
    """
    # Mode "x" makes a new file or none: a folder of somebody else could have a link in the place of a known name.
    draft = target.with_name(f".{target.name}.{os.urandom(8).hex()}.tmp")
    file = draft.open("x", encoding="utf-8", newline="\n")
    try:
        with file:
            file.write(content)
        if mode is not None:
            draft.chmod(mode)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
