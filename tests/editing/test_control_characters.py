import pytest

from tests.admin_forms import edit
from tests.factories import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("publisher")]


@pytest.mark.parametrize("control", ["\x07", "\x9f", "\u202e", "\u2067"])
def test_form_says_which_control_character_it_does_not_take(client, control):
    event = make_event(name="Summit")

    page = edit(client, event, name=f"Sum{control}mit", follow=True).content.decode()

    event.refresh_from_db()
    assert event.name == "Summit"
    assert f"(U+{ord(control):04X}) cannot be kept here: delete it." in page
