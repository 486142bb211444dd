"""A paper (文书) in its three forms."""

import json
from html import escape
from typing import Any, Dict


class Paper:
    """A paper as the library makes it.

    data: its parts as a dict, for a template of your own: kind, title, parts and, where they apply, number, to, issuer,
        date, note.
    markdown: the same as text; str(paper) is this.
    html: one page that holds all it needs, runs no script and prints on A4.
    """

    def __init__(self, data: str, markdown: str, html: str) -> None:
        self.data: Dict[str, Any] = json.loads(data)
        self.markdown = markdown
        self.html = html

    def __str__(self) -> str:
        return self.markdown

    def __repr__(self) -> str:
        return f"<zeren.Paper {self.data['kind']} {self.data['title']}>"

    def _repr_html_(self) -> str:
        # A frame of its own: the page brings the styles of a page, which the notebook must not take over.
        return f'<iframe sandbox title="{escape(self.data["title"])}" srcdoc="{escape(self.html)}" width="100%" height="600"></iframe>'
