"""Names that are an attack on a page or a sheet, and what shows that one succeeded."""

import re
from html.parser import HTMLParser

HOSTILE_NAMES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title></style><script src=//evil.example/x.js></script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "[link](http://evil.example)",
    "![image](http://evil.example/x.png)",
    "$\\frac{1}{2}$",
    ":material/bomb:",
    '=HYPERLINK("http://evil.example")',
    "+31 6",
    "-1+1",
    "@SUM(A1)",
    "＝1+1",
    "&lt;b&gt;",
    "http://evil.example",
]
MAIL_NAMES = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "![x](http://evil.example/a.png)",
    "[click](http://evil.example)",
    "$\\frac{1}{2}$",
    ":material/delete:",
    ":smile: :red[x]",
    "=1+1",
    "+31 6",
    "-2+3",
    "@SUM(A1)",
    "\uff1d1+1",
    "`code` **bold** _x_",
    "http://evil.example www.evil.example a@evil.example",
    "\u202egnp.exe",
    "Bcc: x@evil.example",
)
# Signs that Markdown or HTML would act on, where no backslash stands before them. Bold is our own in titles.
LIVE = re.compile(
    r"(?<!\\)(<script|<img|!\[|\]\(http|\$|:material/delete|:smile|:red\[|`code|_x_|https?://|a@evil)"
)


class Page(HTMLParser):
    """Which elements a page has, with which attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data):
        self.text.append(data)
