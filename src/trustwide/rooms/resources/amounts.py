"""Days and money in words."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def amount(half_days: int, money: int) -> str:
    """Such as: 2½ days and £40; what is nothing is left out.

    >>> amount(5, 40), amount(2, 0), amount(0, 1200), amount(1, 0), amount(0, 0)
    ('2½ days and £40', '1 day', '£1,200', '½ day', 'nothing')
    """
    whole, half = divmod(half_days, 2)
    number = f"{whole or '' if half else whole}{'½' if half else ''}"
    told = [ngettext("%(n)s day", "%(n)s days", max(1, whole + half)) % {"n": number}] if half_days else []
    told += [f"£{money:,}"] if money else []
    return _(" and ").join(told) or _("nothing")
