"""What no screen should be given: characters that break a page, or that make text read as something else."""

from __future__ import annotations

import re

#: Controls, and the marks that turn round the direction of what follows them, so that moc.live reads evil.com.
UNSEEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
#: Half of a pair of UTF-16, which no UTF-8 can hold.
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def tidy(text: str) -> str:
    r"""The text with one kind of line end and without unseen characters; what UTF-8 cannot hold becomes �.

    >>> tidy("a\r\nb\0c\u202ed")
    'a\nbcd'
    """
    return LONE_SURROGATE.sub("\ufffd", UNSEEN.sub("", LINE_ENDS.sub("\n", text)))
