"""`trustwide backup`: a copy of everything, made while people go on working."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trustwide import __version__
from trustwide.house.archive import (
    DATABASES,
    FILES,
    KEY,
    KNOWN,
    LAST_BACKUP,
    MANIFEST,
    connected,
    row_counts,
    run_postgres,
    sha256,
)
from trustwide.house.prepare import must_be_new, use_data
from trustwide.house.readiness import database_cures, must_have_tables

STAYS = "The backup is whole, but {count} attached files that records name were lost before it was made: {some}"


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trustwide backup", description="Copy everything into one file.")
    parser.add_argument("file", metavar="FILE.tar", type=Path)
    parser.add_argument("--data", metavar="DIR", help="where the data is kept (default: var in this folder)")
    return parser


def main(argv: list[str]) -> int:
    """Write the backup; 1 where records name files that are no longer there."""
    parser = build_parser()
    options = parser.parse_args(argv)
    must_be_new(options.file, parser)
    use_data(options.data)
    must_have_tables()
    with database_cures():
        manifest, lost = make_backup(options.file)
    rows, files = sum(manifest["rows"].values()), len(manifest["sha256"]) - 2
    print(f"{options.file}: {rows:,} rows, {files} attached files. Keep it where only you can read it.")
    if lost:
        print(STAYS.format(count=len(lost), some=", ".join(sorted(lost)[:3])), file=sys.stderr)
    return 1 if lost else 0


def make_backup(file: Path) -> tuple[dict[str, Any], set[str]]:
    """Write the backup, whole or not at all. Its manifest, and the files that records name and nobody has any more.

    The database is as it was at one moment. Attached files never change once they are written, so they are gathered
    before that moment and after it, and what is taken away meanwhile is kept back: all that stood there then is found.
    """
    from django.conf import settings
    from django.db import connection

    from trustwide.rooms.commons.files import kept_back

    with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".backup-") as folder, kept_back() as taken_away:
        inside = Path(folder) / "inside"
        inside.mkdir()
        _gather(settings.DATA / FILES, inside)
        rows, named = _copy_database(connection, inside)
        _gather(settings.DATA / FILES, inside)
        _gather(taken_away, inside)
        (inside / KEY).write_text(settings.SECRET_KEY, encoding="ascii")
        manifest = _manifest(inside, connection.vendor, rows)
        _pack(inside, manifest, Path(folder) / "backup.tar").replace(file)
    (settings.DATA / LAST_BACKUP).touch()
    return manifest, {name for name in named if f"{FILES}/{name[:2]}/{name}" not in manifest["sha256"]}


def _gather(kept: Path, inside: Path) -> None:
    """The attached files: linked where that can be, else copied."""
    for file in kept.glob("*/*"):
        name = f"{FILES}/{file.parent.name}/{file.name}"
        target = inside / name
        if not KNOWN.fullmatch(name) or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, target)
        except FileNotFoundError:
            continue  # somebody took it away just now
        except OSError:
            shutil.copyfile(file, target)


def _manifest(inside: Path, vendor: str, rows: dict[str, int]) -> dict[str, Any]:
    members = sorted(each for each in inside.rglob("*") if each.is_file())
    return {
        "trustwide": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": vendor,
        "rows": rows,
        "sha256": {each.relative_to(inside).as_posix(): sha256(each) for each in members},
    }


def _pack(inside: Path, manifest: dict[str, Any], making: Path) -> Path:
    """The tar, the manifest first, for its owner alone and safely on the disk."""
    (inside / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    with making.open("xb") as opened:
        making.chmod(0o600)
        with tarfile.open(fileobj=opened, mode="w") as tar:
            tar.dereference = True  # the links of _gather are files like any other
            for name in (MANIFEST, *manifest["sha256"]):
                tar.add(inside / name, name)
        opened.flush()
        os.fsync(opened.fileno())
    return making


def _copy_database(connection: Any, folder: Path) -> tuple[dict[str, int], set[str]]:
    """The database as it is at one moment: how many rows each table had then, and the files that they name."""
    copy = folder / DATABASES[connection.vendor]
    if connection.vendor == "postgresql":
        return _dump(connection, copy)
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    with connected({"ENGINE": connection.settings_dict["ENGINE"], "NAME": copy}) as copied:
        return row_counts(copied), _files_named(copied)


def _dump(connection: Any, copy: Path) -> tuple[dict[str, int], set[str]]:
    """By pg_dump, from the same snapshot in which the rows are counted."""
    from django.db import transaction

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={copy}")
        run_postgres("pg_dump", connection.settings_dict, *options)
        return row_counts(connection), _files_named(connection)


def _files_named(connection: Any) -> set[str]:
    from trustwide.rooms.commons.models import File

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT sha256 FROM {connection.ops.quote_name(File._meta.db_table)}")  # noqa: S608
        return {digest for (digest,) in cursor.fetchall() if re.fullmatch(r"[0-9a-f]{64}", digest)}
