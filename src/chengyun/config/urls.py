"""Addresses of the web process."""

from django.urls import path

from chengyun.config.api import api

urlpatterns = [path("api/v1/", api.urls)]
