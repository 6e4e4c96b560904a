"""What commons offers at a team's board."""

from __future__ import annotations

from tests.makers import make_organisation, make_person, make_team
from trustwide.rooms.commons.kinds import kind_at
from trustwide.rooms.commons.on_board import addition_of


def test_a_kind_of_record_can_be_added_at_a_board(db: None) -> None:
    kind, team = kind_at("measures"), make_team(make_organisation())
    leader, nurse = make_person("Ruby", "team-leader", team), make_person("Sam", "staff", team)
    assert kind
    addition = addition_of(kind)
    assert [addition.open_to(who, team) for who in (leader, nurse)] == [True, False]
    shown = addition.form(leader, team, None)
    assert "place" not in [each.name for each in shown.visible_fields()]
    typed = {"title": "Breaks taken", "place": "ward-7", "every": "week", "chart": "xmr", "improvement": "increase"}
    form = addition.form(leader, team, typed)
    assert form.is_valid(), form.errors
    made = addition.save(leader, team, form)
    assert (made.title, made.place, made.created_by) == ("Breaks taken", team, leader)
