"""Changes to published records that wait for a publisher; the live page stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from strongcities.editing import checks, history, locks
from strongcities.editing.contents import (
    Contents,
    changes,
    contents_of,
    put,
    refuse_if_changed,
)
from strongcities.editing.differences import Joined, is_prose, join
from strongcities.editing.models import Proposal, ProposalState
from strongcities.editing.preview import page_of, previewing
from strongcities.staff import access, audit
from strongcities.staff.sentences import coded, stored

LIVE, PROPOSED, JOINED = "live", "proposed", "joined"  # which text of a clash is to stay


@dataclass(frozen=True)
class Comparison:
    """A proposal held against its record as it is now."""

    live: Contents
    joined: dict[str, Joined]  # the texts that both changed, word by word together
    wanted: Contents  # what the proposal changes, with what has been changed in its texts since
    clashes: list[str]  # what the record has changed meanwhile too, to something else


def compared_with_live(proposal: Proposal) -> Comparison:
    model = proposal.content_type.model_class()
    texts = base, proposed, live = proposal.base, proposal.proposed, contents_of(proposal.record)
    mine, theirs = changes(base, proposed), changes(base, live)
    both = [key for key, value in mine.items() if theirs.get(key, value) != value]
    prose = [f for f in model._meta.concrete_fields if f.name in both and is_prose(f)]
    joined = {
        f.name: join(*(each[f.name] or "" for each in texts), most=f.max_length) for f in prose
    }
    clean = {name: one.text for name, one in joined.items() if one.is_clean}
    return Comparison(live, joined, mine | clean, [key for key in both if key not in clean])


def visible_to(user) -> models.QuerySet:
    """Their own proposals; for those who publish, all that they could decide."""
    kinds = ContentType.objects.get_for_models(
        *(model for model in access.published_kinds() if access.may(user, "publish", model))
    )
    may_decide = models.Q(content_type__in=[kind.pk for kind in kinds.values()])
    return Proposal.objects.filter(may_decide | models.Q(proposed_by=user))


def may_decide(user, proposal: Proposal) -> bool:
    """Where the settings say so, nobody decides their own."""
    is_own = proposal.proposed_by_id == user.pk
    return (
        proposal.is_open
        and proposal.record is not None
        and access.may_publish(user, proposal.record)
        and not (is_own and settings.OTHERS_DECIDE)
    )


def may_take_back(user, proposal: Proposal) -> bool:
    return proposal.is_open and proposal.proposed_by_id == user.pk


def open_for(record: models.Model) -> models.QuerySet:
    waiting = Proposal.objects.of(record).filter(state=ProposalState.OPEN)
    return waiting.select_related("proposed_by").order_by("proposed_at")


def propose(
    user, record: models.Model, wanted: Contents, note: str = "", readers_note: str = ""
) -> Proposal:
    """Keep what a published record is to say, all of it, for a publisher to decide.

    Raises PermissionDenied where the user may not, ValidationError where nothing differs or just
    that waits already, as where a form is sent twice.
    """
    if not access.may_propose(user, record):
        raise PermissionDenied
    base = contents_of(record)
    if not changes(base, wanted):
        raise ValidationError(_("Nothing differs from the published text, so nothing is proposed."))
    if any(one.proposed == wanted for one in open_for(record).filter(proposed_by=user)):
        raise ValidationError(_("You have proposed this already."))
    proposal = Proposal.objects.create(
        record=record,
        record_name=str(record)[:250],
        base=base,
        proposed=wanted,
        note=note,
        readers_note=readers_note,
        proposed_by=user,
    )
    audit.note(user, "proposed", record, note)
    return proposal


def approve(
    proposal: Proposal,
    user,
    choices: dict[str, str],
    texts: dict[str, str] | None = None,
    seen: str = "",
) -> None:
    """Write a proposal into its record, as one revision.

    `choices` says for each clash whether the "live" text stays, the "proposed" one comes, or the
    "joined" one as `texts` has it; they were made where the record was as `seen`. Raises
    PermissionDenied, or ValidationError in words; then nothing is written.
    """
    with transaction.atomic():
        proposal = hold(proposal, user, may_decide)
        history.begin(proposal.record)
        who = proposal.proposed_by.get_username() if proposal.proposed_by else "–"
        comment = stored(coded("proposed-by", who=who), proposal.note)
        with history.recorded(user, comment, by_hand=True):
            comparison = compared_with_live(proposal)
            wanted = chosen(comparison, choices, texts or {})
            if comparison.clashes:
                refuse_if_changed(proposal.record, seen)
            known = checks.errors(proposal.record)
            put(proposal.record, wanted)
            if proposal.readers_note:
                proposal.record.tell_readers(proposal.readers_note)
            saved = history.read_again(proposal.record)
            checks.require(saved, known)
            history.add_versions([saved])
            conclude(proposal, ProposalState.APPROVED, user)
        audit.note(user, "approved a proposal", proposal.record, proposal.note)


def chosen(comparison: Comparison, choices: dict[str, str], texts: dict[str, str]) -> Contents:
    """What is to be written; raises ValidationError where a clash is not decided."""
    joined, edited = comparison.joined, {}
    for key in comparison.clashes:
        choice = choices.get(key)
        if choice == JOINED and key in joined:
            edited[key] = texts.get(key, joined[key].text)
        elif choice not in (LIVE, PROPOSED):
            said = _("The live text has changed meanwhile: choose which text to keep.")
            raise ValidationError(said)
    left = {key for key in comparison.clashes if choices[key] == LIVE}
    return {key: value for key, value in comparison.wanted.items() if key not in left} | edited


def preview_of(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The public page with what is proposed in it; raises ValidationError where it does not fit."""
    with previewing() as pictures:
        record = hold_record(proposal)
        put(record, compared_with_live(proposal).wanted)
        return page_of(request, record, request.user, pictures)


def decline(proposal: Proposal, user, reason: str) -> None:
    if not reason.strip():
        raise ValidationError(_("Say why: the person who proposed it will read it."))
    with transaction.atomic():
        proposal = hold(proposal, user, may_decide)
        conclude(proposal, ProposalState.DECLINED, user, reason)
        audit.note(user, "declined a proposal", proposal.record, reason)


def take_back(proposal: Proposal, user) -> None:
    with transaction.atomic():
        proposal = hold(proposal, user, may_take_back)
        conclude(proposal, ProposalState.TAKEN_BACK, user)
        audit.note(user, "took back a proposal", proposal.record)


def hold(proposal: Proposal, user, may: Callable) -> Proposal:
    """The proposal and its record as stored now, held until the transaction ends.

    Raises ValidationError where it is decided by now, PermissionDenied where `may` says no.
    """
    hold_record(proposal, proposal)
    proposal = Proposal.objects.get(pk=proposal.pk)
    if not proposal.is_open:
        raise ValidationError(_("Somebody has decided on this meanwhile."))
    if not may(user, proposal):
        raise PermissionDenied
    return proposal


def hold_record(proposal: Proposal, *others: models.Model) -> models.Model | None:
    """A proposal's record, held with where it is and where it is to be."""
    record = proposal.record
    place = locks.with_place(record, proposal.proposed) if record else []
    locks.hold([*place, *others])
    return record


def conclude(proposal: Proposal, state: ProposalState, user, reason: str = "") -> None:
    proposal.state, proposal.reason = state, reason
    proposal.decided_by, proposal.decided_at = user, timezone.now()
    proposal.save(update_fields=["state", "reason", "decided_by", "decided_at"])
