"""Settings: sender, steps and costs of the follow-up, words of letters, minimum cash, rules."""

from pages.parts.context import url_choices
from pages.parts.settings import settings_form
from pages.parts.shell import page
from reports.answers.settings import fields
from reports.language import _, _p

# Values are saved per administration, and are those of a day.
view = page.begin(__file__, _p("page", "Settings"), needs_invoices=False, drawn=("as_of", "entity"))
part = url_choices.pick("part", _("Part of the screen"), fields.PARTS, fields.part_name)


def draw() -> None:
    """Draw the form of the chosen part."""
    settings_form.form(view, part)


page.guard(draw)
page.tie_out(view)
