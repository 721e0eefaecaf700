"""A record's history in the admin: what changed, any two versions compared, going back to one."""

from collections.abc import Iterator
from functools import partial

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from strongcities.direction import filled
from strongcities.editing import history, locks, proposals
from strongcities.editing.admin import saving
from strongcities.editing.admin.deleting import DeletingAdmin
from strongcities.editing.admin.forms import plain
from strongcities.editing.contents import (
    Contents,
    changes,
    contents_of,
    exists,
    fingerprint,
    put,
    refuse_if_changed,
    state_of,
)
from strongcities.editing.differences import differences
from strongcities.editing.history import HistoryLine, lines
from strongcities.editing.labels import Labels, references
from strongcities.editing.records import address_of
from strongcities.numbers import whole_number
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded, stored

PER_PAGE = 20


class HistoryAdmin(DeletingAdmin):
    """Django's history shows what forms noted; this shows what the record said."""

    # Who

    def shows_history(self, request, record) -> bool:
        """Where a user works: elsewhere they see what is public, not the drafts it once was."""
        may_look = self.has_view_or_change_permission(request, record)
        return may_look and access.in_reach(request.user, record)

    def with_history(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.shows_history(request, record):
            raise PermissionDenied
        return record

    # The history

    def history_view(self, request, object_id, extra_context=None):
        """All versions, the latest first; any two can be chosen, also from different pages."""
        record = self.with_history(request, object_id)
        versions = history.versions_of(record)
        pages = Paginator(versions, PER_PAGE)
        page = pages.get_page(request.GET.get("p"))
        context = {
            "title": filled(_("History: %(record)s"), {"record": record}),
            "object": record,
            "page": page,
            "pages": pages.get_elided_page_range(page.number),
            "may_go_back": access.may_edit(request.user, record),
            **self.table(request, record, versions, page),
        }
        return self.own_page(request, "admin/editing/history.html", context)

    def table(self, request, record, versions, page) -> dict:
        """The lines of a page, those chosen on other pages, and which two are chosen."""
        start = page.start_index() - 1 if page.paginator.count else 0
        some = list(versions[start : start + PER_PAGE + 1])  # the last only to compare with
        now = state_of(record) if page.number == 1 else None
        found = lines(self.model, some, Labels(request.user), now)
        found = found[:-1] if len(some) > PER_PAGE else found
        here = [line.version.pk for line in found]
        chosen = keys if None not in (keys := keys_in(request.GET)) else here[:2][::-1]
        elsewhere = versions.filter(pk__in=set(chosen) - set(here))
        before, after = chosen if len(chosen) == 2 else ("", "")
        return {
            "lines": found,
            "elsewhere": [HistoryLine(version) for version in elsewhere],
            "before": before,
            "after": after,
        }

    # Any two versions

    def compare_view(self, request, object_id):
        record = self.with_history(request, object_id)
        keys = keys_in(request.GET)
        if None in keys or keys[0] == keys[1]:
            self.message_user(request, _("Choose two different versions."), messages.WARNING)
            return HttpResponseRedirect(self.address("history", record))
        before, after = (line_of(record, key) for key in sorted(keys))
        labels = Labels(request.user)
        context = {
            "title": filled(_("Compare: %(record)s"), {"record": record}),
            "object": record,
            "older": before,
            "newer": after,
            "differences": differences(self.model, before.state, after.state, labels),
            "may_go_back": access.may_edit(request.user, record),
        }
        return self.own_page(request, "admin/editing/compare.html", context)

    # Going back

    def go_back_view(self, request, object_id, version_id):
        """What would change; then it is written, or proposed by those who may not write."""
        record = self.with_history(request, object_id)
        if not access.may_edit(request.user, record):
            raise PermissionDenied
        line = line_of(record, version_id)
        refused = []
        if request.method == "POST":
            try:
                work = partial(self.go_back, request, object_id, line.version)
                return locks.tried_twice(work)
            except ValidationError as error:
                refused = error.messages
        return self.confirm(request, record, line, refused)

    def confirm(self, request, record, line, refused):
        before, said = contents_of(record), history.said_in(line.version)
        after, gone = without_what_is_gone(self.model, before, said)
        context = {
            "title": filled(_("Go back: %(record)s"), {"record": record}),
            "object": record,
            "left_out": left_out(request.user, self.model, gone),
            "line": line,
            "differences": differences(self.model, before, after, Labels(request.user)),
            "seen": fingerprint(state_of(record)),
            "proposes": not access.may_write(request.user, record),
            "comment": request.POST.get("comment", ""),
            "refused": refused,
        }
        return self.own_page(request, "admin/editing/history_go_back.html", context)

    def go_back(self, request, object_id, version):
        user, own = request.user, plain(request.POST.get("comment", "")).strip()[:250]
        comment = stored(coded("back", at=version.revision.date_created.isoformat()), own)
        with transaction.atomic():
            said = history.said_in(version)
            record = saving.hold(self, request, object_id, said)
            refuse_if_changed(record, request.POST.get("seen", ""))
            wanted, gone = without_what_is_gone(self.model, contents_of(record), said)
            refuse_unreachable(user, self.model, changes(contents_of(record), wanted))
            if not access.may_write(user, record):
                proposal = proposals.propose(user, record, wanted, comment)
                said = _("Your change is proposed; the public page stays as it is.")
                self.message_user(request, said, messages.SUCCESS)
                return HttpResponseRedirect(address_of(proposal))
            with history.recorded(user, comment, by_hand=True):
                put(record, changes(contents_of(record), wanted))
                if not access.in_reach(user, record):
                    raise PermissionDenied
                history.add_versions([history.read_again(record)])
            audit.note(user, "went back", record, comment)
        self.message_user(request, _("It says again what it said then."), messages.SUCCESS)
        for sentence in left_out(user, self.model, gone):
            self.message_user(request, sentence, messages.WARNING)
        return HttpResponseRedirect(self.address("change", record))

    own_pages = [
        ("<path:object_id>/history/compare/", "compare", compare_view),
        ("<path:object_id>/history/<int:version_id>/", "go_back", go_back_view),
    ]


def keys_in(chosen) -> list[int | None]:
    """The two versions that an address names."""
    return [whole_number(chosen.get(side, "")) for side in ("before", "after")]


def line_of(record, key: int) -> HistoryLine:
    """A version that can still be read; else there is no such page."""
    version = get_object_or_404(history.versions_of(record), pk=key)
    state = history.state_in(version)
    if not state:
        raise Http404
    return HistoryLine(version, state, is_now=state == state_of(record))


def without_what_is_gone(model, now: Contents, said: Contents) -> tuple[Contents, Contents]:
    """What can be gone back to, and what cannot: it names records that are no longer there."""
    gone = {
        key: value
        for key, value in said.items()
        if not all(exists(*named) for named in references(model, {key: value}))
    }
    kept = {key: now[key] for key in gone if key in now}
    return {key: value for key, value in said.items() if key not in gone} | kept, gone


def left_out(user, model, gone: Contents) -> Iterator[str]:
    """A sentence on each thing that was deleted since; its name only for who saw all there was."""
    for column, pk in references(model, gone):
        words = {"kind": column.verbose_name, "name": "…"}
        if access.works_everywhere(user):
            words["name"] = history.last_name_of(column.remote_field.model, pk) or "…"
        yield filled(_("Left out, because it was deleted since: %(kind)s “%(name)s”."), words)


def refuse_unreachable(user, model, wanted: Contents) -> None:
    """An older version may name what a user could not choose in a form."""
    for column, pk in references(model, wanted):
        if exists(column, pk) and not access.choices(user, column).filter(pk=pk).exists():
            raise ValidationError(
                _("%(field)s: what that version names is not yours to choose.")
                % {"field": column.verbose_name}
            )
