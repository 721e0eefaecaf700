"""Templates as Django reads them, whose values are printed in half the time."""

from functools import cache
from html import escape

from django.template import Context, Template
from django.template.base import VariableNode, render_value_in_context
from django.template.loaders import cached
from django.utils.safestring import SafeString


class Value(VariableNode):
    """Django's, but text is escaped at once: it is no date, no number and not translated later."""

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        kind = type(value)
        if kind is SafeString:
            return value
        if kind is str and context.autoescape:
            return escape(value)
        return render_value_in_context(value, context)


class Loader(cached.Loader):
    """Reads each template once, and once finds the blocks in those that others extend."""

    def get_template(self, template_name: str, skip: list | None = None) -> Template:
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template = super().get_template(template_name, skip)
        if is_new:
            nodes = template.nodelist
            nodes.get_nodes_by_type = cache(nodes.get_nodes_by_type)
            for node in nodes.get_nodes_by_type(VariableNode):
                node.__class__ = Value
        return template
