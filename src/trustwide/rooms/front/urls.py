"""The addresses of this room."""

from django.urls import path

from trustwide.rooms.front import views, views_search

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views_search.search, name="search"),
    path("<slug:organisation>/everything/", views.everything, name="everything"),
]
