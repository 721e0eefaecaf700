"""Django's tags of translation, without the work that is the same on every page."""

from django import template
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)


class Phrase(i18n.TranslateNode):
    """Words that stand in the template: looked up once a language."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.said: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        language = get_language()
        if language not in self.said:
            self.said[language] = super().render(context)
        return self.said[language]


class Sentence(i18n.BlockTranslateNode):
    """Words around values: each form is put together once."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.forms: dict[bool, tuple[str, list[str]]] = {}

    def render_token_list(self, tokens: list[Token]) -> tuple[str, list[str]]:
        is_plural = tokens is self.plural
        if is_plural not in self.forms:
            text, names = super().render_token_list(tokens)
            known = self.forms[False][1] if is_plural else []
            self.forms[is_plural] = text, [name for name in names if name not in known]
        text, names = self.forms[is_plural]
        return text, [*names]  # to which Django adds those of the plural


@register.tag("trans")
@register.tag("translate")
def translate(parser: Parser, token: Token) -> i18n.TranslateNode:
    node = i18n.do_translate(parser, token)
    words = node.filter_expression
    if words.var.literal and not (words.filters or node.asvar or node.message_context):
        return Phrase(words, node.noop)
    return node


@register.tag("blocktrans")
@register.tag("blocktranslate")
def blocktranslate(parser: Parser, token: Token) -> Sentence:
    return Sentence(**vars(i18n.do_block_translate(parser, token)))
