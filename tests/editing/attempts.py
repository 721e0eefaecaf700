"""One request for each line of the matrix: where it goes, what it sends, and what came of it."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.urls import reverse

from strongcities.editing import history
from strongcities.editing.contents import fingerprint, state_of
from strongcities.editing.preview import previewing
from tests.editing.admin_walk import Rule, Writes, answer_in_words, copied, effect, stored_of
from tests.editing.portal import CHANGED, Portal
from tests.staff.codes import PASSWORD

PASSWORDS = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
WITHOUT_FORM = {  # kind: what is sent to any address of it
    "": {},
    "editing.proposal": {"_approve": "Approve"},
    "editing.errorreport": {"state": "closed", "post": "yes"},
    "journeys.pageimport": {"_discard": "Throw away"},
    "editing.auditentry": {"who": "Somebody else", "post": "yes"},
}
SENT = {  # address: what is sent there, of a record
    "list": lambda record: {
        "action": "delete_selected",
        "_selected_action": [record.pk],
        "post": "yes",
    },
    "ID/history/VERSION_ID/": lambda record: {"seen": fingerprint(state_of(record))},
    "ID/delete/": lambda record: {"post": "yes"},
    "ID/order/": lambda city: turned_round(city),
    "ID/password/": lambda record: PASSWORDS | {"set-password": "Change password"},
}
ADDED = {  # kind: what a new record says, which belongs where another does
    "members.city": lambda like: {
        "name": "New",
        "short_name": "New",
        "code": "ZZZ",
        "region": like.region_id,
    },
    "journeys.milestone": lambda like: {
        "title": "New",
        "body": "Words.",
        "date_as_printed": "May 2023",
        "city": like.city_id,
    },
    "journeys.initiative": lambda like: {"name": "New", "kind": "pilot", "run_by": like.run_by_id},
    "journeys.event": lambda like: {"name": "New", "kind": "dialogue"},
    "journeys.theme": lambda like: {"name": "New", "scope": "Words."},
    "journeys.journeyspage": lambda like: {"title": "New", "heading": "New", "intro": "Words."},
    "members.region": lambda like: {"name": "New", "hub_name": "New hub", "colour": "r6"},
    "auth.user": lambda like: {"username": "new"} | PASSWORDS,
    "auth.group": lambda like: {"name": "New"},
}


def attempt(portal: Portal, kind: str, rule: Rule, role: str) -> str:
    """Send one request, look at what came of it, and undo it."""
    record = portal.record(kind, rule.record)
    address, before, writes = address_on(portal, kind, rule, record), portal.state(record), Writes()
    data = (asked if rule.method == "GET" else posted)(portal, kind, rule, record)
    with previewing(), connection.execute_wrapper(writes):
        send = getattr(copied(portal.clients[role]), rule.method.lower())
        response = send(address, data)
        came_of_it = effect(before, stored_of(record)) if writes.seen else ""
        return came_of_it or answer_in_words(response)


def address_on(portal: Portal, kind: str, rule: Rule, record: models.Model) -> str:
    """An address with a record's own in the place of what the matrix writes in capitals."""
    rest = {"index": "", "list": ""}.get(rule.rest, rule.rest)
    words = {
        "CONTENT_TYPE_ID": str(ContentType.objects.get_for_model(record).pk),
        "VERSION_ID": str(portal.versions.get(None if rest.startswith("deleted/") else record)),
        "APP_LABEL": rule.record,
        "KIND": rule.record,
        "SLUG": rule.record,
        "URL": "nowhere/",
        "ID": str(record.pk),
    }
    for word, value in words.items():
        rest = rest.replace(word, value)
    start = reverse("admin:index") + (f"{kind.replace('.', '/')}/" if kind else "")
    return start + rest


def asked(portal: Portal, kind: str, rule: Rule, record: models.Model) -> dict[str, str]:
    """What stands behind the question mark."""
    if rule.rest == "autocomplete/":
        names = ["app_label", "model_name", "field_name"]
        return dict(zip(names, rule.record.split("."), strict=True))
    if rule.rest == "ID/history/compare/":
        earlier, later = sorted(history.versions_of(record).values_list("pk", flat=True))[:2]
        return {"before": str(earlier), "after": str(later)}
    return {}


def posted(portal: Portal, kind: str, rule: Rule, record: models.Model) -> dict:
    """What a browser would send, or somebody who forges what it sends."""
    if kind in WITHOUT_FORM:
        return WITHOUT_FORM[kind]
    if rule.rest in ("ID/change/", "ID/preview/"):
        return portal.form(form_of(record, "change", record.pk)) | changed(kind)
    if rule.rest in ("add/", "add/preview/"):
        has_form = kind != "journeys.journeyspage"  # there is one already
        return (portal.form(form_of(record, "add")) if has_form else {}) | ADDED[kind](record)
    return SENT.get(rule.rest, lambda record: {})(record)


def form_of(record: models.Model, view: str, *args) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{view}", args=args)


def turned_round(city: models.Model) -> dict:
    """A city's milestones, the last first."""
    pks = [str(pk) for pk in city.milestones.order_by("position").values_list("pk", flat=True)]
    places = {f"place:{pk}": place for place, pk in enumerate(reversed(pks), 1)}
    return {"seen": " ".join(pks)} | places


def changed(kind: str) -> dict:
    if kind == "auth.group":
        return {"permissions": [Permission.objects.get(codename="view_city").pk]}
    return {CHANGED[kind]: "Other words."}
