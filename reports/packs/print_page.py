"""A page to print: an HTML document without scripts, with all text escaped, that loads and sends nothing."""

from html import escape

from reports.translation import current

# Nothing in the page may run, load or send anything, whatever a name holds.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def document(title: str, style: str, body: str) -> str:
    """Return a whole page.

    Args:
        title: escaped here.
        style: the page's own style sheet.
        body: HTML, in which all text is escaped already.
    """
    return (
        f"<!doctype html>\n<html lang='{current()}'><head><meta charset='utf-8'>"
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<meta name='viewport' content='width=device-width'><title>{escape(title)}</title>"
        f"<style>{style}</style></head><body>{body}</body></html>\n"
    )
