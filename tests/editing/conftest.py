"""Two publishers, each with a browser, and a milestone that both may write."""

import pytest

from tests.editing.staff import make_publisher
from tests.editing.two_editors import BODY, address_of, browser_of
from tests.factories import make_milestone, make_theme


@pytest.fixture
def milestone():
    return make_milestone(title="A dialogue", body=BODY, status="draft")


@pytest.fixture
def address(milestone):
    return address_of(milestone)


@pytest.fixture
def ada():
    return browser_of(make_publisher(first_name="Ada", last_name="Abara"))


@pytest.fixture
def ben():
    return browser_of(make_publisher(first_name="Ben", last_name="Bondi"))


@pytest.fixture
def themes(milestone):
    return [make_theme(name=name) for name in ("Youth", "Safety", "Dialogue")]
