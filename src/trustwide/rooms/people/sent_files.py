"""What is asked of every file that somebody sends, whatever it is for: that no virus is found in it."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from trustwide.engines.uploads import NotScanned, virus_in

FOUND = _("A virus was found in this file, so we did not keep it. Do not open it again: tell your IT service desk")
NOT_LOOKED = _("We could not check this file for viruses, so we did not keep it. Try again in a few minutes")

logger = logging.getLogger(__name__)


def without_virus(file: Any) -> None:
    """The check of every file field: the host names the scanner. Where it does not answer no file is taken."""
    if not settings.CLAMD:
        return
    try:
        virus = virus_in(file.chunks(), settings.CLAMD)
    except NotScanned as error:
        logger.error("A file that was sent was not looked at: %s", error)
        raise ValidationError(NOT_LOOKED) from error
    finally:
        file.seek(0)
    if virus:
        logger.warning("A virus was found in a file that was sent, and the file refused: %s", virus)
        raise ValidationError(FOUND)
