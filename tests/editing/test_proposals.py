import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from journeys.models import MilestoneTheme
from strongcities.editing import proposals
from strongcities.editing.models import Proposal
from tests.admin_forms import fields_of, send
from tests.editing.staff import make_editor, make_hub_editor, make_publisher
from tests.factories import (
    link_theme,
    make_city,
    make_event,
    make_milestone,
    make_region,
    make_theme,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgresql]


def change_address(record) -> str:
    meta = record._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])


def page_of(proposal) -> str:
    return reverse("admin:editing_proposal_change", args=[proposal.pk])


def propose_as_editor(client, record, **changes) -> Proposal:
    """An editor opens the form, changes something and presses the button."""
    client.force_login(make_editor())
    response = send(client, change_address(record), _propose="Propose", **changes)
    assert response.status_code == 302, response.context["errors"]
    return Proposal.objects.latest("pk")


def approve(client, proposal, **choices):
    client.force_login(make_publisher())
    return client.post(page_of(proposal), {"_approve": "yes", **choices})


# Proposing


def test_editor_changes_nothing_that_is_public(client):
    milestone = make_milestone(title="As it was")

    proposal = propose_as_editor(client, milestone, title="As I want it", comment="Better")

    milestone.refresh_from_db()
    assert milestone.title == "As it was"
    assert (proposal.state, proposal.note) == ("open", "Better")
    assert "As it was" in client.get(milestone.get_absolute_url()).content.decode()


def test_plain_save_by_an_editor_is_a_proposal_too(client):
    event = make_event(name="As it was")
    client.force_login(make_editor())

    response = send(client, change_address(event), name="As I want it", follow=True)

    event.refresh_from_db()
    assert event.name == "As it was"
    assert "the public page stays as it is" in response.content.decode()


def test_publisher_may_propose_instead_of_saving(client):
    event = make_event(name="As it was")
    client.force_login(make_publisher())

    send(client, change_address(event), name="As I want it", _save=None, _propose="Propose")

    event.refresh_from_db()
    assert event.name == "As it was"
    assert Proposal.objects.get().proposed["name"] == "As I want it"


def test_proposal_holds_rows_of_links(client):
    milestone = make_milestone(body="Youth councils meet.")
    gone, kept = make_theme(name="Gone"), make_theme(name="New")
    link = link_theme(milestone, gone)

    proposal = propose_as_editor(
        client,
        milestone,
        **{
            "theme_links-TOTAL_FORMS": "2",
            "theme_links-0-DELETE": "on",
            "theme_links-1-theme": kept.pk,
            "theme_links-1-quote": "Youth councils",
        },
    )

    assert MilestoneTheme.objects.get() == link
    approve(client, proposal)
    assert [str(one.theme) for one in milestone.theme_links.all()] == ["New"]


def test_mistakes_are_told_before_anything_is_proposed(client):
    milestone = make_milestone()
    client.force_login(make_editor())

    response = send(client, change_address(milestone), _propose="Propose", date="2024-13")

    assert response.status_code == 200
    assert "date" in response.context["adminform"].form.errors
    assert '<a href="#id_date">Date, as read</a>: ' in response.content.decode()
    assert not Proposal.objects.exists()


def test_form_lists_mistakes_in_links_with_the_way_there(client):
    milestone = make_milestone()
    client.force_login(make_editor())
    link = {
        "theme_links-TOTAL_FORMS": "1",
        "theme_links-0-theme": make_theme().pk,
        "theme_links-0-quote": "What nobody said",
    }

    page = send(client, change_address(milestone), **link).content.decode()

    assert '<a href="#id_theme_links-0-quote">Themes, Quote</a>: These words do not stand' in page


def test_form_of_a_published_record_offers_editors_no_save(client):
    client.force_login(make_editor())

    page = client.get(change_address(make_milestone())).content.decode()

    assert 'name="_propose"' in page
    assert 'name="_save"' not in page
    assert 'name="_addanother"' not in page


def test_proposing_what_is_already_so_says_it(client):
    milestone = make_milestone()
    client.force_login(make_editor())

    response = send(client, change_address(milestone), _propose="Propose", follow=True)

    assert "Nothing differs from the published text" in response.content.decode()
    assert not Proposal.objects.exists()


def test_status_is_no_part_of_a_proposal(client):
    milestone = make_milestone(title="As it was")
    client.force_login(make_publisher())

    send(
        client,
        change_address(milestone),
        _save=None,
        _propose="Propose",
        title="As I want it",
        status="draft",
    )

    proposal = Proposal.objects.get()
    approve(client, proposal)
    milestone.refresh_from_db()
    assert (milestone.title, milestone.status) == ("As I want it", "published")


def test_form_says_that_a_proposal_waits(client):
    milestone = make_milestone()
    propose_as_editor(client, milestone, title="Other", comment="A better title")

    page = client.get(change_address(milestone)).content.decode()

    assert "A better title" in page
    assert "wait for a publisher" in page


# Seeing


def test_editors_see_their_own_proposals_and_no_others(client):
    proposal = propose_as_editor(client, make_milestone(), title="Mine")
    own = client.get(page_of(proposal))
    listed = client.get(reverse("admin:editing_proposal_changelist")).context["cl"].result_count

    client.force_login(make_editor())

    assert (own.status_code, listed) == (200, 1)
    assert client.get(page_of(proposal)).status_code == 404
    assert client.get(reverse("admin:editing_proposal_changelist")).context["cl"].result_count == 0


def test_comparison_marks_words_added_and_removed(client):
    milestone = make_milestone(body="The council met twice.")
    proposal = propose_as_editor(client, milestone, body="The council met <b>three</b> times.")

    page = client.get(page_of(proposal)).content.decode()

    assert "<del" in page
    assert "<ins" in page
    assert "&lt;b&gt;three&lt;/b&gt;" in page


def test_proposal_is_previewed_as_the_public_would_see_it(client):
    milestone = make_milestone(title="As it was")
    proposal = propose_as_editor(client, milestone, title="As I want it")

    page = client.get(reverse("admin:editing_proposal_preview", args=[proposal.pk]))

    milestone.refresh_from_db()
    assert "As I want it" in page.content.decode()
    assert milestone.title == "As it was"


# Deciding


def test_approving_writes_it_and_keeps_who_wanted_it(client):
    milestone = make_milestone(title="As it was")
    proposal = propose_as_editor(client, milestone, title="As I want it", comment="Better")

    approve(client, proposal)

    milestone.refresh_from_db()
    proposal.refresh_from_db()
    history = client.get(change_address(milestone).replace("change", "history")).content.decode()
    assert (milestone.title, proposal.state) == ("As I want it", "approved")
    assert "Proposed by" in history


def test_editor_cannot_approve(client):
    milestone = make_milestone(title="As it was")
    proposal = propose_as_editor(client, milestone, title="As I want it")

    response = client.post(page_of(proposal), {"_approve": "yes"})

    milestone.refresh_from_db()
    assert (response.status_code, milestone.title) == (403, "As it was")


def test_declining_needs_a_reason_which_the_editor_reads(client):
    proposal = propose_as_editor(client, make_milestone(), title="As I want it")
    editor = proposal.proposed_by
    client.force_login(make_publisher())

    refused = client.post(page_of(proposal), {"_decline": "yes", "reason": " "})
    client.post(page_of(proposal), {"_decline": "yes", "reason": "The page says otherwise."})

    assert "Say why" in refused.content.decode()
    client.force_login(editor)
    assert "The page says otherwise." in client.get(page_of(proposal)).content.decode()


def test_editor_takes_a_proposal_back(client):
    proposal = propose_as_editor(client, make_milestone(), title="As I want it")

    client.post(page_of(proposal), {"_take_back": "yes"})

    proposal.refresh_from_db()
    assert proposal.state == "taken-back"


def test_decided_proposal_is_not_decided_again(client):
    milestone = make_milestone()
    proposal = propose_as_editor(client, milestone, title="As I want it")
    approve(client, proposal)
    type(milestone).objects.update(title="Changed since")

    response = client.post(page_of(proposal), {"_approve": "yes"})

    milestone.refresh_from_db()
    assert "decided on this meanwhile" in response.content.decode()
    assert milestone.title == "Changed since"


def test_what_changed_elsewhere_meanwhile_is_shown_and_kept(client):
    milestone = make_milestone(title="Title", body="Body")
    proposal = propose_as_editor(client, milestone, title="My title")
    client.force_login(make_publisher())
    send(client, change_address(milestone), body="A colleague's body")

    page = client.get(page_of(proposal)).content.decode()
    client.post(page_of(proposal), {"_approve": "yes"})

    milestone.refresh_from_db()
    assert "What has changed in the live record meanwhile" in page
    assert (milestone.title, milestone.body) == ("My title", "A colleague's body")


@pytest.mark.parametrize(("keep", "title"), [("live", "Colleague's"), ("proposed", "Mine")])
def test_what_both_changed_is_for_the_publisher_to_choose(client, keep, title):
    milestone = make_milestone(title="Title")
    proposal = propose_as_editor(client, milestone, title="Mine")
    client.force_login(make_publisher())
    send(client, change_address(milestone), title="Colleague's")

    refused = client.post(page_of(proposal), {"_approve": "yes"})
    milestone.refresh_from_db()
    untouched = milestone.title
    client.post(page_of(proposal), {"_approve": "yes", "keep:title": keep})

    milestone.refresh_from_db()
    assert refused.status_code == 409
    assert "choose which text to keep" in refused.content.decode()
    assert (untouched, milestone.title) == ("Colleague's", title)


BODY = "The city held a first dialogue. Young people came."


def propose_against(client, mine: str, theirs: str) -> Proposal:
    """A proposal on a text that a publisher has changed meanwhile."""
    milestone = make_milestone(body=BODY)
    proposal = propose_as_editor(client, milestone, body=mine)
    client.force_login(make_publisher())
    send(client, change_address(milestone), body=theirs)
    return proposal


def test_corrections_of_different_words_need_no_choice(client):
    mine, theirs = BODY.replace("first", "second"), BODY.replace("city", "town")
    proposal = propose_against(client, mine, theirs)

    client.post(page_of(proposal), {"_approve": "yes"})

    assert proposal.record.body == "The town held a second dialogue. Young people came."


def test_where_the_same_words_differ_the_publisher_may_write_the_text(client):
    mine, theirs = BODY.replace("first", "second"), BODY.replace("first", "third")
    proposal = propose_against(client, mine, theirs + " It rained.")

    page = client.get(page_of(proposal)).content.decode()
    own = {"keep:body": "joined", "text:body": "As the publisher writes it."}
    client.post(page_of(proposal), {"_approve": "yes", **own})

    assert "The city held a second dialogue. Young people came. It rained.</textarea>" in page
    proposal.record.refresh_from_db()
    assert proposal.record.body == "As the publisher writes it."


def test_approving_another_place_makes_room_as_saving_does(client):
    city = make_city()
    first, second = (make_milestone(city=city, position=place) for place in (1, 2))
    proposal = propose_as_editor(client, second, position="1")

    approve(client, proposal)

    assert list(city.milestones.order_by("position").values_list("pk", "position")) == [
        (second.pk, 1),
        (first.pk, 2),
    ]


def test_what_was_approved_meanwhile_cannot_be_taken_back(client):
    milestone = make_milestone()
    proposal = propose_as_editor(client, milestone, title="As I want it")
    page = client.get(page_of(proposal))
    proposals.approve(proposal, make_publisher(), {})

    response = client.post(page_of(proposal), {"_take_back": "yes"})

    assert "Take back" in page.content.decode()
    assert "decided on this meanwhile" in response.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "approved"


def test_take_back_reads_again_what_is_stored(client):
    proposal = propose_as_editor(client, make_milestone(), title="As I want it")
    editor, earlier = proposal.proposed_by, Proposal.objects.get(pk=proposal.pk)
    proposals.approve(proposal, make_publisher(), {})

    with pytest.raises(ValidationError, match="decided on this meanwhile"):
        proposals.take_back(earlier, editor)


def test_what_no_longer_fits_is_refused_in_words(client):
    milestone = make_milestone(body="Youth councils meet.")
    theme = make_theme()
    proposal = propose_as_editor(
        client,
        milestone,
        **{
            "theme_links-TOTAL_FORMS": "1",
            "theme_links-0-theme": theme.pk,
            "theme_links-0-quote": "Youth councils",
        },
    )
    client.force_login(make_publisher())
    send(client, change_address(milestone), body="Something else.")

    response = client.post(page_of(proposal), {"_approve": "yes"})

    assert "do not stand in the milestone" in response.content.decode()
    assert not milestone.theme_links.exists()
    proposal.refresh_from_db()
    assert proposal.is_open


# Hubs


def test_hub_editor_proposes_only_in_their_region(client):
    own, other = make_region(), make_region()
    here, there = make_city(region=own), make_city(region=other)
    client.force_login(make_hub_editor(own))

    mine = send(client, change_address(here), name="Renamed")

    assert mine.status_code == 302
    assert Proposal.objects.get().record == here
    assert "name" not in fields_of(client, change_address(there))
    assert client.post(change_address(there), {"name": "Renamed"}).status_code == 403
