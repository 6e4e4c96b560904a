"""Control charts: `read` a file of measures, `analyse` it, `draw` a series.

>>> from trustwide.engines import spc
>>> falls = spc.analyse([7, 9, 8, 6, 9, 8, 7, 8, 9, 7, 8, 8, 3], name="Falls", improvement="decrease")[0]
>>> falls.variation, falls.signals[-1]
('improvement_low', ('outside',))
>>> spc.draw(falls)[:4]
'<svg'
"""

from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.draw import draw
from trustwide.engines.spc.front_door import analyse, read
from trustwide.engines.spc.model import Batch, Problem, Series, Settings

__all__ = ["Analysis", "Batch", "Problem", "Series", "Settings", "analyse", "draw", "read"]
