"""Whether a repository is still the one that was scanned."""

import hashlib
import os
from pathlib import Path

from analyzer.snapshot.limits import Limits
from analyzer.snapshot.walk import list_files


def content_key(root: Path, limits: Limits = Limits()) -> str:
    """A SHA-256, hexadecimal, that changes with the files of the repository in the folder `root`.

    It is made of the path, size and time of change of every file, since reading all of them takes longer than a scan.
    So a copy of a repository has another key than the repository, and is scanned once more.
    """
    place = os.path.realpath(root)
    listing = list_files(place, limits)
    digest = hashlib.sha256()
    for path in listing.files:
        try:
            status = os.stat(f"{place}/{path}")
        except OSError:  # gone meanwhile
            continue
        digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    for links in (listing.file_links, listing.folder_links):
        for link, target in sorted(links.items()):
            digest.update(f"{link}\0{target}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
