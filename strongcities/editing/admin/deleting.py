"""Deleting in the admin, which says first where a thing is used; and getting it back."""

from functools import partial
from typing import NamedTuple

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from reversion.models import Version

from strongcities.direction import filled
from strongcities.editing import history, locks, proposals
from strongcities.editing.admin.audit import LoggedAdmin
from strongcities.editing.contents import contents_of, exists, in_words, text_fields
from strongcities.editing.labels import Labels
from strongcities.editing.records import (
    PARENTS,
    PARTS,
    address_if_any,
    address_of,
    links_to,
    settle,
)
from strongcities.publishing import Published, Status
from strongcities.staff import access, audit
from strongcities.staff.models import AuditEntry
from strongcities.staff.sentences import coded

PER_PAGE = 25
SHOWN = 100  # of one kind of use


class Uses(NamedTuple):
    """Those that name a record by one foreign key.

    `named` is each behind what it goes with, as a city, with the addresses of their forms; and in
    which field or row it names the record. `more` counts those that are not listed.
    """

    link: models.ManyToOneRel
    users: list[models.Model]
    named: list[tuple[list[tuple[models.Model, str]], str]]
    more: int

    @property
    def is_needed(self) -> bool:
        """Whether they keep the record from being deleted."""
        return self.link.on_delete not in (models.SET_NULL, models.CASCADE)


class DeletingAdmin(LoggedAdmin):
    """One record at a time: what a list deletes at once, nobody has looked at."""

    delete_confirmation_template = "admin/editing/delete_confirmation.html"

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def changelist_view(self, request, extra_context=None):
        shows = {"shows_deleted": may_recover(request.user, self.model)}
        return super().changelist_view(request, shows | (extra_context or {}))

    # Deleting

    def delete_view(self, request, object_id, extra_context=None):
        """Django's page, told where the record is used; and the deletion."""
        if request.method == "POST":
            try:
                name = locks.tried_twice(partial(self.delete, request, object_id))
            except locks.Busy as busy:
                self.message_user(request, busy.message, messages.ERROR)
                return HttpResponseRedirect(request.path)
            if name:
                return self.response_delete(request, name, object_id)
        context, record = extra_context or {}, self.get_object(request, unquote(object_id))
        if record is not None and self.has_delete_permission(request, record):
            context = used_in_words(record, uses_of(record), request.user) | context
        return super().delete_view(request, object_id, context)

    @transaction.atomic
    def delete(self, request, object_id) -> str:
        """Delete what may be deleted and nothing needs, and tell its name; else nothing.

        What that takes away elsewhere is held too, and kept first.
        """
        record = self.get_object(request, unquote(object_id))
        if record is None or not self.has_delete_permission(request, record):
            return ""
        locks.hold(one for user in [record, *users_of(record)] for one in locks.with_place(user))
        record = self.get_object(request, unquote(object_id))
        if record is None or any(one.is_needed for one in uses_of(record)):
            return ""
        name, changed = str(record), users_of(record)
        for each in [record, *changed]:
            history.begin(each)
        with history.recorded(request.user, coded("deleted", record=name)):
            self.log_deletions(request, [record])
            self.delete_model(request, record)
            history.add_versions([type(one)._base_manager.get(pk=one.pk) for one in changed])
        return name

    # Getting it back

    def deleted_view(self, request):
        self.refuse_unless_recovering(request)
        page = Paginator(deleted(self.model), PER_PAGE).get_page(request.GET.get("p"))
        names = {"kinds": self.opts.verbose_name_plural}
        context = {
            "title": _("Recently deleted: %(kinds)s") % names,
            "page": page,
            "lines": with_deletions(self.model, list(page)),
        }
        return self.own_page(request, "admin/editing/recover_list.html", context)

    def recover_view(self, request, version_id):
        """What would come back; then it comes back, as a draft."""
        self.refuse_unless_recovering(request)
        version = deleted(self.model).filter(pk=version_id).first()
        if version is None:
            raise Http404
        found, refused = Recovery(version), []
        try:
            found.check()
            if request.method == "POST":
                record = locks.tried_twice(partial(Recovery.carry_out, version, request.user))
                sentence = filled(_("“%(record)s” is back, as a draft."), {"record": record})
                self.message_user(request, sentence, messages.SUCCESS)
                return HttpResponseRedirect(address_of(record))
        except ValidationError as error:
            refused = error.messages
        return self.confirm_recovery(request, found, refused)

    def confirm_recovery(self, request, found: "Recovery", refused):
        labels = Labels(request.user).learn(self.model, found.contents, found.lost)
        context = {
            "title": filled(_("Bring back: %(record)s"), {"record": found.version.object_repr}),
            "version": found.version,
            "facts": labels.facts(self.model, found.contents),
            "lost": [labels.label(self.model, *one) for one in found.lost.items()],
            "refused": refused,
        }
        return self.own_page(request, "admin/editing/recover.html", context)

    own_pages = [
        ("deleted/", "deleted", deleted_view),
        ("deleted/<int:version_id>/", "recover", recover_view),
    ]

    def refuse_unless_recovering(self, request) -> None:
        if not may_recover(request.user, self.model):
            raise PermissionDenied


def uses_of(record: models.Model) -> list[Uses]:
    return [uses for link in links_to(record) if (uses := uses_by(record, link)).users]


def users_of(record: models.Model) -> list[models.Model]:
    """Those whose history tells of what they name."""
    return [user for one in uses_of(record) for user in one.users if type(user) in PARTS]


def uses_by(record: models.Model, link: models.ManyToOneRel) -> Uses:
    kind = link.related_model
    parent = PARENTS.get(kind)
    rows = kind._base_manager.filter(**{link.field.name: record}).order_by("pk")
    place = getattr(parent.remote_field.model if parent else kind, "goes_with", "")
    if path := "__".join(filter(None, [parent and parent.name, place])):
        rows = rows.select_related(path)
    listed = rows[:SHOWN]
    users = [getattr(row, parent.name) if parent else row for row in listed]
    named = [[(one, address_if_any(one)) for one in locks.with_place(user)] for user in users]
    ways = [how(row, link) for row in listed]
    return Uses(link, users, list(zip(named, ways, strict=True)), rows.count() - len(users))


def how(row: models.Model, link: models.ManyToOneRel) -> str:
    """How a row or a record names the other: "attended", "launched at"."""
    said = getattr(row, "get_relation_display", None)
    return str(said() if said else link.field.verbose_name)


def used_in_words(record: models.Model, uses: list[Uses], user) -> dict:
    """What the page says: what prevents the deletion, what it empties, what goes with it."""
    contents, labels = contents_of(record), Labels(user)
    labels.learn(type(record), contents)
    rows = {key: value for key, value in contents.items() if isinstance(value, dict)}
    return {
        "own": [labels.label(type(record), key, row) for key, row in rows.items()],
        "blocking": [one for one in uses if one.is_needed],
        "emptied": [one for one in uses if one.link.on_delete is models.SET_NULL],
        "going_too": [one for one in uses if one.link.on_delete is models.CASCADE],
        "waiting": proposals.open_for(record),
    }


def with_deletions(model: type[models.Model], versions: list[Version]) -> list[dict]:
    """Each version with the last line of the log on its record: who deleted it, and when."""
    kind = ContentType.objects.get_for_model(model)
    pks = [version.object_id for version in versions]
    entries = AuditEntry.objects.filter(content_type=kind, object_id__in=pks).order_by("at", "pk")
    last = {entry.object_id: entry for entry in entries}
    return [{"version": v, "entry": last.get(v.object_id)} for v in versions]


# Getting back a deleted record, with its rows and identity, as a draft


def may_recover(user, model: type[models.Model]) -> bool:
    """Whether a user gets deleted records of a kind back: a publisher of all regions."""
    needed = ["add", "change", *(["publish"] if issubclass(model, Published) else [])]
    return access.works_everywhere(user) and all(access.may(user, one, model) for one in needed)


def deleted(model: type[models.Model]) -> models.QuerySet:
    """The last version of each record of a kind that is no longer there, the latest first."""
    versions = Version.objects.get_deleted(model).select_related("revision__user")
    return versions.order_by("-revision__date_created", "-pk")


class Recovery:
    """A deleted record as it would come back; `lost` is what it said that named what is gone."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.record, rows = history.read([version])[version.pk]
        said = contents_of(self.record, rows)
        self.rows = [
            row for row in rows if not any(is_gone(row, f) for f in text_fields(type(row)))
        ]
        if isinstance(self.record, Published):
            self.record.status = Status.DRAFT
        self.empty_what_is_gone()
        self.contents = left = contents_of(self.record, self.rows)
        self.lost = {key: value for key, value in said.items() if value and value != left.get(key)}

    def empty_what_is_gone(self) -> None:
        """Fields that may be empty, and name what is no longer there, come back empty."""
        for column in self.record._meta.concrete_fields:
            if column.null and is_gone(self.record, column):
                setattr(self.record, column.attname, None)
            elif isinstance(column, models.FileField):
                name = column.value_from_object(self.record).name
                if name and not column.storage.exists(name):
                    setattr(self.record, column.attname, "")

    def check(self) -> None:
        """Raise ValidationError in words where it needs what is gone, or its address is taken.

        What it said is taken as it was: words that had to stand elsewhere may be deleted too.
        """
        if type(self.record)._base_manager.filter(pk=self.record.pk).exists():
            raise ValidationError(_("Somebody has brought this back meanwhile."))
        self.record._state.adding = True
        found: dict[str, list[ValidationError]] = {}
        for step in ("clean_fields", "validate_unique", "validate_constraints"):
            try:
                getattr(self.record, step)()
            except ValidationError as error:
                found |= error.error_dict
        if found:
            raise in_words(self.record, found)

    @classmethod
    def carry_out(cls, version: Version, user) -> models.Model:
        """Write it back, as one revision; raises ValidationError in words."""
        with transaction.atomic(), history.recorded(user, coded("recovered")):
            found = cls(version)
            found.check()
            found.record.save(force_insert=True)
            for row in found.rows:
                row.pk = None
                row._state.adding = True
                row.save(force_insert=True)
            settle(found.record, set(found.contents))
            audit.note(user, "recovered", found.record)
        return found.record


def is_gone(record: models.Model, column: models.Field) -> bool:
    if not isinstance(column, models.ForeignKey):
        return False
    pk = getattr(record, column.attname)
    return pk is not None and not exists(column, pk)
