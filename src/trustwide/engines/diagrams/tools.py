"""The nine tools: what each is called, what its rows are, and what a row can say."""

from __future__ import annotations

from trustwide.engines.diagrams.model import Detail, Tool

MINUTES = Detail("minutes", "Minutes it takes", "number")
MEASURE = Detail(
    "measure", "Measure", levels=(0, 1), hint="How we will know that it moves, such as: share of tablets ready by 11"
)
VALUE, NEEDED, WASTE = "value", "needed", "waste"
FOR, AGAINST = "for", "against"
#: The eight kinds of waste, their first letters being TIMWOODS.
WASTES = (
    ("transport", "Transport: moving things"),
    ("inventory", "Inventory: too much in store"),
    ("motion", "Motion: walking and looking for things"),
    ("waiting", "Waiting"),
    ("overproduction", "Overproduction: more, or sooner, than is needed"),
    ("over-processing", "Over-processing: doing or writing it twice"),
    ("defects", "Defects: putting things right"),
    ("skills", "Skills that nobody uses"),
)
STANCES = (("1", "Against it"), ("2", "Has doubts"), ("3", "Lets it happen"), ("4", "Helps"), ("5", "Leads it"))
#: The parts of an A3 sheet, in their order: the left half, then the right.
PARTS = (
    ("background", "Why this matters"),
    ("now", "How it is now"),
    ("goal", "Our goal"),
    ("analysis", "Why it happens"),
    ("countermeasures", "What we will try"),
    ("plan", "Who does what, by when"),
    ("follow-up", "How we will check"),
)
BONES = ("People", "Place", "Process", "Policy", "Equipment", "Patient")

TOOLS: dict[str, Tool] = {
    each.key: each
    for each in (
        Tool(
            "driver-diagram",
            "Driver diagram",
            "Our aim: how much, by when, for whom",
            ("primary driver", "secondary driver", "change idea"),
            (MEASURE,),
        ),
        Tool(
            "fishbone",
            "Fishbone",
            "The effect: what goes wrong",
            ("bone", "cause", "cause of that"),
            starts_with=BONES,
        ),
        Tool(
            "five-whys",
            "Five whys",
            "What happened",
            ("why?", "why is that?", "why is that?", "why is that?", "why is that?", "why is that?"),
            (
                Detail("evidence", "How we know", hint="What was seen or counted, not what we think"),
                Detail("act", "We can do something about this", "tick"),
            ),
        ),
        Tool(
            "process-map",
            "Process map",
            "What we followed, from where to where",
            ("step",),
            (
                Detail("lane", "Who does it", hint="A role or a team, never a name"),
                MINUTES,
                Detail("wait", "Minutes of waiting before it", "number"),
                Detail(
                    "worth",
                    "What it is worth",
                    "choice",
                    choices=(
                        (VALUE, "Matters to patients"),
                        (NEEDED, "Has to be done"),
                        (WASTE, "Could be left out"),
                    ),
                ),
            ),
        ),
        Tool(
            "pareto",
            "Pareto chart",
            "What was counted, where and when",
            ("reason",),
            (Detail("count", "How often it was counted", "number", high=10_000_000),),
        ),
        Tool(
            "force-field",
            "Force field",
            "The change we want",
            ("force",),
            (
                Detail(
                    "side", "Which way it pushes", "choice", choices=((FOR, "For it"), (AGAINST, "Against it")),
                ),
                Detail("strength", "How strong, from 1 to 5", "number", low=1, high=5),
            ),
        ),
        Tool(
            "angles",
            "Who sees it how",
            "The change we want",
            ("person or group",),
            (
                Detail("matters", "What matters to them"),
                Detail("now", "Where they stand now", "choice", choices=STANCES),
                Detail("needed", "Where we need them", "choice", choices=STANCES),
                Detail("next", "Our next step"),
            ),
            restricted=True,
        ),
        Tool(
            "waste-walk",
            "Waste walk",
            "Where we walked, and when",
            ("what we saw",),
            (
                Detail("waste", "Kind of waste", "choice", choices=WASTES),
                Detail("minutes", "Minutes each time", "number"),
                Detail("times", "Times a day", "number"),
                Detail("days", "Days a week", "number", low=1, high=7, hint="7 if you leave it empty"),
            ),
        ),
        Tool(
            "a3",
            "A3 sheet",
            "The problem, in a sentence",
            ("note",),
            (Detail("part", "Part of the sheet", "choice", choices=PARTS),),
        ),
    )
}  # fmt: skip
