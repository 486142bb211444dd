//! A random rule of every kind.

use super::Draw;
use super::expressions::Reads;

/// All kinds; a test holds this list to the reference.
pub const KINDS: &[&str] = &[
    "all_or_nothing",
    "checklist",
    "ratio",
    "bands",
    "choice",
    "interpolate",
    "slope",
    "steps",
    "gap",
    "deduct",
    "late",
    "earn",
    "award",
    "rank",
    "benchmark",
    "minmax",
    "panel",
    "vote",
    "discretion",
    "by_hand",
    "decision",
    "better_of",
    "subordinates",
    "joint",
    "expiring",
    "included",
    "formula",
];

const PARTS: &[&str] = &["whole", "proportional", "up"];
const EVENTS: &[&str] = &["事", "事", "报"];

impl Draw<'_> {
    pub fn rule(&mut self, full: u64) -> String {
        let kind = self.pick(KINDS);
        self.rule_of(kind, full)
    }

    pub fn rule_of(&mut self, kind: &str, full: u64) -> String {
        let fields = match kind {
            "all_or_nothing" => {
                let (when, pass) = (
                    self.when(Reads::Any),
                    self.sometimes(3, |draw| format!(r#""pass":{}"#, draw.amount())),
                );
                let fail = self.sometimes(3, |draw| format!(r#""fail":{}"#, draw.amount()));
                format!(r#""when":{when}{pass}{fail}"#)
            }
            "checklist" => self.checklist(full),
            "ratio" => self.ratio(),
            "bands" => self.bands(),
            "choice" => {
                let points = [self.amount(), self.amount(), self.amount()];
                format!(
                    r#""value":"戊","points":{{"优":{},"良":{},"差":{}}}"#,
                    points[0], points[1], points[2]
                )
            }
            "interpolate" => {
                let (value, outside) = (self.value(Reads::Any), self.pick(&["flat", "zero"]));
                let points = [self.constant(), self.constant(), self.constant()];
                format!(
                    r#""value":{value},"outside":"{outside}","nodes":[{{"at":0,"points":{}}},{{"at":2.5,"points":{}}},{{"at":"17/3","points":{}}}]"#,
                    points[0], points[1], points[2]
                )
            }
            "slope" => self.slope(),
            "steps" => self.steps(),
            "gap" => {
                let (value, better) = (self.value(Reads::Any), self.pick(&["higher", "lower"]));
                let (target, each, floor) = (self.amount(), self.amount(), self.limit(true));
                let every = self.sometimes(2, |draw| format!(r#""every":{}"#, draw.positive()));
                let parts = self.pick(PARTS);
                format!(
                    r#""value":{value},"target":{target},"better":"{better}"{every},"each":{each},"parts":"{parts}","floor":{floor},"unit":"点""#
                )
            }
            "deduct" | "earn" => self.occurrences(kind),
            "late" => self.late(),
            "award" => self.award(),
            "rank" => self.ranked(),
            "benchmark" => {
                // What benchmarks are is above 0.
                let value = self.pick(&["甲 + 1", "目标", "max(完成, 1)", "完成 / 目标 + 0.5", "辛 + 1"]);
                let against = self.pick(&["\"best\"", "\"mean\"", "4", "\"目标\""]);
                let lower = if self.once_in(3) {
                    r#","lower_is_better":true"#
                } else {
                    ""
                };
                format!(r#""value":"{value}","against":{against}{lower},{}"#, self.over_full())
            }
            "minmax" => {
                let (value, base) = (self.value(Reads::Any), self.pick(&["0", "0.5", "1"]));
                let (worst, best) = (
                    self.pick(&["\"cohort\"", "0", "-2"]),
                    self.pick(&["\"cohort\"", "8", "12.5"]),
                );
                format!(
                    r#""value":{value},"worst":{worst},"best":{best},"base":{base},"equal":{}"#,
                    self.pick(&["0", "1", "0.5"])
                )
            }
            "panel" => self.panel(),
            "vote" => {
                let (ballots, denominator) = (self.pick(&["票", "榜"]), self.pick(&["valid", "returned", "issued"]));
                let quorum = self.sometimes(2, |_| r#""quorum":0.8"#.to_owned());
                format!(
                    r#""ballots":"{ballots}","weights":{{"优":1,"中":{},"差":0}},"out_of":1,"denominator":"{denominator}"{quorum},"void":{}"#,
                    self.pick(&["0.6", "\"2/3\"", "0.5"]),
                    self.amount()
                )
            }
            "discretion" => {
                let (given, direction) = (self.pick(&["判", "判 / 2", "辛"]), self.pick(&["award", "deduct"]));
                format!(
                    r#""given":"{given}","least":{},"most":6,"direction":"{direction}""#,
                    self.pick(&["0", "1.5"])
                )
            }
            "by_hand" => format!(
                r#""given":"{}","out_of":{}"#,
                self.pick(&["判", "丙", "辛"]),
                self.positive()
            ),
            "decision" => {
                let rows = [self.when(Reads::Any), self.when(Reads::Any)];
                let points = [self.amount(), self.amount(), self.amount()];
                format!(
                    r#""rows":[{{"when":{},"points":{},"title":"一"}},{{"when":{},"points":{}}}],"otherwise":{}"#,
                    rows[0], points[0], rows[1], points[1], points[2]
                )
            }
            "better_of" => self.better_of(full),
            "subordinates" => {
                let combine = self.pick(&["mean", "lowest", "highest", "sum", "weighted"]);
                // Held apart, by a test of its own: values that apply to some of those below, weighted.
                let value = self.value(if combine == "weighted" { Reads::Sure } else { Reads::Any });
                let weight = if combine == "weighted" {
                    r#","weight":"目标""#
                } else {
                    ""
                };
                format!(
                    r#""value":{value},"combine":"{combine}"{weight},"out_of":{}"#,
                    self.positive()
                )
            }
            "joint" => {
                let (events, r#where, floor) = (self.pick(EVENTS), self.filter(), self.limit(true));
                let direct = self.sometimes(2, |_| r#""direct":"级 == \"上\"""#.to_owned());
                let each = self.pick(&["数", "数 * 0.5", "级 == \\\"上\\\" ? 2 : 1"]);
                format!(
                    r#""events":"{events}"{where},"each":"{each}","share":{}{direct},"floor":{floor}"#,
                    self.pick(&["0.5", "\"1/3\"", "1"])
                )
            }
            "expiring" => {
                let (events, floor) = (self.pick(EVENTS), self.limit(true));
                let on = self.pick(&["交", "限", "date(\\\"2023-07-01\\\")"]);
                let repeat = self.sometimes(2, |draw| format!(r#""repeat_times":{}"#, draw.pick(&["1.5", "2"])));
                let start = self.sometimes(3, |draw| format!(r#""start":{}"#, draw.amount()));
                format!(
                    r#""events":"{events}","level":"级","levels":{{"上":{{"points":3,"months":6}},"中":{{"points":1.5,"months":3}},"下":{{"points":1,"months":1}}}},
                    "date":"日","on":"{on}"{repeat}{start},"floor":{floor}"#
                )
            }
            "included" if self.once_in(3) => {
                r#""scheme":"他","title":"他","grade_points":{"好":7.5},"passes":[{"grade":"劣","at_most":"良"}]"#
                    .to_owned()
            }
            "included" => format!(
                r#""scheme":"他","title":"他","out_of":100,"over_full":"{}""#,
                self.pick(&["lost", "carried"])
            ),
            _ => format!(
                r#""value":{},"floor":{},"cap":{}"#,
                self.value(Reads::Any),
                self.limit(true),
                self.limit(false)
            ),
        };
        format!(r#"{{"kind":"{kind}",{fields}}}"#)
    }

    fn over_full(&mut self) -> String {
        match self.below(3) {
            0 => r#""over_full":"lost""#.to_owned(),
            _ => format!(
                r#""over_full":"carried","at_most":{}"#,
                self.pick(&["\"none\"", "7.5", "12", "20"])
            ),
        }
    }

    fn checklist(&mut self, full: u64) -> String {
        if self.once_in(2) {
            return format!(
                r#""title":"清单","done":{},"of":{}"#,
                self.value(Reads::Any),
                1 + self.below(5)
            );
        }
        let first = self.below(full + 1);
        let (one, other) = (self.when(Reads::Any), self.when(Reads::Any));
        let last = full - first;
        format!(
            r#""parts":[{{"title":"一","when":{one},"points":{first}}},{{"title":"二","when":{other},"points":{last}}}]"#
        )
    }

    fn ratio(&mut self) -> String {
        let cliff = self.sometimes(2, |draw| {
            format!(
                r#""cliff":{{"under":{},"gives":{}}}"#,
                draw.pick(&["0.6", "\"1/2\"", "1"]),
                draw.amount()
            )
        });
        let least = self.sometimes(3, |draw| format!(r#""at_least":{}"#, draw.amount()));
        let over = self.over_full();
        if self.once_in(3) {
            let value = self.pick(&["目标", "甲 + 1", "max(辛, 0.5)"]);
            return format!(
                r#""value":"{value}","target":{},"lower_is_better":true,{over}{cliff}{least}"#,
                self.positive()
            );
        }
        let (value, target) = (self.value(Reads::Any), self.positive());
        let target = if self.once_in(3) {
            "\"目标\"".to_owned()
        } else {
            target
        };
        format!(r#""value":{value},"target":{target},{over}{cliff}{least}"#)
    }

    fn bands(&mut self) -> String {
        let points = [self.amount(), self.amount(), self.amount()];
        let (low, high) = (self.below(4), 4 + self.below(4));
        // The same line on both sides: once included here, once there.
        let (from, below) = self.sides();
        let (second, under) = self.sides();
        let value = self.value(Reads::Any);
        let given = match self.below(2) {
            0 => format!(r#""points":{}"#, points[1]),
            _ => r#""least":2,"most":5.5,"given":"判""#.to_owned(),
        };
        let mut bands = vec![
            format!(r#"{{"{from}":{high},"points":{}}}"#, points[0]),
            format!(r#"{{"{second}":{low},"{below}":{high},{given},"title":"中档"}}"#),
            format!(r#"{{"{under}":{low},"points":{}}}"#, points[2]),
        ];
        let mut otherwise = String::new();
        match self.below(4) {
            0 => bands.reverse(),
            1 => {
                bands.pop();
                otherwise = format!(r#","otherwise":{}"#, points[2]);
            }
            _ => {}
        }
        format!(r#""value":{value},"bands":[{}]{otherwise}"#, bands.join(","))
    }

    /// The two sides of one line.
    fn sides(&mut self) -> (&'static str, &'static str) {
        if self.once_in(2) {
            ("from", "below")
        } else {
            ("above", "to")
        }
    }

    fn slope(&mut self) -> String {
        let brackets = |draw: &mut Self| {
            let rates = [draw.constant(), draw.constant(), draw.constant()];
            format!(
                r#"[{{"to":2,"rate":{}}},{{"to":5.5,"rate":{}}},{{"rate":{}}}]"#,
                rates[0], rates[1], rates[2]
            )
        };
        let below = match self.below(3) {
            0 => "\"mirror\"".to_owned(),
            1 => "\"flat\"".to_owned(),
            _ => brackets(self),
        };
        format!(
            r#""value":{},"base":{},"brackets":{},"below":{below},"floor":{},"cap":{}"#,
            self.value(Reads::Any),
            self.amount(),
            brackets(self),
            self.limit(true),
            self.limit(false)
        )
    }

    fn steps(&mut self) -> String {
        let side = |draw: &mut Self| {
            let starts = draw.sometimes(2, |draw| format!(r#""starts":{}"#, draw.pick(&["1", "2.5", "3"])));
            let first = if !starts.is_empty() && draw.once_in(2) {
                r#","first":true"#
            } else {
                ""
            };
            format!(
                r#"{{"every":{},"each":{},"parts":"{}","cap":{}{starts}{first}}}"#,
                draw.positive(),
                draw.amount(),
                draw.pick(PARTS),
                draw.limit(false)
            )
        };
        let over = if self.once_in(4) {
            "\"none\"".to_owned()
        } else {
            side(self)
        };
        let under = match self.below(4) {
            0 => "\"none\"".to_owned(),
            1 => format!(r#"{{"gives":{}}}"#, self.amount()),
            _ => side(self),
        };
        let base = self.sometimes(3, |draw| format!(r#""base":{}"#, draw.amount()));
        let (measure, value, target) = if self.once_in(3) {
            // Whole hundreds, or nearly: thresholds are met.
            (
                "percent",
                "\"完成\"".to_owned(),
                self.pick(&["10", "\"目标\"", "4"]).to_owned(),
            )
        } else {
            ("difference", self.value(Reads::Any), self.amount())
        };
        format!(
            r#""value":{value},"target":{target},"measure":"{measure}"{base},"over":{over},"under":{under},"floor":{},"cap":{}"#,
            self.limit(true),
            self.limit(false)
        )
    }

    fn channel(&mut self, number: u64) -> String {
        let times = self.sometimes(4, |draw| format!(r#""times":{}"#, draw.pick(&["2", "0.5", "\"甲\""])));
        let cap = self.sometimes(3, |draw| format!(r#""cap":{}"#, draw.amount()));
        let counted = match self.below(5) {
            0 => format!(r#""when":{},"each":{}"#, self.when(Reads::Any), self.positive()),
            1 => format!(
                r#""count":"{}","escalate":[{},{},{}]"#,
                self.pick(&["甲", "己", "乙 - 3", "count(事)"]),
                self.constant(),
                self.constant(),
                self.constant()
            ),
            _ => format!(
                r#""count":{},"each":{},"whole":{}"#,
                self.value(Reads::Any),
                self.positive(),
                self.pick(&["true", "false"])
            ),
        };
        format!(r#"{{"title":"第{number}款","measure":"次",{counted}{times}{cap}}}"#)
    }

    fn occurrences(&mut self, kind: &str) -> String {
        let channels: Vec<String> = (0..1 + self.below(2)).map(|number| self.channel(number)).collect();
        let start = self.sometimes(4, |draw| format!(r#""start":{}"#, draw.amount()));
        let limit = if kind == "deduct" {
            format!(r#","floor":{}"#, self.limit(true))
        } else {
            self.sometimes(2, |draw| format!(r#""cap":{}"#, draw.limit(false)))
        };
        format!(r#""channels":[{}]{start}{limit}"#, channels.join(","))
    }

    fn late(&mut self) -> String {
        let (due, done) = (
            self.pick(&["限", "months_after(限, 1)", "date(\\\"2023-06-30\\\")"]),
            self.pick(&["交", "办"]),
        );
        let days = self.pick(&["calendar", "calendar", "working"]);
        let grace = self.sometimes(3, |draw| format!(r#""grace":{}"#, draw.below(4)));
        let lost = if self.once_in(3) {
            r#""all":true"#.to_owned()
        } else {
            let every = self.sometimes(2, |draw| {
                format!(r#""every":{},"parts":"{}""#, 2 + draw.below(5), draw.pick(PARTS))
            });
            format!(
                r#""each":{}{every},"floor":{}"#,
                self.pick(&["0.1", "0.5", "1"]),
                self.limit(true)
            )
        };
        // Months reach over the end of the year, where there is no calendar; then days are those of the calendar.
        let days = if due.starts_with("months") { "calendar" } else { days };
        format!(r#""due":"{due}","done":"{done}","days":"{days}"{grace},{lost}"#)
    }

    fn filter(&mut self) -> String {
        self.sometimes(2, |draw| {
            format!(
                r#""where":"{}""#,
                draw.pick(&[
                    "级 != \\\"下\\\"",
                    "数 >= 3",
                    "日 <= 限 || 数 > 甲",
                    "题 == \\\"一\\\" && !丁",
                    "急 && 级 != \\\"下\\\""
                ])
            )
        })
    }

    fn award(&mut self) -> String {
        let (events, filter) = (self.pick(EVENTS), self.filter());
        let factor = self.sometimes(3, |draw| {
            format!(r#""factor":"{}""#, draw.pick(&["数", "数 / 2", "日 <= 限 ? 1 : 0.5"]))
        });
        let extra = self.sometimes(3, |_| {
            r#""extra":[{"title":"又","where":"数 > 4","points":0.5},{"title":"再","where":"级 == \"上\"","points":"甲 / 4"}]"#.to_owned()
        });
        let together = match self.below(4) {
            0 => r#","matter":"题","same_matter":"highest""#.to_owned(),
            1 => r#","matter":"题","same_matter":"stacked""#.to_owned(),
            2 => format!(
                r#","per_period":{{"date":"日","period":"{}","cap":{}}},"matter":"题","same_matter":"stacked""#,
                self.pick(&["month", "quarter"]),
                self.amount()
            ),
            _ => r#","matter":"级","same_matter":"highest""#.to_owned(),
        };
        let cap = self.sometimes(2, |draw| format!(r#""cap":{}"#, draw.limit(false)));
        let way = self.sometimes(3, |draw| {
            format!(r#""direction":"deduct","floor":{}"#, draw.limit(true))
        });
        format!(
            r#""events":"{events}","level":"级","levels":{{"上":{},"中":{},"下":{}}}{filter}{factor}{extra}{together}{cap}{way}"#,
            self.amount(),
            self.amount(),
            self.constant()
        )
    }

    fn ranked(&mut self) -> String {
        let (value, order) = (self.value(Reads::Any), self.pick(&["descending", "ascending"]));
        let ties = match self.below(5) {
            0 => r#""ties":"mean""#,
            1 => r#""ties":"broken","then":"甲 - 丙""#,
            2 => r#""ties":"void""#,
            _ => r#""ties":"shared""#,
        };
        let points = match self.below(5) {
            // Held apart, by a test of its own: a mean of places of which some fall below the least.
            0 if ties.contains("mean") => r#""first":8,"step":0.5"#.to_owned(),
            0 => format!(
                r#""first":{},"step":{}{}"#,
                5 + self.below(6),
                self.pick(&["1", "2.5"]),
                self.pick(&["", r#","at_least":-2"#])
            ),
            1 => format!(r#""points":[8,6,{},2,1,0.5]"#, self.pick(&["6", "4.5"])),
            // Likewise: what is counted from the last, where ties are broken, or where a tie reaches over both lists.
            2 | 3 if ties.contains("broken") || ties.contains("mean") => {
                format!(r#""points":[8,6,4],"beyond":{}"#, self.amount())
            }
            2 => format!(
                r#""points":[5,{}],"from_last":[-3,-1.5],"beyond":{}"#,
                self.pick(&["3", "\"甲 / 2\""]),
                self.amount()
            ),
            3 => format!(
                r#""from_last":[0,1,{}],"beyond":{}"#,
                self.pick(&["2", "3.5"]),
                self.pick(&["5", "4"])
            ),
            _ => format!(r#""points":[8,6,4],"beyond":{}"#, self.amount()),
        };
        // Likewise: a condition that reads what does not apply to some of the cohort.
        let when = self.sometimes(3, |draw| {
            format!(r#""when":{},"otherwise":{}"#, draw.when(Reads::Sure), draw.amount())
        });
        format!(r#""value":{value},"order":"{order}",{points},{ties}{when}"#)
    }

    fn panel(&mut self) -> String {
        let trim = self.sometimes(2, |draw| {
            format!(r#""trim":{{"highest":1,"lowest":1,"from":{}}}"#, 3 + draw.below(3))
        });
        let class = self.sometimes(2, |draw| {
            format!(
                r#""class":"类","weights":{{"领导":0.6,"群众":0.4}},"absent":"{}""#,
                draw.pick(&["zero", "renormalise"])
            )
        });
        let filter = self.sometimes(3, |_| r#""where":"分 > 2""#.to_owned());
        format!(
            r#""events":"评","score":"分","out_of":10{filter}{trim}{class},"none":{}"#,
            self.amount()
        )
    }

    fn better_of(&mut self, full: u64) -> String {
        const SIMPLE: &[&str] = &[
            "all_or_nothing",
            "ratio",
            "bands",
            "steps",
            "gap",
            "deduct",
            "earn",
            "by_hand",
            "formula",
            "choice",
        ];
        let option = |draw: &mut Self, title: &str| {
            let kind = draw.pick(SIMPLE);
            draw.rule_of(kind, full)
                .replacen('{', &format!(r#"{{"title":"{title}","#), 1)
        };
        let options = [option(self, "优"), option(self, "良"), option(self, "差")];
        let choose = self.pick(&[r#""higher""#, r#""lower""#, r#""given","given":"戊""#]);
        format!(r#""options":[{}],"choose":{choose}"#, options.join(","))
    }
}
