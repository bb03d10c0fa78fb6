"""Both sites, as their own processes serve them."""

import pytest

from himaya.config import public


@pytest.fixture
def reporters_site(settings) -> None:
    """The settings of the reporters' site, with the test's database."""
    settings.ROOT_URLCONF = public.ROOT_URLCONF
    settings.MIDDLEWARE = public.MIDDLEWARE
    settings.LANGUAGES = public.LANGUAGES
