"""Addresses of the resident's pages, below /r/."""

from django.urls import path

from chengyun.services import views

CASE = "c/<str:number>/<str:code>"

urlpatterns = [
    path("", views.report, name="services.report"),
    path("follow", views.follow, name="services.follow"),
    path("asset/<str:name>", views.asset, name="services.asset"),
    path(CASE, views.case, name="services.case"),
    path(f"{CASE}/photo/<uuid:uuid>", views.photo, name="services.photo"),
    path(f"{CASE}/<str:verb>", views.act, name="services.act"),
    path("<str:plate>", views.report, name="services.plate"),
    path("<str:plate>/qr.svg", views.qr, name="services.qr"),
    path("<str:plate>/too/<uuid:case>", views.me_too, name="services.me_too"),
]
