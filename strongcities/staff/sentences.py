"""Sentences of ours in the log and the history: stored as codes, worded when they are read.

A stored text has lines. A line that begins as START holds a code and its parameters as JSON; any
other is somebody's own words, or was stored as words before there were codes.
"""

import json

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop, pgettext, pgettext_lazy

from strongcities.direction import filled, isolated, listed
from strongcities.publishing import Status

START = '{"code": '
# What reading somebody's own words as a code may end in.
BROKEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
COMMAND = "command"  # who did it, where nobody was signed in
SENTENCES = {
    "as-begun": gettext_noop("As it was when its history began."),
    "as-found": gettext_noop("As it was found: it had been changed without a note in the history."),
    "back": gettext_noop("Back to what it said on %(at)s."),
    "recovered": gettext_noop("Brought back after it was deleted."),
    "deleted": gettext_noop("“%(record)s” was deleted."),
    "proposed-by": gettext_noop("Proposed by %(who)s."),
    "step": gettext_noop("%(before)s → %(after)s."),
    "scheduled": gettext_noop("%(before)s → %(after)s (%(at)s)."),  # until it was in "step"
    "imported": gettext_noop("Imported from %(file)s."),
    "undone": gettext_noop("Import undone: %(file)s"),
    "counted": gettext_noop(
        "Drafts made: %(made)s, changed: %(changed)s; proposals: %(proposed)s."
    ),
    "loaded": gettext_noop("Loaded from fixtures."),
    "order": gettext_noop("Order changed"),
    "more": gettext_noop("and %(n)s more"),
    "widths": gettext_noop("The same picture, at several widths."),
    "files-deleted": gettext_noop("Files deleted: %(n)s."),
    "link-until": gettext_noop("A preview link, until %(at)s."),
    "links-ended": gettext_noop("Preview links ended: %(n)s."),
    "log-exported": gettext_noop("Lines of the log: %(n)s (%(filters)s)."),
    "list-exported": gettext_noop("%(model)s as %(format)s (%(filters)s)."),
    "report-exported": gettext_noop("The report %(report)s as %(format)s."),
    "signed-in": gettext_noop("Signed in (%(ways)s)."),
    "wrong-password": gettext_noop("A wrong password."),
    "wrong-code": gettext_noop("A wrong code."),
    "password-changed": gettext_noop("The password was changed."),
    "added-totp": gettext_noop("An app for codes was set up."),
    "added-webauthn": gettext_noop("A passkey was added."),
    "added-recovery_codes": gettext_noop("Recovery codes were made."),
    "removed-totp": gettext_noop("The app for codes was removed."),
    "removed-webauthn": gettext_noop("A passkey was removed."),
    "removed-recovery_codes": gettext_noop("The recovery codes were removed."),
    "new-codes": gettext_noop("New recovery codes took the place of the old ones."),
    "code-used": gettext_noop("A recovery code was used."),
    "factor-reset": gettext_noop(
        "The second factor was forgotten: the next login sets it up anew."
    ),
    "invited": gettext_noop("A mail with the way to choose a password was sent."),
}

ACTIONS = {
    "added": pgettext_lazy("was done", "added"),
    "changed": pgettext_lazy("was done", "changed"),
    "deleted": pgettext_lazy("was done", "deleted"),
    "scheduled": pgettext_lazy("was done", "scheduled"),
    "went back": pgettext_lazy("was done", "went back"),
    "recovered": pgettext_lazy("was done", "recovered"),
    "reordered": pgettext_lazy("was done", "reordered"),
    "proposed": pgettext_lazy("was done", "proposed"),
    "approved a proposal": pgettext_lazy("was done", "approved a proposal"),
    "declined a proposal": pgettext_lazy("was done", "declined a proposal"),
    "took back a proposal": pgettext_lazy("was done", "took back a proposal"),
    "preview link": pgettext_lazy("was done", "preview link"),
    "exported": pgettext_lazy("was done", "exported"),
    "imported": pgettext_lazy("was done", "imported"),
    "import undone": pgettext_lazy("was done", "import undone"),
    "loaded": pgettext_lazy("was done", "loaded"),
    "deleted pictures": pgettext_lazy("was done", "deleted pictures"),
    "invited": pgettext_lazy("was done", "invited"),
    "signed in": pgettext_lazy("was done", "signed in"),
    "not signed in": pgettext_lazy("was done", "not signed in"),
    "password": pgettext_lazy("was done", "password"),
    "second factor": pgettext_lazy("was done", "second factor"),
}
WAYS = {
    "password": pgettext_lazy("way to sign in", "password"),
    "totp": pgettext_lazy("way to sign in", "code of an app"),
    "webauthn": pgettext_lazy("way to sign in", "passkey"),
    "recovery_codes": pgettext_lazy("way to sign in", "recovery code"),
}


def coded(code: str, **params) -> str:
    """A sentence to store; `code` is one of SENTENCES, or "form" with what Django noted."""
    return json.dumps({"code": code, "params": params}, ensure_ascii=False)


def stored(*lines: str) -> str:
    """Several sentences as one text to store; empty ones are left out."""
    return "\n".join(line for line in lines if line)


def worded(text: str) -> str:
    if START not in text:
        return text
    return " ".join(filter(None, map(line_in_words, text.split("\n"))))


def line_in_words(line: str) -> str:
    if not line.startswith(START):
        return isolated(line)
    try:
        found = json.loads(line)
        code, params = found["code"], found["params"]
        if code == "form":
            return LogEntry(change_message=json.dumps(params["message"])).get_change_message()
        return filled(
            gettext(SENTENCES[code]), {name: shown(name, params[name]) for name in params}
        )
    except BROKEN:
        return line  # words that only begin like one of ours


def shown(name: str, value) -> str:
    """A parameter as it is read: moments in local time, states by their names."""
    if name == "at" and (moment := parse_datetime(value)):
        return date_format(localtime(moment), "DATETIME_FORMAT")
    if name in ("before", "after"):
        return state_in_words(*([value] if isinstance(value, str) else value))
    if name == "model":
        return str(apps.get_model(value)._meta.verbose_name_plural)
    if name == "ways":
        return listed(WAYS.get(way, way) for way in value.split(", "))
    return str(value)


def state_in_words(status: str, live_from: str = "") -> str:
    state = str(Status(status).label)
    words = {"state": state, "at": shown("at", live_from)}
    return filled(gettext("%(state)s (%(at)s)"), words) if live_from else state


def action_in_words(action: str) -> str:
    """What was done, as the log says it; a new state by its name."""
    return str(Status(action).label if action in Status else ACTIONS.get(action, action))


def who_in_words(who: str) -> str:
    return pgettext("did it", "command") if who == COMMAND else who
