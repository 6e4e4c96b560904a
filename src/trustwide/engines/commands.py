"""What the commands of the engines have in common: how they refuse, and how they write."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

#: Exit code when what was given is refused.
REFUSED = 2


def refuse(reason: str) -> int:
    """The reason on standard error, and the exit code."""
    print(f"error: {reason}", file=sys.stderr)
    return REFUSED


def as_json(results: list[dict[str, Any]], *, lines: bool) -> str:
    """The one result, or with `lines` all of them, one a line, so that a large answer can be read as it comes."""
    rows = [json.dumps(each, ensure_ascii=False) for each in results]
    if not lines:
        return rows[0] + "\n"
    return "[\n" + ",\n".join(rows) + "\n]\n" if rows else "[]\n"


def write_out(made: str | bytes, out: str | None = None) -> int:
    """Write to the file or to standard output; 2 with the reason where that cannot be."""
    content = made.encode("utf-8", "replace") if isinstance(made, str) else made
    try:
        if out:
            Path(out).write_bytes(content)
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has enough
    except OSError as error:
        return refuse(f"{out} could not be written ({error.strerror}). Choose another place with --out.")
    return 0
