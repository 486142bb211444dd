"""What is right: plain Python, decimal numbers, one unit at a time. It shares no line with what it judges.

`python3 oracle.py FACTS.jsonl OUT.csv` writes for each unit its points (p_r01 to p_w04), base, bonus, total, grade, rank
and final grade; OUT.csv.groups the mean of each group; OUT.csv.provinces the mean of each province's group means.
"""

import json
import sys
from decimal import ROUND_HALF_UP, Decimal

import scheme

CENT = Decimal("0.01")


def hundredths(value):
    return Decimal(value) / 100


def half_up(value):
    return value.quantize(CENT, ROUND_HALF_UP)


def points(x, facts):
    """The points of one indicator."""
    kind = x["kind"]
    if kind == "ratio":
        target = hundredths(x["target"]) if x["target"] else Decimal(facts[x["t"]])
        return min(hundredths(x["cap"]), half_up(hundredths(x["max"]) * Decimal(facts[x["a"]]) / target))
    if kind == "step":
        value = Decimal(facts[x["a"]])
        return next((hundredths(won) for tenths, won in x["steps"] if value >= Decimal(tenths) / 10), Decimal(0))
    if kind == "bool":
        return hundredths(x["max"]) if facts[x["a"]] else Decimal(0)
    if kind == "deduct":
        return max(Decimal(0), hundredths(x["max"]) - hundredths(x["per"]) * facts[x["a"]])
    levels = [hundredths(level) for level in x["levels"]]
    counts = [facts[x["n"]], facts[x["p"]], facts[x["c"]]]
    if x["mode"] == "sum":
        return min(hundredths(x["cap"]), sum(level * count for level, count in zip(levels, counts)))
    return next((level for level, count in zip(levels, counts) if count > 0), Decimal(0))


def unit(facts):
    base = [points(x, facts) for x in scheme.BASE]
    bonus = [points(x, facts) for x in scheme.BONUS]
    result = dict(id=facts["id"], group=facts["g"], points=base + bonus, base=sum(base))
    result["bonus"] = min(hundredths(scheme.BONUS_CAP), sum(bonus))
    total = result["base"] + result["bonus"]
    if facts["v01"]:
        total = Decimal(0)
    elif facts["v02"]:
        total = min(total, Decimal("59.99"))
    result["total"] = total
    result["grade"] = next(grade for least, grade in scheme.GRADES if total >= hundredths(least))
    return result


def rank(members):
    """Ranks with ties shared, the quota of the best grade, and the group's mean."""
    totals = sorted((member["total"] for member in members), reverse=True)
    first = {}
    for place, total in enumerate(totals, 1):
        first.setdefault(total, place)
    quota = len(members) * scheme.TOP[0] // scheme.TOP[1]
    for member in members:
        member["rank"] = first[member["total"]]
        beyond = member["grade"] == "A" and member["rank"] > quota
        member["final"] = "B" if beyond else member["grade"]
    return half_up(sum(totals) / len(totals))


def write_means(path, means):
    with open(path, "w") as out:
        for number, mean in sorted(means.items()):
            out.write(f"{number},{mean:.2f}\n")


def main(facts, out):
    with open(facts) as lines:
        results = [unit(json.loads(line, parse_float=Decimal)) for line in lines]
    groups = {}
    for result in results:
        groups.setdefault(result["group"], []).append(result)
    group_means = {number: rank(members) for number, members in groups.items()}
    provinces = {}
    for number, mean in group_means.items():
        provinces.setdefault(number // scheme.PROVINCE, []).append(mean)

    with open(out, "w") as file:
        codes = ["p_" + x["code"] for x in scheme.BASE + scheme.BONUS]
        file.write(",".join(["id", *codes, "base", "bonus", "total", "grade", "rank", "final"]) + "\n")
        for r in results:
            amounts = [f"{amount:.2f}" for amount in [*r["points"], r["base"], r["bonus"], r["total"]]]
            file.write(",".join([r["id"], *amounts, r["grade"], str(r["rank"]), r["final"]]) + "\n")
    write_means(out + ".groups", group_means)
    write_means(out + ".provinces", {p: half_up(sum(means) / len(means)) for p, means in provinces.items()})


main(*sys.argv[1:])
