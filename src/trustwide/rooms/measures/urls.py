"""The addresses of this room."""

from django.urls import path

from trustwide.rooms.measures import views, views_numbers

app_name = "measures"
urlpatterns = [
    path("national/", views.comparison, name="comparison"),
    path("national/organisations/<str:code>/", views.organisation, name="organisation"),
    path("reading-charts/", views.reading_charts, name="reading-charts"),
    path("reports/", views.reports, name="reports"),
    path("reports/new/", views.new_report, name="new-report"),
    path("reports/new/<uuid:number>/", views.choose_columns, name="choose-columns"),
    path("reports/new/<uuid:number>/measures/", views.choose_measures, name="choose-measures"),
    path("reports/<uuid:number>/", views.report, name="report"),
    path("reports/<uuid:number>/report.pdf", views.report_pdf, name="report-pdf"),
    path("reports/<uuid:number>/remove/", views.remove_report, name="remove-report"),
    path("<slug:organisation>/measures/<uuid:record>/numbers/", views_numbers.numbers, name="numbers"),
    path("<slug:organisation>/measures/<uuid:record>/resets/", views_numbers.resets, name="resets"),
    path(
        "<slug:organisation>/measures/<uuid:record>/resets/<uuid:reset>/remove/",
        views_numbers.remove_reset,
        name="remove-reset",
    ),
]
