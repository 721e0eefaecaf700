import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from reversion.models import Revision, Version

from journeys.models import Milestone, PageImport
from members.models import City
from strongcities.editing import history
from strongcities.editing.contents import state_of
from strongcities.editing.models import Proposal
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import worded
from tests import factories
from tests.editing.staff import make_administrator, make_editor, make_hub_editor, make_publisher
from tests.journeys.imports.by_browser import (
    START,
    address_of,
    bring,
    browser_of,
    plan_form,
    send_file,
    send_text,
    stored,
    take_ticked,
    undo,
)
from tests.journeys.pages import make_city, make_page, prose
from tests.races import at_once

pytestmark = pytest.mark.django_db
HOSTILE = "<b>5 < 6</b> {{ settings.SECRET_KEY }} {% debug %} &amp; \u2067gnp.exe\u2069"


@pytest.fixture
def editor(db):
    return browser_of(make_editor(username="ed"))


def titles() -> list[str]:
    return [each.title for each in Milestone.objects.order_by("city", "position", "pk")]


# Bringing a page


def test_lists_and_first_page_lead_to_the_import_but_not_administrators(editor):
    administrator = browser_of(make_administrator())
    for name in ("index", "members_city_changelist", "journeys_milestone_changelist"):
        page = editor.get(reverse(f"admin:{name}"))

        assert f'href="{reverse(START)}">Import a page' in page.content.decode(), name
        assert b"Import a page" not in administrator.get(reverse(f"admin:{name}")).content


def test_pasted_page_is_shown_and_nothing_is_written_and_a_file_read_likewise(editor):
    text = make_page(make_city(count=2))

    pasted = send_text(editor, text, follow=True).content.decode()
    file = send_file(editor, text.encode("utf-8-sig"), "journeys.txt")

    assert stored() == []
    for words in ("Line code NOR", "Step 2 of Northgate", "read as February 2023"):
        assert words in pasted
    assert "Nothing is written yet" in pasted
    page = PageImport.objects.latest("pk")
    assert file.url == address_of(page)
    assert (page.name, page.state) == ("journeys.txt", "ready")
    assert "2 new milestones" in editor.get(address_of(page)).content.decode()


def test_file_that_is_no_page_or_too_large_is_told_and_one_text_is_asked_for(editor):
    dates = ["2023"] * 1201
    many = make_page(make_city(dates=dates, milestones=[["T", "P."]] * 1201))
    file = SimpleUploadedFile("page.txt", b"Explore")

    for response, message in [
        (send_file(editor, b""), "The file is empty."),
        (send_file(editor, b"Explore\n\nCaf\xe9 | Bar\n"), "Line 3: The file is not in UTF-8: b"),
        (send_file(editor, b"a" * 400_001), "“manage.py import_journeys FILE”"),
        (send_text(editor, many), "manage.py import_journeys FILE"),
        (editor.post(reverse(START), {"text": "a", "file": file}), "not both"),
        (editor.post(reverse(START), {"text": " \n"}), "Paste the text of the page, or choose a"),
    ]:
        assert message in response.content.decode()
    assert not PageImport.objects.exists()


def test_nul_is_taken_out_and_shown_where_it_was(editor):
    text = make_page(make_city()).replace("Step 2 of Northgate", "Step\0 2 of Northgate")

    page = send_text(editor, text, follow=True).content.decode()
    take_ticked(editor, PageImport.objects.get())

    assert "Control characters were taken out" in page
    assert "Step\u2400 2 of Northgate" in page
    assert "\0" not in page
    assert titles() == ["Step 1 of Northgate", "Step 2 of Northgate"]


# Problems


def test_problems_name_line_and_lead_to_it(editor):
    bad = make_city("Northgate", count=3, dates=["2021", "Sometime in 2022", "2023"])
    text = make_page(bad, make_city("Southgate"))

    response = send_text(editor, text, follow=True)

    line = text.split("\n").index("Sometime in 2022") + 1
    page = PageImport.objects.get()
    link = f"{address_of(page, 'text')}#line-{line}"
    assert link in response.content.decode()
    assert "“Sometime in 2022” cannot be read as a date" in response.content.decode()
    lines = editor.get(link).content.decode()
    told = f'<th scope="row">{line}</th><td dir="auto">Sometime in 2022</td>'
    assert re.search(rf'<tr id="line-{line}">\s*{told}', lines)


def test_many_problems_are_folded(editor):
    names = " | ".join(f"City {n}" for n in range(600))
    page = bring(editor, make_city(), navigation=f"Northgate | {names}")

    shown, _summary, rest = editor.get(address_of(page)).content.decode().partition("All other")

    assert "600 problems" in shown
    assert shown.count("in the navigation, but no such city follows") == 10
    assert "City 499" in rest
    assert "City 500" not in rest
    assert "Only the first 500 are shown." in rest


def test_long_lines_are_cut_where_lines_are_shown_and_text_can_be_mended(editor):
    page = bring(editor, make_city(dates=["2023"], milestones=[["Title", "x" * 200_000 + "."]]))

    plan, lines = (editor.get(address_of(page, name)) for name in ("change", "text"))
    again = editor.get(reverse(START), {"from": page.pk})

    assert len(lines.content) < 100_000
    assert "x" * 200 + "." in plan.content.decode()
    assert again.context["form"]["text"].value() == page.bytes.decode()


# Taking


def test_taken_page_becomes_drafts_of_the_editor_in_one_revision_and_stands_in_the_log(editor):
    cities = make_city(count=2), make_city("Southgate")
    page = bring(editor, *cities)

    nothing = take_ticked(editor, page, untick=["1", "2"])
    empty = stored()
    response = take_ticked(editor, page)
    before = stored()
    again = editor.get(address_of(bring(editor, *cities))).content.decode()
    fewer = editor.get(address_of(bring(editor, make_city(count=1)))).content.decode()

    assert "Nothing is ticked" in nothing.content.decode()
    assert empty == []
    city = City.objects.get(name="Northgate")
    assert (city.status, city.code, city.drafted_by.username) == ("draft", "NOR", "ed")
    assert set(Milestone.objects.values_list("status", "drafted_by__username")) == {("draft", "ed")}
    for milestone in Milestone.objects.all():
        link = reverse("admin:journeys_milestone_change", args=[milestone.pk])
        assert link in response.content.decode()
    revision = Revision.objects.get()
    assert worded(revision.comment) == "Imported from pasted text."
    assert revision.user.username == "ed"
    assert revision.version_set.count() == 6
    lines = AuditEntry.objects.filter(action="imported")
    assert {line.record_name for line in lines} == {"Northgate", "Southgate"}
    assert "all that can be read is as stored" in again
    assert "1 stored milestone is not on the page; it stays" in fewer
    assert stored() == before


# Differences


def edited_page(client, **words) -> PageImport:
    """A page of which an editor has since changed the first milestone; brought again."""
    city = make_city()
    take_ticked(client, bring(client, city))
    Milestone.objects.filter(position=1).update(**words)
    return bring(client, city)


def test_printed_date_brings_its_reading_unless_an_editor_has_read_it(editor):
    city = make_city(dates=["May 2023", "June 2023"])
    take_ticked(editor, bring(editor, city))
    Milestone.objects.filter(position=2).update(date="2022-06?")
    city.dates = ["July 2023", "August 2023"]

    take_ticked(editor, bring(editor, city), tick=["1.1", "1.2"])

    dates = Milestone.objects.as_told().values_list("date_as_printed", "date")
    assert list(dates) == [("July 2023", "2023-07"), ("August 2023", "2022-06?")]


def test_difference_is_shown_word_by_word_and_written_over_a_draft_where_it_is_ticked(editor):
    page = edited_page(editor, title="Step 1 of an editor", body="Mine too.")
    City.objects.update(intro="An editor's words.")

    shown = editor.get(address_of(page)).content.decode()
    take_ticked(editor, page)
    kept = Milestone.objects.get(position=1).title
    take_ticked(editor, bring(editor, make_city()), tick=["1.0", "1.1"])

    assert "<del>" in shown
    assert "Northgate</ins>" in shown
    assert kept == "Step 1 of an editor"
    assert City.objects.get().intro == prose("Intro")
    milestone = Milestone.objects.get(position=1)
    assert (milestone.title, milestone.body) == ("Step 1 of Northgate", prose("Text 1"))
    comments = Version.objects.get_for_object(milestone).values_list("revision__comment", flat=True)
    assert worded(comments[0]) == "Imported from pasted text."
    assert "As it was found" in worded(comments[1])


@pytest.mark.parametrize("make_user", [make_editor, make_publisher])
def test_ticked_difference_of_what_is_published_is_proposed_and_taken_back(editor, make_user):
    city = make_city()
    take_ticked(editor, bring(editor, city))
    City.objects.update(region=factories.make_region(), status="published")
    Milestone.objects.filter(position=1).update(title="Live", status="published")
    client = browser_of(make_user())

    page = bring(client, city)
    take_ticked(client, page, tick=["1.1"])

    assert "Live" in titles()
    proposal = Proposal.objects.get()
    assert proposal.proposed["title"] == "Step 1 of Northgate"
    again = bring(client, city)
    response = take_ticked(client, again, tick=["1.1"])
    assert "this is proposed already" in response.content.decode()
    assert Proposal.objects.count() == 1
    undo(client, page)
    assert Proposal.objects.get().state == "taken-back"


def test_draft_of_a_colleague_stays_even_if_somebody_ticks_it(editor):
    city = make_city()
    take_ticked(editor, bring(editor, city))
    Milestone.objects.filter(position=1).update(title="Theirs")
    other = browser_of(make_editor())

    page = bring(other, city)
    shown = other.get(address_of(page)).content.decode()
    take_ticked(other, page, tick=["1.1"])

    assert "this is not yours to change" in shown
    assert 'value="1.1"' not in shown
    assert "Theirs" in titles()


def test_words_on_which_a_quote_rests_are_not_written_over(editor):
    page = edited_page(editor, body="A quote stands here.")
    milestone = Milestone.objects.get(position=1)
    factories.link_theme(milestone, factories.make_theme(), "A quote stands here.")
    page = bring(editor, make_city())

    response = take_ticked(editor, page, tick=["1.1"])

    milestone.refresh_from_db()
    assert milestone.body == "A quote stands here."
    assert "Not taken:" in response.content.decode()


# Meanwhile


def test_city_that_has_changed_is_left_and_the_others_are_taken(editor):
    north, south = make_city("Northgate"), make_city("Southgate")
    take_ticked(editor, bring(editor, north, south))
    for city in (north, south):
        city.dates.append("2024")
        city.milestones.append(["Added", prose("More")])
    page = bring(editor, north, south)
    form = plan_form(editor, page) | {"_take": "1"}
    Milestone.objects.filter(city__name="Northgate", position=1).update(title="Somebody else's")
    before = stored()

    refused = editor.post(address_of(page), form | {"choice": ["1", "1.3"]}).content.decode()
    nothing = stored()
    taken = editor.post(address_of(page), form, follow=True).content.decode()

    assert nothing == before
    assert "Somebody else" in refused  # the plan, anew
    for shown in (refused, taken):
        assert "Northgate: what is stored has changed since you looked" in shown
    assert [m.city.name for m in Milestone.objects.filter(title="Added")] == ["Southgate"]


# Undoing


def test_pressing_twice_takes_once_and_undoes_once(editor):
    page = bring(editor, make_city())
    form = plan_form(editor, page) | {"_take": "1"}

    taken = [editor.post(address_of(page), form, follow=True) for _press in range(2)]
    made = [City.objects.count(), Milestone.objects.count(), Revision.objects.count()]
    undone = [undo(editor, page) for _press in range(2)]

    assert made == [1, 2, 1]
    assert "Nothing is ticked" not in taken[1].content.decode()
    assert stored() == []
    assert "This import is undone" in undone[0].content.decode()
    assert {each.status_code for each in [*taken, *undone]} == {200}
    assert AuditEntry.objects.filter(action="import undone").count() == 1


@pytest.mark.parametrize(
    ("state", "button", "status"),
    [("taken", "_discard", 302), ("gone", "_take", 404), ("gone", "_discard", 404)],
)
def test_button_looks_again_at_what_another_window_has_done(
    editor, monkeypatch, state, button, status
):
    page = bring(editor, make_city())
    form, lock = plan_form(editor, page), PageImport.lock

    def lock_later(self):
        imports = PageImport.objects.filter(pk=page.pk)
        imports.delete() if state == "gone" else imports.update(state=state)
        lock(self)

    monkeypatch.setattr(PageImport, "lock", lock_later)
    response = editor.post(address_of(page), form | {button: "1"})

    assert response.status_code == status
    assert PageImport.objects.exists()
    assert stored() == []


@pytest.mark.postgresql
def test_undo_puts_words_and_positions_back(editor):
    city = make_city(count=3)
    take_ticked(editor, bring(editor, city))
    Milestone.objects.filter(position=1).update(title="Mine")
    city.dates.insert(1, "2023-01")
    city.milestones.insert(1, ["Added", prose("More")])
    before = list(Milestone.objects.values_list("pk", "position", "title", "body").order_by("pk"))
    page = bring(editor, city)
    take_ticked(editor, page, tick=["1.1"])
    assert "Mine" not in titles()
    assert Revision.objects.latest("pk").version_set.count() == 4

    undo(editor, page)

    after = Milestone.objects.values_list("pk", "position", "title", "body").order_by("pk")
    assert list(after) == before
    first = Milestone.objects.get(title="Mine")
    version = history.versions_of(first).first()
    assert worded(version.revision.comment) == "Import undone: pasted text"
    assert history.state_in(version) == state_of(first)


def test_undo_keeps_and_names_what_was_edited_published_or_added_since(editor):
    page = bring(editor, make_city(count=3))
    take_ticked(editor, page)
    Milestone.objects.filter(position=1).update(status="in_review")
    edited = Milestone.objects.get(position=2)
    edited.title = "Edited since"
    edited.save()
    factories.make_milestone(city=City.objects.get(), title="By hand", status="draft", position=9)

    response = undo(editor, page)

    assert titles() == ["Step 1 of Northgate", "Edited since", "By hand"]
    assert City.objects.count() == 1
    assert "Edited since: edited since; kept as it is." in response.content.decode()


# Who


def test_import_is_named_to_nobody_else_and_forgotten_after_a_week(editor):
    page = bring(editor, make_city())
    other = browser_of(make_publisher())
    listed = other.get(reverse(START)).content
    PageImport.objects.update(at="2024-01-01T00:00Z")

    assert b"pasted text" not in listed
    assert editor.get(address_of(page)).status_code == 404
    bring(editor, make_city())
    assert not PageImport.objects.filter(pk=page.pk).exists()


@pytest.fixture
def hubs(db):
    return factories.make_region(name="Own"), factories.make_region(name="Other")


def test_hub_editor_chooses_a_region_of_theirs_for_a_new_city(hubs):
    more = factories.make_region(name="Own too")
    client = browser_of(make_hub_editor(hubs[0], more))
    page = bring(client, make_city())

    refused = take_ticked(client, page)
    forged = take_ticked(client, page, tick=[f"1@{hubs[1].pk}"])
    assert "Choose a region for: Northgate." in refused.content.decode()
    assert "Choose a region for: Northgate." in forged.content.decode()
    assert stored() == []
    take_ticked(client, page, tick=[f"1@{more.pk}"])

    assert City.objects.get().region == more


def test_region_is_a_citys_own_or_that_of_all_new_ones_or_the_only_one(hubs):
    several, single = browser_of(make_hub_editor(*hubs)), browser_of(make_hub_editor(hubs[0]))
    page = bring(several, make_city(), make_city("Southgate"))

    take_ticked(several, page, tick=[f"1@{hubs[0].pk}"], region=str(hubs[1].pk))
    take_ticked(single, bring(single, make_city(count=3), make_city("Westgate")))

    assert "Step 3 of Northgate" in titles()
    regions = dict(City.objects.values_list("name", "region__name"))
    assert regions == {"Northgate": "Own", "Southgate": "Other", "Westgate": "Own"}


def test_hub_editor_takes_nothing_of_another_regions_city(hubs):
    city = make_city(intro=["Their secret draft."])
    anybody = browser_of(make_publisher())
    take_ticked(anybody, bring(anybody, city))
    City.objects.update(region=hubs[1])
    client = browser_of(make_hub_editor(hubs[0]))
    before = stored()

    page = bring(client, make_city(count=3))
    shown = client.get(address_of(page)).content.decode()
    client.post(address_of(page), {"choice": ["1", "1.3"], "states": "1:none", "_take": "1"})

    assert "1 city that is not yours to change" in shown
    assert "secret" not in shown
    assert stored() == before


def test_result_names_nothing_that_has_left_the_hub(hubs):
    client = browser_of(make_hub_editor(hubs[0]))
    page = bring(client, make_city())
    take_ticked(client, page)
    City.objects.update(region=hubs[1], drafted_by=None)
    Milestone.objects.update(title="Secret", drafted_by=None)

    assert "Secret" not in client.get(address_of(page)).content.decode()
    assert "Secret" not in undo(client, page).content.decode()
    assert Milestone.objects.count() == 2


def test_forged_numbers_do_no_harm(editor):
    page = bring(editor, make_city())
    names = ["choice", "choices", "states", "region", "_take"]

    for forged in ("²", "9" * 12, "-1", "x", ""):
        form = plan_form(editor, page) | {"region": forged, "_take": "1"}
        answers = [
            editor.post(address_of(page), dict.fromkeys(names, forged), follow=True),
            editor.get(address_of(page, "text"), {"line": forged}),
            editor.get(reverse(START), {"from": forged}),
            editor.post(address_of(page), form),
        ]
        assert {each.status_code for each in answers} <= {200, 302}


# Text is text


def test_hostile_text_shows_as_text(editor):
    milestones = [[f"Title {HOSTILE}", f"{HOSTILE} <script>alert(1)</script>. {prose('A')}"]]
    hostile = make_city(f"N {HOSTILE}"[:60], dates=["2023"], milestones=milestones)
    page = bring(editor, hostile, make_city("Bad <i>", dates=["2023"]))

    plan = editor.get(address_of(page)).content.decode()
    result = take_ticked(editor, page).content.decode()
    Milestone.objects.update(body="Mine.")
    difference = editor.get(address_of(bring(editor, hostile))).content.decode()
    lines = editor.get(address_of(page, "text")).content.decode()

    for shown in (plan, result, difference, lines):
        assert "<script>alert" not in shown
        assert "<b>5" not in shown
        assert "&lt;b&gt;5 &lt; 6&lt;/b&gt; {{ settings.SECRET_KEY }} {% debug %}" in shown
        assert "<i>" not in shown
    assert Milestone.objects.get().title == f"Title {HOSTILE}"


# Size


def many(cities: int) -> list:
    return [
        make_city(f"Place {n}", dates=["2023"], milestones=[[f"Step of {n}", prose(f"Text {n}")]])
        for n in range(cities)
    ]


def test_plan_takes_the_same_number_of_queries_for_more_cities(
    editor, django_assert_max_num_queries
):
    small, big = bring(editor, *many(2)), bring(editor, *many(9))
    counts = []

    for page in (small, big):
        with django_assert_max_num_queries(30) as queries:
            editor.get(address_of(page))
        counts.append(len(queries))

    assert counts[0] == counts[1]


# At once


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory all share one connection")
@pytest.mark.django_db(transaction=True)
def test_two_people_and_two_presses_at_once_make_each_city_once():
    cities = [make_city(f"Place {n}", count=2) for n in range(20)]
    first, second = browser_of(make_editor()), browser_of(make_publisher())
    pages = {client: bring(client, *cities) for client in (first, second)}
    forms = {client: plan_form(client, page) | {"_take": "1"} for client, page in pages.items()}

    presses = [first, first, second, second]
    at_once(*(lambda c=c: c.post(address_of(pages[c]), forms[c], follow=True) for c in presses))

    assert City.objects.count() == City.objects.values("name").distinct().count() == 20
    assert Milestone.objects.count() == 40
    assert [page.state for page in PageImport.objects.all()].count("taken") == 1
