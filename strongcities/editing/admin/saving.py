"""The way of a form, from what was posted to what is stored, proposed, shown or handed back.

`answer` is the whole of it, from top to bottom; where it loses a race it is tried once more. What a
record's admin adds to it: `save_model` and `sentences_on`.
"""

from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import Storage
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.translation import gettext as _

from strongcities.editing import checks, history, locks, proposals
from strongcities.editing.admin import presence
from strongcities.editing.admin.forms import posted_under
from strongcities.editing.admin.overtaken import overtaken
from strongcities.editing.admin.posted import Posted, not_saved_page, problems_page
from strongcities.editing.contents import Contents, contents_of
from strongcities.editing.handed_back import tell_saved
from strongcities.editing.preview import note_step, page_of
from strongcities.editing.records import address_of
from strongcities.pictures import pictures_in_memory
from strongcities.publishing import Published, Status
from strongcities.staff import access, audit

SAVE, PROPOSE, PREVIEW = "save", "propose", "preview"  # what is to become of what was posted
NOTE = "right:"  # before a finding's code: the name of the field that says why it is right


class Undone(Exception):  # noqa: N818 - a way out, not an error
    """What was written was only to be looked at, or may not stay; `answer` makes what is told."""

    def __init__(self, answer: Callable[[], HttpResponse]) -> None:
        super().__init__()
        self.answer = answer


def post(admin, request: HttpRequest, object_id=None, is_preview: bool = False) -> HttpResponse:
    """Answer a posted form; once more where another was quicker at the database."""
    try:
        return locks.tried_twice(partial(answer, admin, request, object_id, is_preview))
    except locks.Busy:
        return not_saved_page(admin, request, 503)


def answer(admin, request: HttpRequest, object_id, is_preview: bool) -> HttpResponse:
    encode_pictures(admin, request, object_id)
    memory = pictures_in_memory() if is_preview else nullcontext()
    with memory as pictures, transaction.atomic():
        stored = hold(admin, request, object_id, request.POST) if object_id else None
        if not may_save(admin, request, object_id, stored):
            return not_saved_page(admin, request, 403 if stored else 404)
        aim = aim_of(request, stored, is_preview)
        conflict = overtaken(admin, request, stored) if stored and aim != PREVIEW else None
        posted = Posted(admin, request, stored)
        if not posted.is_valid(conflict):
            if aim == PREVIEW:
                return problems_page(admin, request, stored, list(posted.problems()))
            return posted.hand_back(conflict=conflict)
        known = errors_before(stored) if aim == SAVE else set()
        try:
            with history.recorded(request.user, posted.comment, by_hand=True):
                saved = write(posted, aim)
                warnings = look(posted, saved, aim, known, pictures)
                history.add_versions([saved])
        except Undone as undone:
            return undone.answer()
        log(posted, saved)
        if stored:
            presence.close(stored, request.user)
    return answer_saved(posted, saved, warnings)


# Before


def encode_pictures(admin, request: HttpRequest, object_id) -> None:
    """While nothing is locked yet, and only for whom a form is there."""
    names = [one.name for one in admin.model._meta.fields if isinstance(one, models.ImageField)]
    files = [request.FILES[name] for name in names if name in request.FILES]
    if files and may_save(admin, request, object_id, found(admin, request, object_id)):
        from strongcities.pictures.copies import encode

        for file in files:
            encode(file)


def found(admin, request: HttpRequest, object_id) -> models.Model | None:
    return admin.get_object(request, unquote(object_id)) if object_id else None


def hold(admin, request: HttpRequest, object_id, wanted: Mapping) -> models.Model | None:
    """The record as stored, with its rows, held until the transaction ends.

    `wanted` is what it is to say, by its fields' names.
    """
    with suppress(ValueError, ValidationError, admin.model.DoesNotExist):
        stored = history.with_place(admin.model._base_manager).get(pk=unquote(object_id))
        locks.hold(locks.with_place(stored, wanted))
    stored = found(admin, request, object_id)
    if stored is not None:
        history.begin(stored)
    return stored


def may_save(admin, request: HttpRequest, object_id, stored) -> bool:
    """Raises PermissionDenied for whoever may save nothing of this kind."""
    allowed = admin.has_change_permission if object_id else admin.has_add_permission
    if not allowed(request):
        raise PermissionDenied
    return not object_id or (stored is not None and admin.has_change_permission(request, stored))


def aim_of(request: HttpRequest, stored, is_preview: bool) -> str:
    if is_preview:
        return PREVIEW
    if stored is None or not access.may_propose(request.user, stored):
        return SAVE
    wants = "_propose" in request.POST or not access.may_write(request.user, stored)
    return PROPOSE if wants else SAVE


# Within


def errors_before(stored: models.Model | None) -> set[str] | None:
    """The codes of errors that a published record has already; None for what is not published."""
    is_published = stored is not None and getattr(stored, "status", "") == Status.PUBLISHED
    return checks.errors(stored) if is_published else None


def write(posted: Posted, aim: str) -> models.Model:
    """Write the form and its rows; raises PermissionDenied where the rule does not let the user."""
    admin, request, form = posted.admin, posted.request, posted.form
    is_change, user = posted.stored is not None, posted.request.user
    if is_change and aim == SAVE and not access.may_write(user, posted.stored):
        raise PermissionDenied
    admin.save_model(request, form.instance, form, is_change)
    admin.save_related(request, form, posted.formsets, is_change)
    if not access.in_reach(user, form.instance):
        raise PermissionDenied
    return history.read_again(form.instance)


def look(
    posted: Posted, saved: models.Model, aim: str, known, pictures: Storage
) -> list[checks.Finding]:
    """The warnings on what was written; raises Undone where that does not stay."""
    request = posted.request
    if aim == PREVIEW:
        page = page_of(request, saved, request.user, pictures, is_typed=True)
        raise Undone(lambda: page)
    if aim == PROPOSE:
        raise Undone(partial(propose, posted, contents_of(saved)))
    found, notes = checks.run(saved), notes_in(request.POST)
    is_published = getattr(saved, "status", "") == Status.PUBLISHED
    if is_published and (stops := checks.stopping(found, notes, known)):
        with_notes = [(one, notes.get(one.code, "")) for one in stops]
        raise Undone(partial(posted.hand_back, stopping=with_notes))
    checks.acknowledge(saved, found, request.user, notes)
    return checks.stopping(found, notes)


def notes_in(posted) -> dict[str, str]:
    """Why each warning is right, by its code; at most 250 characters each."""
    return {code: text[:250] for code, text in posted_under(posted, NOTE).items()}


# After


def answer_saved(
    posted: Posted, saved: models.Model, warnings: list[checks.Finding]
) -> HttpResponse:
    """What is told only once it is stored; nothing is written here: it would be tried again."""
    admin, request, form = posted.admin, posted.request, posted.form
    is_new = posted.stored is None
    for sentence in admin.sentences_on(saved, form, not is_new):
        admin.message_user(request, sentence, messages.WARNING)
    for one in warnings:
        admin.message_user(request, one.sentence, messages.WARNING)
    if is_new:
        return tell_saved(request, admin.response_add(request, form.instance))
    return tell_saved(request, admin.response_change(request, form.instance))


def log(posted: Posted, saved: models.Model) -> None:
    """One line, under what the public notices of it, if it notices anything."""
    admin, request, is_new = posted.admin, posted.request, posted.stored is None
    message = admin.construct_change_message(request, posted.form, posted.formsets, is_new)
    sentence = admin.sentence(request, saved, message)
    action, user = "added" if is_new else "changed", request.user
    if isinstance(saved, Published):
        note_step(user, posted.stored, saved, sentence, action)
    else:
        audit.note(user, action, saved, sentence)


def propose(posted: Posted, wanted: Contents) -> HttpResponse:
    """Keep what was written as a proposal; the public page stays as it is."""
    admin, request, record = posted.admin, posted.request, posted.stored
    note, readers_note = posted.comment, posted.form.cleaned_data.get("readers_note", "")
    try:
        proposal = proposals.propose(request.user, record, wanted, note, readers_note)
    except ValidationError as error:
        admin.message_user(request, " ".join(error.messages), messages.WARNING)
        return HttpResponseRedirect(request.path)
    presence.close(record, request.user)
    sentence = _("Your change to “{record}” is proposed; the public page stays as it is. {link}")
    link = format_html('<a href="{}">{}</a>', address_of(proposal), _("See the proposal"))
    admin.message_user(request, format_html(sentence, record=record, link=link), messages.SUCCESS)
    return tell_saved(request, HttpResponseRedirect(admin.address("changelist")))
