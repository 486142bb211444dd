"""Sheets that people can read: as a table in a terminal, as HTML in a notebook."""

from html import escape
from typing import Any, Dict, List, Tuple


def points(told: Dict[str, str]) -> str:
    """`3`, or `0 至 5` from the worst case to the best."""
    return told["lowest"] if told["lowest"] == told["highest"] else f"{told['lowest']} 至 {told['highest']}"


class Sheet(Dict[str, Any]):
    """A sheet (得分表) as the library gives it: a dict, which prints as a table and shows as HTML in a notebook."""

    def _head(self) -> List[Tuple[str, str]]:
        head = [("考核对象", str(self["subject"])), ("总分", points(self["total"]))]
        if self["grades"]:
            head.append(("等次", " / ".join(self["grades"])))
        if self.get("rank"):
            best, worst = self["rank"]["best"], self["rank"]["worst"]
            head.append(("名次", str(best) if best == worst else f"{best} 至 {worst}"))
        if self["open"]:
            head.append(("不明", "、".join(self["open"])))
        return head

    def __str__(self) -> str:
        rows = ["，".join(f"{name}：{value}" for name, value in self._head())]
        for item in self["items"]:
            earned = points(item["points"]) if item["applicable"] else "不适用"
            rows.append(f"{item['id']} {item['title']}（{item['full']} 分）：{earned}")
            rows.extend(
                f"    {points(line['points'])}  {line['reason']}" for line in self["lines"] if line["item"] == item["id"]
            )
        named = {item["id"] for item in self["items"]}
        others = (line for line in self["lines"] if line["item"] not in named)
        rows.extend(f"{line['id']}：{points(line['points'])}  {line['reason']}" for line in others)
        return "\n".join(rows)

    def _repr_html_(self) -> str:
        head = "".join(f"<p><b>{escape(name)}</b> {escape(value)}</p>" for name, value in self._head())
        titles = {item["id"]: f"{item['id']} {item['title']}" for item in self["items"]}
        cells = "".join(
            f"<tr><td>{escape(titles.get(line['item'], line['item']))}</td><td>{escape(points(line['points']))}</td>"
            f"<td>{escape(line['reason'])}</td><td>{escape(line.get('article', ''))}</td></tr>"
            for line in self["lines"]
        )
        return f"{head}<table><tr><th>项目</th><th>得分</th><th>理由</th><th>条款</th></tr>{cells}</table>"
