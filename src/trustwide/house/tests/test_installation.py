"""What an installation keeps, and how it says that something is wrong with it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.conf import settings
from jinja2 import DictLoader

from trustwide.house import prepare
from trustwide.house.installation import data_folder, database, secret_key
from trustwide.house.pages import environment


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    made = secret_key(tmp_path)
    assert len(made) >= 50
    assert secret_key(tmp_path) == made
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_key_that_was_cut_off_as_it_was_made_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    assert len(secret_key(tmp_path)) >= 50
    assert [file.name for file in tmp_path.iterdir()] == ["secret-key"]


def test_a_new_key_is_asked_for_by_name_and_never_in_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTWIDE_DATA", str(tmp_path / "data"))
    prepare._new_key(None)
    made = secret_key(tmp_path / "data", made_if_missing=False)
    with pytest.raises(SystemExit, match="already"):
        prepare._new_key(None)
    assert secret_key(tmp_path / "data") == made


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert secret_key(one) != secret_key(other)


def test_the_data_folder_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTWIDE_DATA", str(tmp_path / "a" / "b"))
    assert data_folder() == tmp_path / "a" / "b"
    assert data_folder().is_dir()


def test_the_data_folder_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTWIDE_DATA", str(tmp_path / "data"))
    assert stat.S_IMODE(data_folder().stat().st_mode) == 0o700


def test_a_data_folder_that_is_none_is_said_with_its_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").touch()
    monkeypatch.setenv("TRUSTWIDE_DATA", str(tmp_path / "data"))
    with pytest.raises(SystemExit, match=r"cannot be used.*--data DIR"):
        data_folder()


def test_compiled_pages_lie_where_nobody_else_may_write() -> None:
    cache = environment(loader=DictLoader({})).bytecode_cache  # as it is made; tests keep theirs from run to run
    assert Path(cache.directory).parent == Path(settings.DATA)
    assert stat.S_IMODE(Path(cache.directory).stat().st_mode) == 0o700


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
