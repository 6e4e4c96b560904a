"""The addresses of this room."""

from django.urls import path

from trustwide.rooms.measures import views, views_numbers, views_reports

app_name = "measures"
urlpatterns = [
    path("national/", views.comparison, name="comparison"),
    path("national/organisations/<str:code>/", views.organisation, name="organisation"),
    path("reading-charts/", views.reading_charts, name="reading-charts"),
    path("<slug:organisation>/reports/", views_reports.reports, name="reports"),
    path("<slug:organisation>/reports/new/", views_reports.new_report, name="new-report"),
    path("<slug:organisation>/reports/new/<uuid:number>/", views_reports.choose_columns, name="choose-columns"),
    path(
        "<slug:organisation>/reports/new/<uuid:number>/measures/", views_reports.choose_measures, name="choose-measures"
    ),
    path("<slug:organisation>/reports/<uuid:number>/", views_reports.report, name="report"),
    path("<slug:organisation>/reports/<uuid:number>/report.pdf", views_reports.report_pdf, name="report-pdf"),
    path("<slug:organisation>/reports/<uuid:number>/remove/", views_reports.remove_report, name="remove-report"),
    path("<slug:organisation>/measures/<uuid:record>/numbers/", views_numbers.numbers, name="numbers"),
    path("<slug:organisation>/measures/<uuid:record>/resets/", views_numbers.resets, name="resets"),
    path(
        "<slug:organisation>/measures/<uuid:record>/resets/<uuid:reset>/remove/",
        views_numbers.remove_reset,
        name="remove-reset",
    ),
]
