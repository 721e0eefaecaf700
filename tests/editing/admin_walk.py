"""Every address of the admin, and what a request to it came to, in the words of the matrix."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import models
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from strongcities.editing.models import Proposal

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
HEADING = re.compile(r"(GET|POST|GET, POST) (\S.*)$")


@dataclass(frozen=True)
class Address:
    """A pattern under /admin/: whose it is ("", "members.city") and the rest, as "ID/change/"."""

    kind: str
    rest: str

    @property
    def path(self) -> str:
        """Where no record is, but something that looks like it."""
        rest = "" if self.rest in ("index", "list") else self.rest
        rest = rest.replace("APP_LABEL", "members")
        kind = f"{self.kind.replace('.', '/')}/" if self.kind else ""
        return reverse("admin:index") + kind + re.sub("[A-Z_]{2,}", "1", rest)


def addresses() -> list[Address]:
    """Every pattern that the resolver knows under /admin/, in the matrix's spelling."""
    found = dict.fromkeys(address_of(pattern) for pattern in patterns(get_resolver()))
    return [address for address in found if address is not None]


def patterns(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        pattern = before + str(part.pattern).removeprefix("^")
        if isinstance(part, URLResolver):
            yield from patterns(part, pattern)
        else:
            yield pattern


def address_of(pattern: str) -> Address | None:
    under, found, rest = pattern.partition("admin/")
    if under or not found:
        return None
    rest = PARAMETER.sub(lambda match: spelling(match[1] or match[2]), rest).removesuffix("$")
    for model in admin.site._registry:
        meta = model._meta
        prefix = f"{meta.app_label}/{meta.model_name}/"
        if rest.startswith(prefix):
            return Address(meta.label_lower, rest.removeprefix(prefix) or "list")
    return Address("", rest or "index")


def spelling(parameter: str) -> str:
    return "ID" if parameter in ("id", "pk", "object_id") else parameter.upper()


@dataclass(frozen=True)
class Rule:
    """One line of the matrix: what becomes of a request of each role to one record's address."""

    method: str
    rest: str
    record: str
    words: dict[str, str]


def rules(table: str, roles: list[str]) -> list[Rule]:
    """The lines of a table; raises ValueError where one does not say a word for each role."""
    found, asked, was_heading = [], [], False
    for line in table.strip().splitlines():
        if not line.startswith(" "):
            asked = [*(asked if was_heading else ()), *requests(line)]
            was_heading = True
            continue
        records, *words = re.split(r"\s{2,}", line.strip())
        if len(words) != len(roles):
            raise ValueError(f"Not {len(roles)} words: {line}")
        by_role, was_heading = dict(zip(roles, words, strict=True)), False
        found += [Rule(*pair, record, by_role) for pair in asked for record in records.split(" / ")]
    return found


def requests(heading: str) -> list[tuple[str, str]]:
    """Methods and addresses of a heading."""
    match = HEADING.match(heading)
    if match is None:
        raise ValueError(f"No heading as “GET ID/change/”: {heading}")
    return [(method, rest) for rest in match[2].split() for method in match[1].split(", ")]


State = dict[str, object]


def stored_of(record: models.Model) -> State:
    """What is stored of a record and its kind, to see what a request did to them."""
    kind, rows = type(record), type(record)._base_manager
    stored, milestones = rows.filter(pk=record.pk), getattr(record, "milestones", None)
    named = [field.name for field in kind._meta.many_to_many]
    return {
        "total": rows.count(),
        "values": list(stored.values()),
        "links": [sorted(stored.values_list(name, flat=True)) for name in named],
        "order": sorted(milestones.values_list("pk", "position")) if milestones else [],
        "proposals": sorted(Proposal.objects.values_list("pk", "state")),
    }


def effect(before: State, later: State) -> str:
    """What happened in between, in a word of the matrix; empty for nothing."""
    if later["total"] < before["total"]:
        return "deletes"
    changed = {name for name in before if later[name] != before[name]}
    return "writes" if changed - {"proposals"} else "proposes" if changed else ""


class Writes:
    """Notes whether anything was written, so that what was only read need not be compared."""

    seen = False

    def __call__(self, execute, sql, params, many, context):
        self.seen = self.seen or sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, params, many, context)


def answer_in_words(response) -> str:
    """What a request came to, as far as the answer tells."""
    if response.status_code == 302:
        return redirect_in_words(response)
    words = {403: "refused", 404: "hidden", 405: "not this", 500: "breaks"}
    if response.status_code in words:
        return words[response.status_code]
    assert response.status_code in (200, 409), response.status_code
    return form_in_words(response.context) if response.context else "opens"


def redirect_in_words(response) -> str:
    if response.url.startswith((reverse("admin:login"), reverse("account_login"))):
        return "login"
    says_why = any("exist" in str(message) for message in get_messages(response.wsgi_request))
    return "hidden" if says_why and response.url == reverse("admin:index") else "leads on"


def form_in_words(context) -> str:
    form = context["adminform"].form if "adminform" in context else context.get("form")
    if form is not None and form.is_bound and form.errors:
        return "asks"
    if context.get("problems"):
        return "asks"
    if "adminform" not in context or context.get("add"):
        return "opens"
    if not context["has_change_permission"]:
        return "reads"
    return "writes" if context.get("may_write", True) else "proposes"


def copied(client: Client) -> Client:
    """With the session of another, which no request ends for the next."""
    fresh = Client(raise_request_exception=False)
    fresh.cookies.load({name: morsel.value for name, morsel in client.cookies.items()})
    return fresh
