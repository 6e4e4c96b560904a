"""Help with what people type: `check` a text for what to say otherwise, `identifiers` of patients, `reading_age`.

>>> from trustwide.engines import words
>>> [(each.kind, each.text) for each in words.check("We need an app to leverage the data.")]
[('solution', 'need an app'), ('jargon', 'leverage')]
>>> words.identifiers("Her number is 943 476 5919.")[0].identifier
'nhs_number'
"""

from trustwide.engines.words.age import reading_age
from trustwide.engines.words.check import all_identifiers, check, identifiers
from trustwide.engines.words.finding import Finding

__all__ = ["Finding", "all_identifiers", "check", "identifiers", "reading_age"]
