"""Where releases come from: files and addresses. An edge: what fetches lives here, what reads bytes in `text.intake`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from communique.text.intake import iter_releases
from communique.text.intake.address import is_address
from communique.text.release import Failure, Release


def iter_inputs(
    inputs: Iterable[Path | str], *, allow_private: bool = False, stdin: BinaryIO | None = None
) -> Iterator[Release | Failure]:
    """Every release of these files, folders, `-` and addresses, in order; what cannot be read is a Failure.

    An address is a str that begins with http:// or https://. Addresses that are not public are refused, unless
    `allow_private`.
    """
    for words in inputs:
        if isinstance(words, str) and is_address(words):
            from communique.sources.address import fetch_release  # 0.1 s for the client, only where it is wanted

            yield fetch_release(words, allow_private=allow_private)
        else:
            yield from iter_releases([words], stdin)
