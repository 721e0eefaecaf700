"""`include` as our partials are: one template, which sees only what it is given."""

from django import template
from django.template.loader_tags import IncludeNode, do_include

register = template.Library()
CONSTANTS = {"True": True, "False": False, "None": None}


class Partial(IncludeNode):
    """Django's, but looked up once, without a copy of the context or a state of its own."""

    found: template.base.Template | None = None

    def render(self, context: template.Context) -> str:
        if self.found is None:
            self.found = context.template.engine.get_template(self.template.resolve(context))
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        outer, context.dicts = context.dicts, [CONSTANTS, values]
        try:
            return self.found._render(context)
        finally:
            context.dicts = outer


@register.tag
def include(parser: template.base.Parser, token: template.base.Token) -> IncludeNode:
    node = do_include(parser, token)
    if node.isolated_context and isinstance(node.template.var, str):
        return Partial(node.template, extra_context=node.extra_context, isolated_context=True)
    return node
