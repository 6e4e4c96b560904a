"""The addresses of this room that are its own; those of its records are in commons."""

from django.urls import path

from trustwide.rooms.projects import views, views_pages, views_tests

HOME, PROJECT = "<slug:organisation>/projects/", "<slug:organisation>/projects/<uuid:record>/"
TEST, FAILURE = (
    "<slug:organisation>/tests-of-change/<uuid:record>/",
    "<slug:organisation>/fabulous-failures/<uuid:record>/",
)

app_name = "projects"
urlpatterns = [
    path(HOME + "start/", views_pages.start, name="start"),
    path(HOME + "rigour/", views_pages.rigour, name="rigour"),
    path("<slug:organisation>/space/", views_pages.space, name="space"),
    path("<slug:organisation>/stops/", views_pages.stops, name="stops"),
    path("<slug:organisation>/ideas/<uuid:record>/test/", views_tests.try_idea, name="try-idea"),
    path(PROJECT + "test/", views_tests.add, name="add-test"),
    path(PROJECT + "end/", views.end, name="end"),
    path(PROJECT + "team/", views.team, name="team"),
    path(PROJECT + "team/<uuid:member>/remove/", views.remove_member, name="remove-member"),
    path(PROJECT + "how-we-will-know/", views.measures, name="measures"),
    path(PROJECT + "hours/", views.hours, name="hours"),
    path(PROJECT + "failure/", views_tests.tell_failure, name="tell-failure"),
    path(TEST + "begin/", views_tests.begin, name="begin"),
    path(TEST + "study/", views_tests.study, name="study"),
    path(TEST + "decide/", views_tests.decide, name="decide"),
    path(FAILURE + "publish/", views_tests.publish, name="publish"),
    path(FAILURE + "thank/", views_tests.thank, name="thank"),
]
