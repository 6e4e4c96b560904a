"""The kinds of record that this room owns."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import notices
from trustwide.rooms.commons.kinds import Kind, Stage, register
from trustwide.rooms.places.reach import TEAM_SHARED
from trustwide.rooms.projects import project_page, tests_page
from trustwide.rooms.projects.access import of_its_team, works_with
from trustwide.rooms.projects.begun import begin_project, enter_project, look_at_project, look_at_test
from trustwide.rooms.projects.models import FabulousFailure, Project, TestOfChange

for told in (
    notices.NoticeKind(
        "in-team", _("%(who)s asked you into the team"), _("Somebody asks me into the team of a project")
    ),
    notices.NoticeKind(
        "project-ended",
        _("%(who)s said how this ends or goes on, and thanks you for your part"),
        _("A project that I am in ends, pauses or goes on in another way"),
    ),
):
    notices.register(told)

register(
    Kind(
        model=Project,
        address="projects",
        one=_("project"),
        many=_("Projects"),
        why=_("What we make better, in small steps: what we try, what we think will happen, and when we stop."),
        example=_("Tablets to take home are ready by 11: from 5 of 10 bags to 8. We stop if nurses lose time."),
        write=_("Start something"),
        form="trustwide.rooms.projects.forms.ProjectForm",
        typed=(
            "title", "trying", "expect", "aim", "aim_for", "why", "money", "lived", "unequal", "digital_needs", "ideas",
            "stop_rule", "promised_by", "covered_by", "says", "says_why", "end_reason", "kept", "again_if", "handed_to",
        ),
        stages=(
            Stage("live", _("Under way"), _("Take it up again")),
            Stage("paused", _("Paused")),
            Stage("done", _("Done"), closed=True),
            Stage("stopped", _("Stopped"), closed=True),
            Stage("handed-over", _("Handed over"), closed=True),
        ),
        parts="projects/project-parts.jinja",
        shows=project_page.of_project,
        team=of_its_team,
        begins=begin_project,
        saved=look_at_project,
        fact=project_page.project_fact,
        enters=enter_project,
        due=_("Its day has come: stop it, go on in another way, or hand it over"),
        columns=(
            (_("Size"), lambda project: project_page.SIZE_WORDS[project.size]),
            (_("Where it stands"), lambda project: project.stands),
            (_("IHI scale (0.5 to 5)"), lambda project: "" if project.scale is None else project.scale),
            (_("Stops by"), lambda project: project.stop_on or ""),
            (_("Hours freed a week"), lambda project: "" if project.hours_freed is None else project.hours_freed),
        ),
        beside=(
            (_("Tests of change"), "../tests-of-change/"),
            (_("Fabulous failures: what was learned"), "../fabulous-failures/"),
            (_("The stop list"), "../stops/"),
            (_("Room to improve: hours promised and had"), "../space/"),
        ),
        begin="start/",
        tried_before=True,
        again=project_page.again_words,
        button=40,
    )
)  # fmt: skip
register(
    Kind(
        model=TestOfChange,
        address="tests-of-change",
        one=_("test"),
        many=_("Tests of change"),
        why=_("One small try: we say what we think will happen, do it, and look. A wrong guess teaches most."),
        example=_("Does a tablet round at 9 get the bags ready by 11? We think 8 of 10, on Tuesday and Wednesday."),
        write=_("Plan a test"),
        form="trustwide.rooms.projects.forms_tests.TestForm",
        typed=(
            "title", "trying", "prediction", "rethought", "how", "collect", "stop_if", "happened", "surprises",
            "learned", "next_time",
        ),
        stages=(
            Stage("planned", _("Planned")),
            Stage("running", _("Running")),
            Stage("studied", _("Looked at")),
            Stage("done", _("Over"), closed=True),
            Stage("dropped", _("Not run"), closed=True),
        ),
        parts="projects/test-parts.jinja",
        shows=tests_page.of_test,
        team=of_its_team,
        saved=look_at_test,
        fact=tests_page.test_fact,
        enters=tests_page.enter_test,
        due=_("Your test: what happened?"),
        columns=(
            (_("Test number"), lambda test: test.number if test.of_project_id else ""),
            (_("Prediction written"), lambda test: tests_page.written(test)),
            (_("Came true"), lambda test: tests_page.RIGHT.get(test.right, "")),
            (_("What we do now"), lambda test: tests_page.ACTS.get(test.act, "")),
        ),
        tried_before=True,
        again=lambda test: test.next_time or test.learned,
        in_menu=False,
    )
)  # fmt: skip
register(
    Kind(
        model=FabulousFailure,
        address="fabulous-failures",
        one=_("fabulous failure"),
        many=_("Fabulous failures"),
        why=_(
            "We tried it, it did not work, and now others need not find out again. Its team tells it, with no names."
            " Was somebody harmed, or nearly? Report that by the trust’s incident route (LFPSE), not here."
        ),
        example=_("A text message the day before did not fill our clinic. We would ring those who missed two."),
        write=_("Tell of a fabulous failure"),
        form="trustwide.rooms.projects.forms_failures.FailureForm",
        typed=(
            "title", "what_tried", "predicted", "happened", "why", "cost", "differently", "again_if", "tell",
        ),
        stages=(
            Stage("kept", _("Kept in the team")),
            Stage("published", _("Published")),
            Stage("withdrawn", _("Withdrawn"), _("Withdraw it"), closed=True),
        ),
        sharing=TEAM_SHARED,
        helps=False,
        parts="projects/failure-parts.jinja",
        shows=tests_page.of_failure,
        team=works_with,
        team_alone=True,
        fact=tests_page.failure_fact,
        enters=tests_page.enter_failure,
        tried_before=True,
        again=lambda failure: failure.again_if,
        in_menu=False,
    )
)  # fmt: skip
