"""Who may start and change a drawing; and that what says things of people stays with the team."""

from __future__ import annotations

import pytest

from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.rooms.commons.actions import change_record
from trustwide.rooms.commons.models import Link
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.purpose.models import Objective
from trustwide.rooms.purpose.tests.made import add
from trustwide.rooms.tools import actions, drawing_page, queries
from trustwide.rooms.tools.models import Drawing
from trustwide.rooms.tools.tests.made import Ward, signed_in, text_of


def test_staff_start_a_drawing_and_a_stranger_does_not(ward: Ward) -> None:
    fields = {"title": "Falls", "tool": "fishbone"}
    number = actions.start_drawing(by=ward.nurse, place=ward.team, fields=fields)
    assert Drawing.objects.get(pk=number).lines.splitlines()[0] == "- People"
    stranger = make_person("Lee", "staff", make_organisation("Calder Vale"))
    with pytest.raises(NotAllowed):
        actions.start_drawing(by=stranger, place=ward.team, fields=fields)


def test_it_is_joined_to_what_it_came_from_once(ward: Ward) -> None:
    key = uuid7()
    first, second = ward.draw(about=ward.aim, key=key), ward.draw(about=ward.aim, key=key)
    assert first.pk == second.pk
    assert Link.objects.get(start=first.pk).end_id == ward.aim.pk


def test_nobody_draws_about_what_they_may_not_read(ward: Ward) -> None:
    elsewhere = make_team(ward.trust, "Ward 8")
    hidden = add(Objective, make_person("Mia", "team-leader", elsewhere), elsewhere, "Ours", sharing="team")
    with pytest.raises(NotAllowed):
        ward.draw(about=hidden)
    assert not Drawing.objects.exists()


def test_who_sees_it_how_is_the_teams_alone(ward: Ward) -> None:
    drawing = ward.draw("angles", "- Night manager\n  now: 2", sharing="public", about=ward.aim)
    assert drawing.sharing == "team"
    with pytest.raises(NotAllowed):
        change_record(by=ward.leader, record=drawing, version=1, fields={"sharing": "organisation"})
    colleague = make_person("Ade", "staff", make_team(ward.trust, "Ward 8"))
    assert signed_in(colleague).get(f"/st-brides/drawings/{drawing.pk}/").status_code == 404
    assert "Night manager" not in text_of(signed_in(colleague), f"/st-brides/objectives/{ward.aim.pk}/")
    assert "Night manager" in text_of(signed_in(ward.nurse), f"/st-brides/objectives/{ward.aim.pk}/")
    assert "Night manager" not in signed_in(colleague).get("/st-brides/drawings/export/").content.decode()


def test_its_forms_do_not_offer_to_share_it(ward: Ward) -> None:
    drawing = ward.draw("angles", "- Night manager")
    assert 'name="sharing"' not in text_of(signed_in(ward.leader), f"/st-brides/drawings/{drawing.pk}/change/")
    assert 'name="sharing"' in text_of(signed_in(ward.leader), f"/st-brides/drawings/{ward.draw().pk}/change/")
    sent = {"tool": "angles", "title": "Who", "sharing": "public", "place": "ward-7", "key": str(uuid7())}
    signed_in(ward.leader).post("/st-brides/drawings/new/", sent)
    assert Drawing.objects.get(title="Who").sharing == "team"


def test_a_sheet_takes_in_what_its_reader_may_read(ward: Ward) -> None:
    open_, closed = (
        ward.draw("pareto", "- Late\n  count: 4", about=ward.aim),
        ward.draw("fishbone", "- Place\n  - Dark", about=ward.aim, sharing="team", title="Ours"),
    )
    sheet = ward.draw("a3", "- It hurts\n  part: background", about=ward.aim)
    colleague = make_person("Ade", "staff", make_team(ward.trust, "Ward 8"))
    assert {each.pk for each in queries.beside(ward.nurse, sheet)} == {open_.pk, closed.pk}
    assert "Late" in drawing_page.picture(colleague, sheet)
    assert "Dark" not in drawing_page.picture(colleague, sheet)
    assert "Dark" in drawing_page.picture(ward.nurse, sheet)


def test_a_neighbour_in_the_group_does_not_change_it(ward: Ward) -> None:
    drawing = ward.draw(sharing="group")
    ward.trust.parent = make_group("Two Hills")
    ward.trust.save()
    neighbour = make_person("Noor", "manager", make_organisation("Calder Vale", ward.trust.parent))
    assert signed_in(neighbour).get(f"/st-brides/drawings/{drawing.pk}/").status_code == 200
    assert signed_in(neighbour).get(f"/st-brides/drawings/{drawing.pk}/edit/").status_code == 403


def test_drawings_out_of_sight_are_not_found_by_their_ids(ward: Ward) -> None:
    drawing = ward.draw(sharing="team")
    other = make_person("Mia", "staff", make_team(ward.trust, "Ward 8"))
    assert [list(queries.drawings_by_id(who, [drawing.pk])) for who in (ward.nurse, other)] == [[drawing], []]
