"""Looking each morning whether a measure that a gain watches changed for the worse: the owner knows first."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.gains import actions, queries
from trustwide.rooms.jobs.queue import job, later
from trustwide.rooms.jobs.timed import Timed, register


@job(words=_("look at the measures of what teams keep"))
def watch_gains() -> None:
    """A job for each gain whose owner is to be told, and for each signal whose week is over."""
    for number, began, of in queries.gains_with_signal().values_list("pk", "watch__changed_since", "organisation"):
        later(tell_owner_of_gain, key=f"{number} {began}", of=of, gain=str(number))
    for number, of in queries.signals_for_others().values_list("pk", "gain__organisation"):
        later(tell_others_of_gain, key=f"{number}", of=of, signal=str(number))


@job(words=_("tell an owner that a measure changed"))
def tell_owner_of_gain(gain: str) -> None:
    """Unless its measure is well again, or watched no more."""
    found = queries.whole_gain(UUID(gain))
    watch = found.watch if found else None
    if found and watch and watch.variation.startswith("concern") and watch.changed_since:
        actions.tell_of_signal(by=None, gain=found, began=watch.changed_since)


@job(words=_("tell a team that a measure changed"))
def tell_others_of_gain(signal: str) -> None:
    found = queries.whole_signal(UUID(signal))
    if found:
        actions.tell_others_of_signal(by=None, signal=found)


register(Timed(watch_gains, at_hour=7))
