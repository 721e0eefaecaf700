"""Who is signed in; two publishers, each with a browser, and a milestone that both may write."""

import pytest

from tests.admin_forms import fields_of
from tests.editing.staff import (
    make_administrator,
    make_editor,
    make_hub_editor,
    make_publisher,
    make_superuser,
)
from tests.editing.two_editors import BODY, address_of, browser_of, save
from tests.factories import make_milestone, make_region, make_theme


@pytest.fixture
def editor(client):
    """Signed in, as are the publisher, the superuser and the administrator."""
    return signed_in(client, make_editor())


@pytest.fixture
def publisher(client):
    return signed_in(client, make_publisher(first_name="Pat", last_name="Publisher"))


@pytest.fixture
def superuser(client):
    return signed_in(client, make_superuser())


@pytest.fixture
def administrator(client):
    return signed_in(client, make_administrator(username="ada"))


@pytest.fixture
def hub():
    """Where the hub editor works."""
    return make_region(name="Its hub")


@pytest.fixture
def hub_editor(client, hub):
    return signed_in(client, make_hub_editor(hub))


def signed_in(client, user):
    client.force_login(user)
    return user


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


@pytest.fixture
def both(ada, ben, address):
    """A function: the page that Ada gets, saving a form that Ben has saved meanwhile."""

    def save_both(theirs: dict, **mine):
        opened = fields_of(ada, address)
        assert save(ben, address, fields_of(ben, address), **theirs).status_code == 302
        return save(ada, address, opened, **mine)

    return save_both
