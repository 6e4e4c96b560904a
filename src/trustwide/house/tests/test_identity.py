"""The command that sets up organisations' own sign-ins: what it saves, and what it says of a file that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from tests.makers import make_organisation, make_person
from trustwide.house.identity import main
from trustwide.rooms.people.models import AuditRow, IdentityProvider, Person

GOOD = """
[[provider]]
organisation = "st-brides"
slug = "st-brides"
name = "St Bride's"
server_url = "https://sign-in.example.org"
client_id = "trustwide"
secret = "of the test"
domains = ["St-Brides.example"]
"""


@pytest.fixture
def file(db: None, tmp_path: Path) -> Path:
    make_organisation()
    return tmp_path / "sign-ins.toml"


def test_a_good_file_is_saved_and_its_secret_is_not_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(GOOD)
    assert [main([str(file)]), main([str(file)])] == [0, 0]
    assert IdentityProvider.objects.get().domains == ["st-brides.example"]
    assert "of the test" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('"st-brides"\nslug', '"elsewhere"\nslug', "no organisation called 'elsewhere'"),
        ("https://", "http://", "must begin with https://"),
        ('client_id = "trustwide"\n', "", "client_id"),
        ("client_id", "client", "client, client_id"),
        ('["St-Brides.example"]', "[]", "at least one e-mail domain"),
        ("[[provider]]", "[[provider]", "TOML"),
        (GOOD, "", "names no [[provider]]"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(
    file: Path, capsys: pytest.CaptureFixture[str], before: str, after: str, told: str
) -> None:
    file.write_text(GOOD.replace(before, after))
    assert main([str(file)]) == 1
    said = capsys.readouterr().err
    assert told in said or (told == "TOML" and "Expected" in said)
    assert not IdentityProvider.objects.exists()


def test_a_file_that_is_not_there_says_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file)]) == 1
    assert "No such file" in capsys.readouterr().err


def test_what_the_file_says_no_more_is_taken_back(file: Path, db: None) -> None:
    """Else a provider would go on to be believed in what its owner trusts it with no longer."""
    file.write_text(GOOD + "checks_all_addresses = true\n")
    assert main([str(file)]) == 0
    IdentityProvider.objects.update(protocol="saml", entity_id="https://sign-in.example.org/", certificate="of before")
    file.write_text(GOOD)
    assert main([str(file)]) == 0
    saved = IdentityProvider.objects.get()
    assert (saved.protocol, saved.checks_all_addresses) == ("oidc", False)
    assert (saved.entity_id, saved.certificate) == ("", "")


def test_one_is_taken_away_with_the_people_it_knew(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(GOOD)
    assert main([str(file)]) == 0
    nia, browser = make_person("Nia"), Client()
    browser.force_login(nia)
    for provider in ("st-brides", "another"):
        SocialAccount.objects.create(user=nia, provider=provider, uid="nia")
    assert main(["--remove", "st-brides"]) == 0
    assert "St Bride's: taken away" in capsys.readouterr().out
    assert not IdentityProvider.objects.exists()
    assert browser.get("/me/").status_code == 302
    assert SocialAccount.objects.get().provider == "another"
    assert AuditRow.objects.filter(by=None, verb="removed-sign-in").count() == 1
    assert main(["--remove", "st-brides"]) == 1
    assert "no sign-in called st-brides" in capsys.readouterr().err


def test_who_lost_their_address_to_somebody_else_gets_another(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    john, other, browser = make_person("John"), make_person("Other"), Client()
    browser.force_login(john)
    SocialAccount.objects.create(user=john, provider="st-brides", uid="john")
    for wrong, told in (
        (["jon@example.org", "john.2@example.org"], "No account has the address jon@"),
        (["john@example.org", other.email.upper()], "Another account has the address OTHER@"),
        (["john@example.org", "john.2"], "valid email"),
    ):
        assert main(["--new-address", *wrong]) == 1
        assert told in capsys.readouterr().err
    assert SocialAccount.objects.exists()
    assert main(["--new-address", "John@example.org", "John.2@example.org"]) == 0
    assert "John: John.2@example.org from now on" in capsys.readouterr().out
    assert Person.objects.get(name="John").email == "john.2@example.org"
    assert not SocialAccount.objects.exists()
    assert browser.get("/me/").status_code == 302
    assert AuditRow.objects.filter(by=None, verb="changed", fields=["email"]).count() == 1


@pytest.mark.parametrize("arguments", [[], ["sign-ins.toml", "--remove", "st-brides"]])
def test_a_file_or_what_to_remove(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert "--remove" in capsys.readouterr().err
