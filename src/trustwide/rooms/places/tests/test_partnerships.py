"""Partners read what is shared with them once both sides have agreed, and no longer than that."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.makers import make_message, make_organisation, make_person, read_by
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import AuditRow, Person
from trustwide.rooms.places.actions_partnership import ask_in, make_partnership


def test_both_sides_agree_first(db: None, client: Client) -> None:
    trust, council = make_organisation(), make_organisation("Council", kind="council")
    ada, carl = make_person("Ada", "administrator", trust), make_person("Carl", "administrator", council)
    nora = make_person("Nora", "staff", trust)
    make_message(make_person("Eve", "executive", trust), trust, sharing="partners")
    client.force_login(ada)
    assert client.post("/st-brides/partnerships/new/", {"name": "Borough"}).status_code == 302
    refused = client.post("/st-brides/partnerships/borough/ask/", {"name": "Nobody"})
    assert refused.status_code == 422
    assert 'value="Nobody"' in refused.text
    asked = [client.post("/st-brides/partnerships/borough/ask/", {"name": "council"}).status_code for _ in range(2)]
    assert asked == [302, 302]
    assert "has not agreed yet" in client.get("/st-brides/partnerships/").text
    assert client.post("/council/partnerships/borough/agree/").status_code == 404  # not Ada's to say
    assert not read_by(Person.objects.get(pk=carl.pk))
    client.force_login(nora)
    assert "Council" not in client.get("/st-brides/partnerships/").text
    assert client.post("/st-brides/partnerships/borough/leave/").status_code == 403
    client.force_login(carl)
    assert client.post("/council/partnerships/borough/agree/").status_code == 302
    assert len(read_by(Person.objects.get(pk=carl.pk))) == 1
    assert client.post("/council/partnerships/borough/leave/").status_code == 302
    assert not read_by(Person.objects.get(pk=carl.pk))
    verbs = AuditRow.objects.filter(kind="places.partnership").values_list("verb", flat=True)
    assert list(verbs) == ["began-partnership", "asked-in", "agreed", "left-partnership"]


def test_only_who_is_in_it_asks_others_in(db: None) -> None:
    """Whoever was asked and has not agreed is not in it yet."""
    trust, council = make_organisation(), make_organisation("Council", kind="council")
    make_organisation("Riverside")
    borough = make_partnership(by=None, organisation=trust, name="Borough")
    ask_in(by=None, organisation=trust, partnership=borough, other="Council")
    with pytest.raises(NotAllowed):
        ask_in(by=None, organisation=council, partnership=borough, other="Riverside")
    assert borough.members.count() == 2
