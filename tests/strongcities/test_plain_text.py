import pytest
from django.core.exceptions import ValidationError

from journeys.models import Milestone
from tests.factories import make_city, make_event, make_milestone, make_region

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("control", ["\x07", "\x9f", "\u202e", "\u2067"])
@pytest.mark.parametrize("make", [make_region, make_city, make_event])
def test_record_names_the_control_character_that_a_field_does_not_take(make, control):
    record = make()
    record.name = f"Na{control}me"

    with pytest.raises(ValidationError) as error:
        record.clean_fields()

    ((name, (message,)),) = error.value.message_dict.items()
    assert name == "name"
    assert f"(U+{ord(control):04X}) cannot be kept here: delete it." in message


def test_soft_break_is_a_line_break_in_a_text_and_a_blank_in_a_line():
    milestone = make_milestone(title="One\vtwo", body="One\vtwo\u2028three")

    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("One two", "One\ntwo\nthree")


NEEDED = "می\u200cخواهم क्\u200dष \u200e\u200f\u061c co\u00adop"
KEPT = {
    "A\x00B\x07C\x1bD": "ABCD",
    "a\x80b\x9fc\x7f": "abc",
    "\u202aa\u202b\u202cb\u202d\u202ec": "abc",
    "a\u2067b": "ab",
    "a\u2069b": "ab",
    "\u2067a\nb\u2069": "a\nb",
    "\u2066a\u2067b\u2069": "a\u2067b\u2069",
    # What scripts need stays
    f"{NEEDED} \u2067نص\u2069 a": f"{NEEDED} \u2067نص\u2069 a",
}


def test_what_no_form_has_seen_is_kept_without_controls_and_isolates_without_their_end():
    milestone = make_milestone(title="A\x00B", body="\n\n".join(KEPT))

    milestone.refresh_from_db()
    assert (milestone.title, milestone.body) == ("AB", "\n\n".join(KEPT.values()))
    assert Milestone.objects.get() == milestone
