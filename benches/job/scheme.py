"""The scheme of the benchmark job as the oracle and the other contenders read it: 40 indicators.

`python3 scheme.py OUT.json` writes it as a decision for zen-engine.
Points and thresholds are integers here: points and targets in hundredths, thresholds in tenths.
"""

import json
import sys

S = []


def ratio(number, points, cap, target=None):
    code = f"r{number:02}"
    S.append(
        dict(code=code, kind="ratio", max=points, cap=cap, target=target, a=code, t=None if target else f"t{number:02}")
    )


# Against a target of the unit's own (t01 to t05) ...
ratio(1, 400, 400)
ratio(2, 300, 300)
ratio(3, 500, 500)
ratio(4, 200, 200)
ratio(5, 300, 330)
# ... and against one target for all.
ratio(6, 500, 500, 8000)
ratio(7, 300, 300, 9600)
ratio(8, 400, 400, 6400)
ratio(9, 200, 200, 7500)
ratio(10, 300, 330, 12000)

STEPS = [
    [(950, 300), (900, 240), (800, 180), (600, 100)],
    [(980, 300), (950, 255), (900, 210), (850, 150), (700, 75)],
    [(900, 300), (750, 200), (600, 120)],
    [(1000, 300), (990, 270), (950, 210), (900, 120)],
    [(850, 300), (700, 225), (550, 150), (400, 75)],
    [(995, 300), (980, 240), (960, 180), (900, 90), (800, 30)],
    [(800, 300), (600, 180)],
    [(920, 300), (840, 250), (760, 200), (680, 150), (600, 100)],
]
for i, steps in enumerate(STEPS, 1):
    S.append(dict(code=f"s{i:02}", kind="step", a=f"s{i:02}", steps=steps, max=300))
for i in range(1, 7):
    S.append(dict(code=f"b{i:02}", kind="bool", a=f"b{i:02}", max=200))
for i, per in enumerate([25, 50, 100, 50, 30, 75, 100, 10, 20, 5], 1):
    S.append(dict(code=f"d{i:02}", kind="deduct", a=f"d{i:02}", max=300, per=per))
# Occurrences at national, provincial and city level: added up under a cap, or the highest level once.
AWARDS = [
    ((100, 50, 20), 200, "sum"),
    ((80, 40, 10), 150, "sum"),
    ((100, 60, 30), 100, "highest"),
    ((150, 90, 40), 150, "highest"),
]
for i, (levels, cap, mode) in enumerate(AWARDS, 1):
    code = f"w{i:02}"
    S.append(dict(code=code, kind="bonus", levels=levels, cap=cap, mode=mode, n=code + "n", p=code + "p", c=code + "c"))
S.append(dict(code="v01", kind="veto", a="v01", effect="zero"))
S.append(dict(code="v02", kind="veto", a="v02", effect="cap", cap=5999))

BONUS_CAP = 400
GRADES = [(9000, "A"), (8000, "B"), (6000, "C"), (0, "D")]
TOP = (1, 5)  # of a group at most floor(n / 5) keep their A, by rank
PROVINCE = 100  # groups in a province

BASE = [x for x in S if x["kind"] in ("ratio", "step", "bool", "deduct")]
BONUS = [x for x in S if x["kind"] == "bonus"]
FIELDS = (
    [f"r{i:02}" for i in range(1, 11)]
    + [f"t{i:02}" for i in range(1, 6)]
    + [f"s{i:02}" for i in range(1, 9)]
    + [f"b{i:02}" for i in range(1, 7)]
    + [f"d{i:02}" for i in range(1, 11)]
    + [f"w{i:02}{level}" for i in range(1, 5) for level in "npc"]
    + ["v01", "v02"]
)
assert len(S) == 40 and sum(x["max"] for x in BASE) == 10000 and len(FIELDS) == 53


def places(field):
    """Decimal places of a measured value."""
    return 2 if field[0] in "rt" else 1 if field[0] == "s" else 0


def hundredths(value):
    return f"{value / 100:.2f}"


def zen_expression(x):
    """One indicator in zen's expression language. Its numbers are decimals, so this is exact but for long quotients."""
    kind = x["kind"]
    if kind == "ratio":
        target = hundredths(x["target"]) if x["target"] else x["t"]
        # Half up, as nothing here is negative.
        quotient = f"floor({hundredths(x['max'])} * {x['a']} / {target} * 100 + 0.5) / 100"
        return f"min([{hundredths(x['cap'])}, {quotient}])"
    if kind == "step":
        tiers = "".join(f"{x['a']} >= {tenths / 10:.1f} ? {hundredths(points)} : (" for tenths, points in x["steps"])
        return tiers + "0" + ")" * len(x["steps"])
    if kind == "bool":
        return f"{x['a']} ? {hundredths(x['max'])} : 0"
    if kind == "deduct":
        return f"max([0, {hundredths(x['max'])} - {hundredths(x['per'])} * {x['a']}])"
    if kind == "bonus":
        n, p, c = (hundredths(level) for level in x["levels"])
        if x["mode"] == "sum":
            return f"min([{hundredths(x['cap'])}, {n}*{x['n']} + {p}*{x['p']} + {c}*{x['c']}])"
        return f"{x['n']} > 0 ? {n} : ({x['p']} > 0 ? {p} : ({x['c']} > 0 ? {c} : 0))"
    return f"{x['a']} ? 1 : 0"


def zen_decision():
    """One expression node: a row for each indicator, then bonus, base, total and grade."""
    rows = [(f"p_{x['code']}", zen_expression(x)) for x in S]
    bonus = " + ".join(f"$.p_{x['code']}" for x in BONUS)
    rows += [
        ("base", " + ".join(f"$.p_{x['code']}" for x in BASE)),
        ("bonus", f"min([{hundredths(BONUS_CAP)}, {bonus}])"),
        ("total", "v01 ? 0 : (v02 ? min([59.99, $.base + $.bonus]) : $.base + $.bonus)"),
        ("grade", "$.total >= 90 ? 'A' : ($.total >= 80 ? 'B' : ($.total >= 60 ? 'C' : 'D'))"),
    ]
    expressions = [dict(id="e" + key, key=key, value=value) for key, value in rows]
    node = dict(
        expressions=expressions, passThrough=False, inputField=None, outputPath=None, executionMode="single"
    )
    return dict(
        contentType="application/vnd.gorules.decision",
        nodes=[
            dict(id="i", name="in", type="inputNode", position=dict(x=0, y=0)),
            dict(id="x", name="x", type="expressionNode", position=dict(x=1, y=0), content=node),
            dict(id="o", name="out", type="outputNode", position=dict(x=2, y=0)),
        ],
        edges=[
            dict(id="1", sourceId="i", targetId="x", type="edge"),
            dict(id="2", sourceId="x", targetId="o", type="edge"),
        ],
    )


if __name__ == "__main__":
    with open(sys.argv[1], "w") as out:
        json.dump(zen_decision(), out, indent=1)
