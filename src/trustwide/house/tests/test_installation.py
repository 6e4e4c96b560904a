"""What an installation keeps, and how it says that something is wrong with it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from trustwide.house.installation import data_folder, database, secret_key


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = secret_key(tmp_path)
    assert len(made) >= 50
    assert secret_key(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert secret_key(one) != secret_key(other)


def test_the_data_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTWIDE_DATA", str(tmp_path / "a" / "b"))
    assert data_folder() == tmp_path / "a" / "b"
    assert data_folder().is_dir()


def test_without_a_word_the_database_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRUSTWIDE_DATABASE", raising=False)
    assert database(tmp_path)["NAME"] == tmp_path / "trustwide.sqlite3"


def test_a_postgresql_address_is_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTWIDE_DATABASE", "postgresql://sam:p%40ss@db.example:5433/trust")
    found = database(tmp_path)
    kept = {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert kept == {"NAME": "trust", "USER": "sam", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": 5433}


@pytest.mark.parametrize(
    "address", ["mysql://db/trust", "trust.sqlite3", "postgresql", "postgresql://db", "postgresql:///"]
)
def test_a_bad_database_address_stops_the_start_and_says_how_to_write_it(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTWIDE_DATABASE", address)
    with pytest.raises(SystemExit, match="postgresql://user:password@host/name"):
        database(tmp_path)


def test_a_bad_address_never_shows_its_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTWIDE_DATABASE", "mysql://sam:secret@db/trust")
    with pytest.raises(SystemExit) as stopped:
        database(tmp_path)
    assert "secret" not in str(stopped.value)
