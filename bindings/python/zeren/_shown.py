"""What the library says, as Python values that people can read: they print as text and show as HTML in a notebook."""

from html import escape
from typing import Any, Dict, List

from ._sheet import points

_SEVERITIES = {"error": "错误", "warning": "问题", "notice": "提示"}
_VERDICTS = {
    "already_reached": "已达到",
    "reachable": "可达到",
    "out_of_reach": "无法达到",
    "not_searched": "未搜索",
    "undecided": "未能判定",
}


def table(head: List[str], rows: List[List[str]]) -> str:
    """An HTML table."""
    named = "".join(f"<th>{escape(cell)}</th>" for cell in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>" for cells in rows)
    return f"<table><tr>{named}</tr>{body}</table>"


class Findings(List[Dict[str, Any]]):
    """Findings (检查提示) as the library gives them: a list of dicts with code, severity, zh, en and, where they apply,
    pointer, subject, basis."""

    def _rows(self) -> List[List[str]]:
        return [
            [
                _SEVERITIES.get(finding["severity"], finding["severity"]),
                finding.get("subject") or finding.get("pointer") or "",
                finding["zh"],
                finding.get("basis") or "",
                finding["code"],
            ]
            for finding in self
        ]

    def __str__(self) -> str:
        return "\n".join("  ".join(cell for cell in cells if cell) for cells in self._rows()) or "无检查提示"

    def _repr_html_(self) -> str:
        return table(["程度", "对象", "提示", "依据", "代码"], self._rows()) if self else "<p>无检查提示</p>"


class Questions(List[Dict[str, Any]]):
    """What a draft leaves open (待明确事项): a list of dicts with a finding and the answers that there are."""

    def _rows(self) -> List[List[str]]:
        return [
            [
                question["finding"].get("pointer") or "",
                question["finding"]["zh"],
                "；".join(f"{answer['zh']}（{answer['value']}）" for answer in question["answers"]),
            ]
            for question in self
        ]

    def __str__(self) -> str:
        # The sentence names the answers already.
        return "\n".join("  ".join(cells[:2]) for cells in self._rows()) or "无待明确事项"

    def _repr_html_(self) -> str:
        return table(["位置", "待明确", "可选答案"], self._rows()) if self else "<p>无待明确事项</p>"


class Difference(Dict[str, Any]):
    """What leads from one run to another, as the library gives it: a dict with before, after, total, steps, facts."""

    def _rows(self) -> List[List[str]]:
        rows = []
        for step in self["steps"]:
            rows.append([step["zh"], points(step["total"]), ""])
            rows.extend([f"{item['id']} {item['title']}", points(item["points"]), ""] for item in step["items"])
        rows.extend([fact["zh"], "", fact["subject"]] for fact in self["facts"])
        return rows

    def __str__(self) -> str:
        return "\n".join([self["zh"], *("  ".join(cell for cell in cells if cell) for cells in self._rows())])

    def _repr_html_(self) -> str:
        return f"<p>{escape(self['zh'])}</p>" + table(["变化", "得分变化", "对象"], self._rows())


class WouldTake(Dict[str, Any]):
    """What it would take to reach a goal, as the library gives it: a dict with reached, total, grades, facts, zh."""

    def _rows(self) -> List[List[str]]:
        return [
            [
                fact["name"],
                fact["now"],
                _VERDICTS.get(fact["verdict"], fact["verdict"]),
                fact["value"] or "",
                points(fact["total"]) if fact["total"] else "",
            ]
            for fact in self["facts"]
        ]

    def __str__(self) -> str:
        return "\n".join([self["zh"], *(fact["zh"] for fact in self["facts"])])

    def _repr_html_(self) -> str:
        return f"<p>{escape(self['zh'])}</p>" + table(["事实", "现值", "结论", "所需值", "届时总分"], self._rows())


class ReadBack(str):
    """The table that a scheme's adopters approve: the text itself is Markdown, and it shows as HTML in a notebook."""

    def _repr_html_(self) -> str:
        shown: List[str] = []
        rows: List[List[str]] = []
        for line in [*self.splitlines(), ""]:
            if line.startswith("|"):
                inner = line.strip().strip("|").replace("\\|", "\0")
                rows.append([cell.strip().replace("\0", "|") for cell in inner.split("|")])
                continue
            if rows:
                # The second line of a Markdown table only rules it off.
                shown.append(table(rows[0], rows[2:]))
                rows = []
            level = len(line) - len(line.lstrip("#"))
            if level:
                shown.append(f"<h{level}>{escape(line[level:].strip())}</h{level}>")
            elif line.strip():
                shown.append(f"<p>{escape(line)}</p>")
        return "".join(shown)
