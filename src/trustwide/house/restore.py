"""`trustwide restore`: bring a backup back. Everything in it is checked before anything is touched."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trustwide.house import cut_short
from trustwide.house.archive import DATABASES, FILES, KEY, KNOWN, MANIFEST, connected, row_counts, run_postgres, sha256
from trustwide.house.installation import SQLITE_FILE, database
from trustwide.house.readiness import database_cures
from trustwide.house.variables import said

BROKEN = "{file} is not a whole backup of Trustwide: {why}. Nothing was changed. Use another copy."
THERE = (
    "{where} holds data already. Nothing was changed. Choose an empty place, or say --replace to put the backup there."
)
OTHER = {
    "postgresql": "This backup is of PostgreSQL. Nothing was changed. Name the server in TRUSTWIDE_DATABASE.",
    "sqlite": "This backup is of SQLite. Nothing was changed. Unset TRUSTWIDE_DATABASE.",
}
OTHER_ROWS = "The rows of {file} are not those that it should have"


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trustwide restore", description="Bring a backup back.")
    parser.add_argument("file", metavar="FILE.tar", type=Path)
    parser.add_argument("--data", metavar="DIR", required=True, help="the data folder to restore into")
    parser.add_argument("--replace", action="store_true", help="replace what is there; its files are put aside")
    return parser


def main(argv: list[str]) -> int:
    options = build_parser().parse_args(argv)
    folder = Path(options.data).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".restoring-") as place, database_cures():
        manifest = unpack(options.file, Path(place))
        aside = restore(Path(place), manifest, folder, replace=options.replace)
    print(f"Restored {sum(manifest['rows'].values()):,} rows, as they were at {manifest['made_at']}.")
    if aside:
        print(f"The files that were there are in {aside}. Remove it when all is well.")
    if said("TRUSTWIDE_SECRET_KEY") not in ("", (folder / KEY).read_text(encoding="ascii")):
        print("TRUSTWIDE_SECRET_KEY is not the key of this backup. Set it to what is in secret-key, or unset it.")
    print(f"Now type: trustwide prepare --data '{folder}'")
    return 0


def unpack(file: Path, place: Path) -> dict[str, Any]:
    """The backup's members in a folder, each as its manifest says; SystemExit where anything is missing or altered."""
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                if not member.isreg() or not KNOWN.fullmatch(member.name):
                    raise SystemExit(BROKEN.format(file=file, why="it holds something else"))
                _take_out(tar, member, place / member.name)
        manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        wanted, rows = dict(manifest["sha256"]), dict(manifest["rows"])
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SystemExit(BROKEN.format(file=file, why=f"it cannot be read ({type(error).__name__})")) from None
    found = {each.relative_to(place).as_posix(): each for each in place.rglob("*") if each.is_file()}
    del found[MANIFEST]
    wrong = sorted(wanted.keys() ^ found.keys())
    wrong += sorted(name for name, each in found.items() if name in wanted and sha256(each) != wanted[name])
    if wrong or not rows or DATABASES.get(manifest.get("database", "")) not in found or KEY not in found:
        raise SystemExit(BROKEN.format(file=file, why=f"missing or altered: {', '.join(wrong[:3]) or 'its database'}"))
    return manifest


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """The bytes of one member and nothing else that the tar says of it; it was known by its name before."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        shutil.copyfileobj(tar.extractfile(member) or io.BytesIO(), out)


def restore(place: Path, manifest: dict[str, Any], folder: Path, *, replace: bool) -> Path | None:
    """Put the checked members where they belong; where what was there before has gone, if anything was."""
    asks_server = bool(said("TRUSTWIDE_DATABASE"))
    if asks_server != (manifest["database"] == "postgresql"):
        raise SystemExit(OTHER[manifest["database"]])
    if asks_server and cut_short.put_back(database(folder)):
        print(cut_short.BACK)
    there = [folder / name for name in (SQLITE_FILE, FILES, KEY) if (folder / name).exists()]
    if there and not replace:
        raise SystemExit(THERE.format(where=folder))
    copy = place / DATABASES[manifest["database"]]
    if asks_server:
        _restore_server(copy, manifest, database(folder), replace=replace)
    else:
        _check_sqlite(copy, manifest)
    aside = _put_aside(folder, there)
    if not asks_server:
        copy.replace(folder / SQLITE_FILE)
    for name in (KEY, FILES):
        if (place / name).exists():
            (place / name).replace(folder / name)
            (folder / name).chmod(0o600 if name == KEY else 0o700)
    return aside


def _put_aside(folder: Path, there: list[Path]) -> Path | None:
    """Move what is there into a folder of its own, and with it what SQLite has not written into its file yet."""
    if not there:
        return None
    aside = folder / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    for each in [*there, *folder.glob(f"{SQLITE_FILE}-*")]:
        each.replace(aside / each.name)
    return aside


def _check_sqlite(file: Path, manifest: dict[str, Any]) -> None:
    from django.db import DatabaseError

    try:
        with closing(sqlite3.connect(file)) as opened:
            sound = opened.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        with connected({"ENGINE": "django.db.backends.sqlite3", "NAME": file}) as connection:
            sound = sound and row_counts(connection) == manifest["rows"]
    except (sqlite3.Error, DatabaseError):
        sound = False
    if not sound:
        raise SystemExit(BROKEN.format(file=file.name, why="its database is damaged"))


def _restore_server(dump: Path, manifest: dict[str, Any], settings: dict[str, Any], *, replace: bool) -> None:
    """By pg_restore, in one transaction. The old tables go when the new rows are counted, and come back if it fails."""
    with connected({**settings, "OPTIONS": {}}) as connection, connection.cursor() as cursor:
        cut_short.hold(cursor)
        if old := bool(connection.introspection.table_names(cursor)):
            if not replace:
                raise SystemExit(THERE.format(where="The database"))
            cut_short.put_aside(cursor)
        try:
            options = ("--single-transaction", "--no-owner", "--no-privileges", f"--dbname={settings['NAME']}")
            run_postgres("pg_restore", settings, *options, str(dump))
            if row_counts(connection) != manifest["rows"]:
                raise SystemExit(OTHER_ROWS.format(file=dump.name) + ". Nothing was changed. Use another copy.")
        except BaseException:
            as_it_was = f"ALTER SCHEMA {cut_short.ASIDE} RENAME TO public" if old else "CREATE SCHEMA public"
            cursor.execute(f"DROP SCHEMA public CASCADE; {as_it_was}")
            raise
        if old:
            cursor.execute(f"DROP SCHEMA {cut_short.ASIDE} CASCADE")
