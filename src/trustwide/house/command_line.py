"""The `trustwide` command. Each sub-command loads only what it needs: charts need no web framework."""

from __future__ import annotations

import importlib
import sys

COMMANDS = {
    "spc": ("trustwide.engines.spc.command", "control charts of a file of measures"),
    "report": ("trustwide.rooms.measures.report_command", "a board report of a file of measures"),
    "words": ("trustwide.engines.words.command", "plain words, and what could tell who a patient is"),
    "check-document": ("trustwide.engines.matching.command", "which values a job description or contract carries"),
    "similar": ("trustwide.house.similar_command", "what was tried before that is like a text"),
    "prepare": ("trustwide.house.prepare", "make the database ready and load the open data"),
    "demo": ("trustwide.house.demo", "load the made-up group of trusts and serve it to this machine"),
    "identity": ("trustwide.house.identity", "set up the organisations' own sign-ins from a file"),
    "backup": ("trustwide.house.backup", "copy everything into one file, while people go on working"),
    "restore": ("trustwide.house.restore", "bring a backup back, checked before anything is touched"),
    "retention": ("trustwide.house.retention_command", "remove what has been kept for long enough"),
    "export-organisation": ("trustwide.house.export_command", "all that one organisation has, in one file"),
    "serve": ("trustwide.house.serve", "start the web server on this machine"),
    "worker": ("trustwide.house.worker", "do the background work, where the server does not"),
    "organisation": ("trustwide.house.organisation", "add an organisation and its administrator"),
}
INTERRUPTED = 130  # as shells say it


def main(argv: list[str] | None = None) -> int:
    """Run one sub-command and give back its code; 2 when there is none of that name, 130 when it was interrupted."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] not in COMMANDS:
        print("usage: trustwide COMMAND …\n", file=sys.stderr)
        for name, (_, purpose) in COMMANDS.items():
            print(f"  trustwide {name:19}  {purpose}", file=sys.stderr)
        return 0 if words[:1] in (["-h"], ["--help"]) else 2
    module, _ = COMMANDS[words[0]]
    try:
        code: int = importlib.import_module(module).main(words[1:])
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    return code


if __name__ == "__main__":
    sys.exit(main())
