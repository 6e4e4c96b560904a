"""Which of a trust's values a document carries, and whether it expects a part in improving."""

from trustwide.engines.matching.drafts import drafts
from trustwide.engines.matching.judging import Found, Matcher, Passage
from trustwide.engines.matching.values import Value
from trustwide.engines.matching.values_file import ValuesFileError, read_values

__all__ = ["Found", "Matcher", "Passage", "Value", "ValuesFileError", "drafts", "read_values"]
