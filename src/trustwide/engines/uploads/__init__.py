"""What a person may attach to a record: known kinds, by their content, made harmless; the rest refused with a reason.

>>> from trustwide.engines import uploads
>>> uploads.check("../notes.txt", b"Falls are down").safe_name
'notes.txt'
>>> print(uploads.check("run.exe", b"MZ"))
This kind of file (.exe) cannot be attached. Attach a picture, a PDF, an office document, a CSV file or plain text.
"""

from trustwide.engines.uploads.checking import MOST_BYTES, check
from trustwide.engines.uploads.outcome import Accepted, Refused
from trustwide.engines.uploads.virus_scan import NotScanned, virus_in

__all__ = ["MOST_BYTES", "Accepted", "NotScanned", "Refused", "check", "virus_in"]
