"""From a table of measures, as people have it, to a `Batch`, with every problem named by row, column and cure."""

from trustwide.engines.spc.intake.measures import Intake, read_measures
from trustwide.engines.spc.intake.settings_file import settings_from_text

__all__ = ["Intake", "read_measures", "settings_from_text"]
