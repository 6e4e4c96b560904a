"""The addresses of the demo; they answer in demo mode alone."""

from django.urls import path

from trustwide.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.personas, name="personas"),
    path("demo/sign-in/", views.sign_in, name="sign-in"),
]
