"""Lets the sign-in page offer demo people without the lower rooms knowing this one."""

from django import template
from django.http import HttpRequest

from demo import queries
from demo.access import is_here

register = template.Library()


@register.simple_tag
def demo_parts(request: HttpRequest) -> list[queries.Part]:
    """The people to offer; none unless the browser is on this machine."""
    return queries.parts() if is_here(request) else []
