"""The one error that reading a date raises, and the marks for its sentences."""


def gettext_noop(message: str) -> str:
    """The same text: the name is what Django's makemessages looks for."""
    return message


def pgettext(context: str, message: str) -> str:
    """The key of the text in a catalogue; the name is what Django's makemessages looks for."""
    return f"{context}\x04{message}"


class EDTFError(ValueError):
    """A date that cannot be read; the sentence says what to type instead.

    ``message`` is a template with named parameters, so that it can be translated before
    ``params`` are filled in; ``str(error)`` is the English sentence.
    """

    def __init__(self, message: str, params: dict[str, str]) -> None:
        super().__init__(message, params)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return self.message % self.params
