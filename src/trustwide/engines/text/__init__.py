"""Typed text made safe to show: the one place where what people type becomes HTML.

>>> from trustwide.engines import text
>>> text.to_html("We tried **one** change")
'<p>We tried <strong>one</strong> change</p>\\n'
>>> text.to_plain("We tried **one**\\n\\n- change")
'We tried one change'
"""

from trustwide.engines.text.comparing import compare
from trustwide.engines.text.rendering import to_html, to_plain

__all__ = ["compare", "to_html", "to_plain"]
