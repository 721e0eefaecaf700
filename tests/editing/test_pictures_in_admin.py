import os
from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection, models
from reversion.models import Revision, Version

from journeys.admin import MilestoneAdmin
from journeys.models import Milestone
from strongcities.editing import history, picture_files, proposals
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.models import Proposal
from strongcities.pictures import copies
from strongcities.pictures.names import files_of
from strongcities.staff.models import AuditEntry
from tests.admin_forms import address_of, edit, fields_of, page_of
from tests.editing.staff import make_editor, make_publisher
from tests.factories import make_city, make_milestone, stored
from tests.strongcities.pictures import picture, upload

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("publisher")]

WORDS = {"image_alt": "A square", "image_credit": "Nobody"}
LATER = picture_files.KEPT + timedelta(days=1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Where pictures are stored."""
    settings.MEDIA_ROOT = tmp_path / "pictures"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def choose(client, record, data: bytes | None = None, name: str = "picture.jpg", **typed):
    """Choose a picture in a record's form, and save."""
    typed = WORDS | {"image": upload(picture() if data is None else data, name)} | typed
    return edit(client, record, **typed)


def illustrated(client, **chosen) -> Milestone:
    """A milestone whose picture was chosen in its form."""
    milestone = make_milestone()
    assert choose(client, milestone, **chosen).status_code == 302
    return stored(milestone)


def propose(client, record, data: bytes | None = None) -> Proposal:
    client.force_login(make_editor())
    assert choose(client, record, data, _propose="Propose").status_code == 302
    return Proposal.objects.latest("pk")


def files_in(folder) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def files(*names: str) -> set[str]:
    return {file for name in names for file in files_of(name)}


def days_pass(folder, days: timedelta) -> None:
    """As if all that was done had been done so much earlier."""
    Revision.objects.update(date_created=models.F("date_created") - days)
    log = models.QuerySet(AuditEntry)  # its own refuses to change a line
    log.update(at=models.F("at") - days)
    for path in folder.rglob("*.*"):
        at = path.stat().st_mtime - days.total_seconds()
        os.utime(path, (at, at))


def clean(*arguments: str) -> str:
    out = StringIO()
    call_command("clean_pictures", *arguments, stdout=out)
    return out.getvalue()


# What a form takes


def test_picture_chosen_in_a_form_is_shown_on_the_page_whatever_its_name(client, folder):
    names = set()
    for name in ("page.html", "../../x.jpg", "n" * 240):
        milestone = illustrated(client, name=name)
        names |= files(milestone.image.name)
        assert milestone.image.url in client.get(milestone.get_absolute_url()).content.decode()

    form = client.get(address_of(milestone)).content.decode()
    assert 'accept="image/jpeg,image/png,image/webp,image/avif"' in form
    assert files_in(folder) == names


def test_refusal_says_what_is_wrong_and_leaves_no_file(client, folder):
    response = choose(client, make_milestone(), b"")

    (message,) = response.context["adminform"].form.errors["image"]
    assert "This file is empty: it has 0 bytes." in message
    assert files_in(folder) == set()


def test_picture_that_stays_is_not_written_again_and_one_taken_away_leaves_no_size(client, folder):
    milestone = illustrated(client)
    before = files_in(folder)

    edit(client, milestone, title="Another title")
    stays = stored(milestone)
    edit(client, milestone, **{"image-clear": "on"})

    assert (stays.title, stays.image_width) == ("Another title", 60)
    assert files_in(folder) == before == files(stays.image.name)
    assert (stored(milestone).image.name, stored(milestone).image_width) == ("", None)


# When it is encoded


@pytest.fixture
def made(monkeypatch):
    made: list[tuple[str, bool]] = []  # what was done, and whether anything was locked

    def noted(name, make, *args):
        made.append((name, connection.in_atomic_block))
        return make(*args)

    for name in ("read", "encoded"):
        monkeypatch.setattr(copies, name, partial(noted, name, getattr(copies, name)))
    return made


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("button", ["_save", "_propose", "_preview"])
def test_picture_is_read_and_encoded_once_before_anything_is_locked(client, folder, made, button):
    milestone = make_milestone()
    page = address_of(milestone, "preview" if button == "_preview" else "change")
    typed = fields_of(client, address_of(milestone)) | WORDS | {button: "yes"}

    response = client.post(page, typed | {"image": upload(picture())})

    assert response.status_code == (200 if button == "_preview" else 302)
    assert made == [("read", False), ("encoded", False), ("encoded", False)]


@pytest.mark.django_db(transaction=True)
def test_picture_that_is_damaged_is_read_once_too(client, folder, made):
    response = choose(client, make_milestone(), picture(size=(600, 400))[:-400])

    assert "This picture is damaged" in response.content.decode()
    assert made == [("read", False)]


# Saves that fail


def test_save_that_is_refused_leaves_no_file(client, folder, monkeypatch):
    milestone, save_related = make_milestone(), MilestoneAdmin.save_related

    def refuse_once_written(*args, **kwargs):
        if files_in(folder):
            raise PermissionDenied
        return save_related(*args, **kwargs)

    monkeypatch.setattr(MilestoneAdmin, "save_related", refuse_once_written)

    assert choose(client, milestone).status_code == 403
    assert files_in(folder) == set()


def test_save_that_breaks_leaves_no_file_and_keeps_what_was_there(client, folder, monkeypatch):
    milestone = illustrated(client)
    kept, client.raise_request_exception = milestone.image.name, False
    save, saved = FileSystemStorage._save, []

    def full_disk(storage, name, content):
        if saved:
            raise OSError(28, "No space left on device")
        saved.append(name)
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full_disk)

    response = choose(client, milestone)

    milestone.refresh_from_db()
    assert response.status_code == 503
    assert saved
    assert milestone.image.name == kept
    assert files_in(folder) == files(kept)


# Proposals


def test_live_page_keeps_its_picture_while_another_is_proposed_until_it_is_approved(client, folder):
    milestone = illustrated(client)

    proposal = propose(client, milestone)

    live, proposed = milestone.image.name, proposal.proposed["image"]
    assert live != proposed
    assert files_in(folder) == files(live, proposed)
    page = client.get(address_of(proposal, "preview"))
    assert proposed.removesuffix(".webp") in page.content.decode()
    proposals.approve(proposal, make_publisher(), {})
    milestone.refresh_from_db()
    assert (milestone.image.name, milestone.image_width) == (proposed, 60)
    assert files_in(folder) == files(live, proposed)


# Sweeping


def go_back(client, milestone, image: str) -> None:
    """Go back to the latest version that has this picture."""
    versions = history.versions_of(milestone)
    version = next(v for v in versions if history.said_in(v)["image"] == image)
    seen = fingerprint(state_of(stored(milestone)))
    client.post(address_of(milestone, "go_back", version.pk), {"seen": seen})


def test_replaced_picture_or_none_can_be_gone_back_to_with_its_size(client, folder):
    milestone = illustrated(client)
    first = milestone.image.name
    days_pass(folder, LATER)
    choose(client, milestone, picture(size=(32, 24)))
    days_pass(folder, picture_files.KEPT - timedelta(days=1))

    clean()
    go_back(client, milestone, first)
    back = stored(milestone)
    go_back(client, milestone, "")

    assert (back.image.name, back.image_width) == (first, 60)
    assert (stored(milestone).image.name, stored(milestone).image_width) == ("", None)
    assert files(first) <= files_in(folder)


def test_replaced_picture_goes_when_nobody_needs_it_any_more_and_not_in_a_dry_run(client, folder):
    milestone = illustrated(client)
    first = milestone.image.name
    choose(client, milestone)
    days_pass(folder, LATER)
    before = files_in(folder)

    dry = clean("--dry-run")
    untouched, unlogged = files_in(folder), AuditEntry.objects.filter(action="deleted pictures")
    assert "2 files would be deleted." in dry
    assert (untouched, unlogged.count()) == (before, 0)

    told = clean()
    assert files_in(folder) == files(stored(milestone).image.name)
    assert set(told.splitlines()) == files(first) | {"2 files deleted."}
    entry = AuditEntry.objects.get(action="deleted pictures")
    assert (entry.who, entry.said) == ("command", "Files deleted: 2.")
    assert clean() == "0 files deleted.\n"


def test_picture_stays_that_another_record_shows_or_a_proposal_names_until_it_is_decided(
    client, folder
):
    milestone = illustrated(client)
    shared = milestone.image.name
    make_city(image=shared, image_width=60, image_height=40, **WORDS)
    edit(client, milestone, **{"image-clear": "on"})
    proposal = propose(client, make_milestone())
    days_pass(folder, 4 * LATER)

    clean()

    assert files_in(folder) == files(shared, proposal.proposed["image"])
    proposals.decline(proposal, make_publisher(), "No.")
    clean()
    assert files_in(folder) == files(shared)


def test_picture_of_a_deleted_record_comes_back_with_it_unless_that_is_long_ago(
    client, superuser, folder
):
    milestone = illustrated(client)
    days_pass(folder, LATER)
    client.post(address_of(milestone, "delete"), {"post": "yes"})
    days_pass(folder, picture_files.KEPT - timedelta(days=1))

    clean()
    version = Version.objects.get_deleted(Milestone).get()
    client.post(page_of(Milestone, "recover", version.pk))

    back = Milestone.objects.get()
    assert back.image.name == milestone.image.name
    assert files_in(folder) == files(milestone.image.name)
    proposed = {"image": milestone.image.name}
    Proposal.objects.create(record=back, base={}, proposed=proposed, record_name="Gone")
    client.post(address_of(back, "delete"), {"post": "yes"})
    days_pass(folder, LATER)
    clean()
    assert not Milestone.objects.exists()
    assert files_in(folder) == set()


def test_orphan_goes_after_a_day_and_other_files_are_left_alone(folder):
    folder.rmdir()
    nothing_was_stored = clean()
    (folder / "2026/11").mkdir(parents=True)
    (folder / "lost+found").mkdir()
    orphan, other = "2026/11/" + 32 * "0" + "-480.jpg", "2026/11/notes.txt"
    for name in (orphan, other, "lost+found/x"):
        (folder / name).write_bytes(b"x")

    clean()
    young = files_in(folder)
    days_pass(folder, 2 * picture_files.BEING_WRITTEN)
    clean()

    assert nothing_was_stored == "0 files deleted.\n"
    assert young == {orphan, other, "lost+found/x"}
    assert files_in(folder) == {other, "lost+found/x"}
