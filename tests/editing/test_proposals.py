import pytest
from django.core.exceptions import ValidationError

from strongcities.editing import proposals
from strongcities.editing.models import Proposal
from tests.admin_forms import (
    address_of,
    edit,
    fields_of,
    form_in,
    one_row,
    page_of,
    text_of,
)
from tests.editing.staff import make_editor, make_publisher
from tests.editing.two_editors import BODY
from tests.factories import link_theme, make_city, make_event, make_milestone, make_theme, stored

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def propose_as_editor(client, record, **changes) -> Proposal:
    """An editor opens the form, changes something and presses the button."""
    client.force_login(make_editor())
    response = edit(client, record, _propose="Propose", **changes)
    assert response.status_code == 302, response.context["errors"]
    return Proposal.objects.latest("pk")


def page(client, record, **query) -> str:
    return client.get(address_of(record), query).content.decode()


def decide(client, proposal, **posted):
    return client.post(address_of(proposal), posted)


def approve(client, proposal, **choices):
    client.force_login(make_publisher())
    return decide(client, proposal, _approve="yes", **choices)


# Proposing


def test_editor_changes_nothing_that_is_public_until_it_is_approved_and_keeps_who_wanted_it(client):
    milestone = make_milestone(title="As it was")

    proposal = propose_as_editor(client, milestone, title="As I want it", comment="Better")

    assert stored(milestone).title == "As it was"
    assert (proposal.state, proposal.note) == ("open", "Better")
    assert "As it was" in client.get(milestone.get_absolute_url()).content.decode()
    assert "Better" in page(client, milestone)
    assert "wait for a publisher" in page(client, milestone)
    approve(client, proposal)
    history = client.get(address_of(milestone, "history")).content.decode()
    assert (stored(milestone).title, stored(proposal).state) == ("As I want it", "approved")
    assert "Proposed by" in history


def test_what_is_proposed_twice_waits_once(client, editor):
    milestone = make_milestone()
    data = fields_of(client, address_of(milestone)) | {"body": "Other words.", "_propose": "yes"}

    first, twice = (client.post(address_of(milestone), data, follow=True) for _time in range(2))

    assert "is proposed; the public page stays as it is" in text_of(first)
    assert "You have proposed this already." in text_of(twice)
    assert Proposal.objects.count() == 1


def test_form_of_a_published_record_offers_editors_no_save_and_takes_one_as_a_proposal(
    client, editor
):
    event = make_event(name="As it was")

    form = page(client, event)
    response = edit(client, event, name="As I want it", follow=True)

    assert 'name="_propose"' in form
    assert 'name="_save"' not in form
    assert 'name="_addanother"' not in form
    assert stored(event).name == "As it was"
    assert "the public page stays as it is" in response.content.decode()


def test_publisher_may_propose_instead_of_saving_and_status_is_no_part_of_it(client, publisher):
    event = make_event(name="As it was")
    typed = {"name": "As I want it", "status": "draft"}

    edit(client, event, _save=None, _propose="Propose", **typed)
    untouched = stored(event).name
    approve(client, Proposal.objects.get())

    event.refresh_from_db()
    assert untouched == "As it was"
    assert (event.name, event.status) == ("As I want it", "published")


@pytest.mark.postgresql
def test_proposal_holds_rows_of_links_and_the_words_that_they_quote(client):
    milestone = make_milestone(body="Youth councils meet.")
    links = [link_theme(milestone, make_theme(name=name), "Youth") for name in ("Gone", "Kept")]
    rows = {
        "theme_links-TOTAL_FORMS": "3",
        "theme_links-0-DELETE": "on",
        "theme_links-1-quote": "Girls",
        "theme_links-2-theme": make_theme(name="New").pk,
        "theme_links-2-quote": "councils of girls",
    }

    proposal = propose_as_editor(client, milestone, body="Girls and councils of girls.", **rows)

    assert list(milestone.theme_links.all()) == links
    approve(client, proposal)
    quotes = dict(milestone.theme_links.values_list("theme__name", "quote"))
    assert quotes == {"Kept": "Girls", "New": "councils of girls"}


def test_mistakes_are_told_with_the_way_there_and_nothing_new_is_not_proposed(client, editor):
    milestone = make_milestone()
    row = one_row("theme_links", theme=make_theme().pk, quote="What nobody said")

    response = edit(client, milestone, _propose="Propose", date="2024-13")
    of_row = edit(client, milestone, **row).content.decode()
    nothing = edit(client, milestone, _propose="Propose", follow=True)

    assert response.status_code == 200
    assert "date" in response.context["adminform"].form.errors
    assert '<a href="#id_date">Date, as read</a>: ' in response.content.decode()
    assert '<a href="#id_theme_links-0-quote">Themes, Quote</a>: These words do not stand' in of_row
    assert "Nothing differs from the published text" in nothing.content.decode()
    assert not Proposal.objects.exists()


# Seeing


@pytest.mark.postgresql
def test_editors_find_their_own_proposals_and_no_others_and_take_them_back(client):
    proposal = propose_as_editor(client, make_milestone(), title="Mine")
    own = client.get(page_of(Proposal)).context["cl"].result_count
    decide(client, proposal, _take_back="yes")

    client.force_login(make_editor())

    assert (own, stored(proposal).state) == (1, "taken-back")
    assert client.get(page_of(Proposal)).context["cl"].result_count == 0


def test_comparison_marks_words_and_preview_shows_them_as_the_public_would_see_them(client):
    milestone = make_milestone(body="The council met twice.")
    proposal = propose_as_editor(client, milestone, body="The council met <b>three</b> times.")

    preview = client.get(address_of(proposal, "preview")).content.decode()

    compared = " ".join(page(client, proposal).split())
    heard = '<span class="visually-hidden">'
    for words in (f"<del>{heard}removed: </span>twice.", f"<ins>{heard}added: </span>&lt;b&gt;th"):
        assert words in compared
    assert "The council met &lt;b&gt;three&lt;/b&gt; times." in preview
    assert stored(milestone).body == "The council met twice."


# Deciding


def test_declining_needs_a_reason_which_the_editor_reads(client):
    proposal = propose_as_editor(client, make_milestone(), title="As I want it")
    client.force_login(make_publisher())

    refused = decide(client, proposal, _decline="yes", reason=" ")
    nul = decide(client, proposal, _decline="yes", reason="\x00")
    decide(client, proposal, _decline="yes", reason="The page says otherwise.")

    assert "Say why" in refused.content.decode()
    assert "Say why" in nul.content.decode()
    client.force_login(proposal.proposed_by)
    assert "The page says otherwise." in page(client, proposal)


@pytest.mark.postgresql
@pytest.mark.parametrize("again", ["_approve", "_take_back"])
def test_decided_proposal_is_not_decided_again(client, again):
    milestone = make_milestone()
    proposal = propose_as_editor(client, milestone, title="As I want it")
    form, earlier = page(client, proposal), stored(proposal)
    approve(client, proposal)
    type(milestone).objects.update(title="Changed since")
    if again == "_take_back":
        client.force_login(proposal.proposed_by)

    response = decide(client, proposal, **{again: "yes"})

    assert "Take back" in form
    assert "decided on this meanwhile" in response.content.decode()
    assert (stored(proposal).state, stored(milestone).title) == ("approved", "Changed since")
    with pytest.raises(ValidationError, match="decided on this meanwhile"):
        proposals.take_back(earlier, proposal.proposed_by)


def test_two_who_change_the_same_clash_unless_they_agree():
    live = make_milestone(title="Theirs", body="C", places="")
    base = {"title": "A", "body": "B", "places": "", "theme_links/1": {"quote": "x"}}
    mine = {"title": "Mine", "body": "C", "places": "Rabat", "theme_links/1": {"quote": "y"}}

    compared = proposals.compared_with_live(Proposal(record=live, base=base, proposed=mine))

    assert compared.clashes == ["title", "theme_links/1"]


MINE, THEIRS = BODY.replace("first", "second"), BODY.replace("first", "third")


def propose_against(client, theirs: str) -> Proposal:
    """A proposal on a text that a publisher has changed meanwhile."""
    milestone = make_milestone(title="Title", body=BODY)
    proposal = propose_as_editor(client, milestone, title="My title", body=MINE)
    client.force_login(make_publisher())
    edit(client, milestone, body=theirs, short_title="Theirs")
    return proposal


def test_what_changed_elsewhere_meanwhile_is_shown_and_kept_and_needs_no_choice(client):
    proposal = propose_against(client, BODY.replace("city", "town"))

    compared = page(client, proposal)
    decide(client, proposal, _approve="yes")

    record = stored(proposal.record)
    assert "What has changed in the live record meanwhile" in compared
    assert (record.title, record.short_title) == ("My title", "Theirs")
    assert record.body == "The town held a second dialogue. Young people came."


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("choice", "body"),
    [
        ({"keep:body": "live"}, f"{THEIRS} It rained."),
        ({"keep:body": "proposed"}, MINE),
        ({"keep:body": "joined", "text:body": "In the publisher's words."},
         "In the publisher's words."),
    ],
    ids=["live", "proposed", "own"],
)  # fmt: skip
def test_where_both_changed_the_same_words_the_publisher_chooses_or_writes(client, choice, body):
    proposal = propose_against(client, f"{THEIRS} It rained.")

    compared = page(client, proposal)
    refused = decide(client, proposal, _approve="yes")
    untouched = stored(proposal.record).body
    decide(client, proposal, **form_in(refused) | {"_approve": "yes"} | choice)

    assert f"{MINE} It rained.</textarea>" in compared
    assert refused.status_code == 409
    assert "choose which text to keep" in refused.content.decode()
    assert (untouched, stored(proposal.record).body) == (f"{THEIRS} It rained.", body)


@pytest.mark.parametrize("choice", ["proposed", "joined"])
def test_choice_against_words_that_are_no_longer_live_overwrites_none(client, choice):
    proposal = propose_against(client, THEIRS)
    opened = form_in(client.get(address_of(proposal))) | {"keep:body": choice, "_approve": "yes"}
    edit(client, proposal.record, body="Quite other words.")

    told = decide(client, proposal, **opened)

    assert "Somebody saved this meanwhile" in told.content.decode()
    assert "Quite other words." in told.content.decode()
    assert stored(proposal.record).body == "Quite other words."


@pytest.mark.postgresql
def test_approving_another_place_makes_room_as_saving_does(client):
    city = make_city()
    first, second = (make_milestone(city=city, position=place) for place in (1, 2))
    proposal = propose_as_editor(client, second, position="1")

    approve(client, proposal)

    places = city.milestones.order_by("position").values_list("pk", "position")
    assert list(places) == [(second.pk, 1), (first.pk, 2)]
