"""The addresses of this room that are its own; those of its records are in commons."""

from __future__ import annotations

from django.urls import path

from trustwide.rooms.resources import pot_views, views

POTS, CASE = "<slug:organisation>/pots/", "<slug:organisation>/cases/<uuid:record>/"

app_name = "resources"
urlpatterns = [
    path(POTS, pot_views.pots, name="pots"),
    path(POTS + "new/", pot_views.set_pot, name="set-pot"),
    path(POTS + "draws/<uuid:draw>/", pot_views.came, name="came"),
    path(POTS + "<uuid:pot>/", pot_views.pot, name="pot"),
    path(POTS + "<uuid:pot>/draw/", pot_views.draw, name="draw"),
    path(CASE + "benefits/new/", views.add_benefit, name="add-benefit"),
    path(CASE + "benefits/<uuid:benefit>/", views.change_benefit, name="change-benefit"),
    path(CASE + "benefits/<uuid:benefit>/blank/", views.blank, name="blank-benefit"),
    path(CASE + "ask/", views.ask_to_agree, name="ask-to-agree"),
    path(CASE + "agree/", views.agree, name="agree"),
    path(CASE + "look-back/", views.look_back, name="look-back"),
    path(CASE + "case.pdf", views.case_pdf, name="case-pdf"),
]
