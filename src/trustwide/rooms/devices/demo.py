"""The demo's chapter of shared devices: the screen on a ward's wall, a tablet by a door."""

from __future__ import annotations

from datetime import UTC, datetime, time

from trustwide.rooms.devices.actions import add_device, join_device, note_seen
from trustwide.rooms.people import clock
from trustwide.rooms.people.demo import Story

HOME = "St Bride's Hospitals"
#: Where each stands, what it is called, and for how many weeks.
DEVICES = (("Ward 7", "Screen in the corridor", 30), ("Ward 7", "Tablet at the nurses’ station", 12),
           ("Porters", "Tablet by the key cupboard", 6))  # fmt: skip


def tell(story: Story) -> None:
    """Each was joined with its code on the day on which it came, and asked for its board last night."""
    for team, name, weeks in DEVICES:
        place = story.places[f"{HOME} › {team}"]
        leader = story.cast["ward-leader"] if team == "Ward 7" else story.cast[f"leader of {place.pk}"]
        with clock.at(datetime.combine(story.ago(weeks=weeks), time(14, 20), UTC)):
            device, code = add_device(by=leader, place=place, name=name)
            join_device(code=code)
        with clock.at(datetime.combine(story.ago(days=1), time(20, 45), UTC)):
            note_seen(device=device)
