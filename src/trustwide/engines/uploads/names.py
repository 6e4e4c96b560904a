"""File names that are safe on any computer and that show what they are."""

from __future__ import annotations

import re
import unicodedata

#: Not allowed in names by Windows, or with a meaning to a shell or in an address.
AWKWARD = re.compile(r'[<>:"|?*%#`$;&\']')
#: Names that Windows keeps for devices, whatever their ending.
DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])", re.IGNORECASE)
LONGEST = 100  # characters; no more than 200 bytes in UTF-8


def split_name(name: str) -> tuple[str, str]:
    """A name made safe, and its ending in small letters, without folders and unseen or turning characters.

    >>> [split_name(each) for each in ("../a/Ward 7.JPG", "NUL.txt", "x\\u202egnp.exe", ".htaccess", "a:b.pdf")]
    [('Ward 7', 'jpg'), ('file NUL', 'txt'), ('xgnp', 'exe'), ('htaccess', ''), ('a-b', 'pdf')]
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(each for each in last if unicodedata.category(each) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    tidy = " ".join(AWKWARD.sub("-", seen).split()).strip(". ")
    stem, dot, ending = tidy.rpartition(".")
    stem, ending = (stem, ending) if dot else (tidy, "")
    stem = stem[:LONGEST].encode()[: 2 * LONGEST].decode(errors="ignore").strip(". -") or "file"
    return (f"file {stem}" if DEVICES.fullmatch(stem.partition(".")[0].strip()) else stem), ending.strip().lower()
