"""The pages made of several concepts, and the frame around all pages."""

from django.apps import AppConfig


class Web(AppConfig):
    """Both sites' templates, styles and words."""

    name = "himaya.web"
