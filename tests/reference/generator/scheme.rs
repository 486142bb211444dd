//! Random schemes: items, groups, tails, pools, vetoes, grades, quotas.

use super::expressions::Reads;
use super::facts::DECLARED;
use super::{Draw, Random};

/// Days off of a year, and days on which work is made up.
const CALENDAR: &str = r#"[{"kind":"calendar","format":1,"year":2023,"basis":"通知",
 "holidays":["2023-04-05","2023-09-29","2023-10-02","2023-10-03","2023-10-04","2023-10-05","2023-10-06"],
 "workdays":["2023-10-07","2023-10-08"]}]"#;

impl Draw<'_> {
    /// Gates, coefficient, conversion.
    fn tail(&mut self) -> String {
        let gates = self.sometimes(5, |draw| {
            let gate = |draw: &mut Self| {
                let (when, most) = (draw.when(Reads::Any), draw.any_amount());
                format!(r#"{{"title":"限","when":{when},"at_most":{most}}}"#)
            };
            let mut gates = vec![gate(draw)];
            if draw.once_in(3) {
                gates.push(gate(draw));
            }
            format!(r#""gates":[{}]"#, gates.join(","))
        });
        let coefficient = self.sometimes(6, |draw| format!(r#""coefficient":{}"#, draw.any_amount()));
        let convert = self.sometimes(6, |draw| {
            format!(r#""convert":{{"from":{},"to":{}}}"#, draw.positive(), draw.positive())
        });
        gates + &coefficient + &convert
    }

    fn leaf(&mut self, id: &str, weight: &str, mode: &mut dyn FnMut(&mut Self) -> String) -> String {
        let full = 1 + self.below(12);
        let rule = self.rule(full);
        let points = match self.below(6) {
            // Parts of a checklist sum to one number.
            0 if !rule.contains("\"checklist\"") => format!(r#"{{"by_class":{{"镇":{full},"街道":5}}}}"#),
            1 if !rule.contains("\"checklist\"") => {
                format!(r#"{{"by":"戊","values":{{"优":{full},"良":2.5,"差":4}}}}"#)
            }
            _ => full.to_string(),
        };
        let zero = self.sometimes(7, |draw| format!(r#""zero_when":{}"#, draw.when(Reads::Any)));
        let applies = self.sometimes(7, |draw| format!(r#""applies_when":{}"#, draw.when(Reads::Any)));
        let rounding = self.sometimes(7, |draw| {
            let mode = draw.pick(&["half_even", "half_up", "down", "up"]);
            format!(r#""rounding":{{"place":{},"mode":"{mode}"}}"#, draw.below(2))
        });
        let mode = mode(self);
        let tail = self.tail();
        format!(
            r#"{{"id":"{id}","title":"项{id}","points":{points},"rule":{rule}{zero}{applies}{rounding}{mode}{tail}{weight}}}"#
        )
    }

    fn group(&mut self, id: &str, depth: u32, weight: &str, mode: &mut dyn FnMut(&mut Self) -> String) -> String {
        let combine = self.pick(&["", "sum", "sum", "mean", "weighted", "lowest", "highest"]);
        let inner = self.items(&format!("{id}."), depth, combine == "weighted", mode);
        let combine = if combine.is_empty() {
            String::new()
        } else {
            format!(r#","combine":"{combine}""#)
        };
        let within = self.sometimes(5, |_| r#""not_applicable":"renormalise""#.to_owned());
        // Held apart, by a test of its own: in other modes.
        let often = if self.leaving_out { 4 } else { u64::MAX };
        let least = self.sometimes(often, |draw| format!(r#""least_applicable":{}"#, 1 + draw.below(2)));
        let zero = self.sometimes(7, |draw| format!(r#""zero_when":{}"#, draw.when(Reads::Any)));
        let floor = self.sometimes(5, |draw| format!(r#""floor":{}"#, draw.any_amount()));
        // Held apart: a cap that reads what does not apply.
        let cap = self.sometimes(3, |draw| format!(r#""cap":{}"#, draw.amount()));
        let tail = self.tail();
        format!(
            r#"{{"id":"{id}","title":"组{id}","items":{inner}{combine}{within}{least}{zero}{floor}{cap}{tail}{weight}}}"#
        )
    }

    fn items(&mut self, prefix: &str, depth: u32, weighted: bool, mode: &mut dyn FnMut(&mut Self) -> String) -> String {
        let mut list = Vec::new();
        for number in 0..1 + self.below(3) {
            let id = format!("{prefix}{number}");
            let weight = if weighted {
                format!(r#","weight":{}"#, self.positive())
            } else {
                String::new()
            };
            list.push(if depth > 0 && self.once_in(3) {
                self.group(&id, depth - 1, &weight, mode)
            } else {
                self.leaf(&id, &weight, mode)
            });
            if !self.closed {
                self.ids.push(id);
            }
        }
        format!("[{}]", list.join(","))
    }

    fn pool(&mut self, name: &str, prefix: &str) -> String {
        let items = self.items(prefix, 1, false, &mut |_| String::new());
        let when = self.sometimes(4, |draw| format!(r#""when":{}"#, draw.when(Reads::Any)));
        let cap = if self.once_in(4) {
            "\"none\"".to_owned()
        } else {
            self.any_amount()
        };
        format!(r#""{name}":{{"cap":{cap},"items":{items}{when}}}"#)
    }

    /// At most one veto of each effect.
    fn vetoes(&mut self) -> String {
        let effects = [
            r#""score_zero":true"#,
            r#""score_at_most":6"#,
            r#""grade_is":"中""#,
            r#""grade_at_least":"良""#,
            r#""grade_down":1"#,
            r#""grade_at_most":"良""#,
        ];
        let mut list = Vec::new();
        for (number, effect) in effects.iter().enumerate() {
            if self.once_in(4) {
                // Rare enough for totals to stand.
                let (one, other) = (self.condition(0, Reads::Any), self.condition(0, Reads::Any));
                let when = format!("{one} && {other} && 甲 > 3");
                // What acts on the grade may look at the total.
                let when = match effect.starts_with("\"grade") && self.once_in(2) {
                    true => super::quoted(&format!("({when}) || total == 5 || total > 20")),
                    false => super::quoted(&when),
                };
                list.push(format!(
                    r#"{{"id":"v{number}","title":"否{number}","when":{when},{effect}}}"#
                ));
            }
        }
        format!(r#""vetoes":[{}]"#, list.join(","))
    }

    fn grades(&mut self) -> String {
        let compare = self.pick(&["full", "rounded"]);
        let value = self.sometimes(4, |draw| {
            let value = draw.pick(&["total", "total / 2", "min(total, 20)", "total - 甲 / 4"]);
            format!(r#""value":"{value}""#)
        });
        let needs = self.sometimes(3, |draw| {
            let (total, fact) = (
                draw.pick(&["total > 11", "total >= 9.5"]),
                draw.condition(0, Reads::Any),
            );
            format!(r#""needs":{}"#, super::quoted(&format!("{total} || {fact}")))
        });
        let (first, second) = (self.pick(&["from", "above"]), self.pick(&["from", "above"]));
        if self.once_in(4) {
            // Both sides stated, and each line once.
            let other = |side: &str| if side == "from" { "below" } else { "to" };
            let (above, below) = (other(first), other(second));
            return format!(
                r#""grades":{{"compare":"{compare}"{value},"bands":[{{"grade":"优","{first}":14}},
                {{"grade":"良","{second}":9.5,"{above}":14}},{{"grade":"中","from":5,"{below}":9.5}},{{"grade":"差","below":5}}]}}"#
            );
        }
        format!(
            r#""grades":{{"compare":"{compare}"{value},"bands":[{{"grade":"优","{first}":14{needs}}},
            {{"grade":"良","{second}":9.5}},{{"grade":"中","from":5}},{{"grade":"差"}}]}}"#
        )
    }

    fn quotas(&mut self) -> String {
        let mut list = Vec::new();
        for grade in ["优", "良"] {
            if self.once_in(2) {
                let ties = self.pick(&["keep", "drop"]);
                let limit = if self.once_in(2) {
                    let (share, mode) = (
                        self.pick(&["0.3", "0.5", "\"1/3\"", "0.25"]),
                        self.pick(&["down", "half_up", "half_even", "up"]),
                    );
                    format!(r#""share":{share},"rounding":"{mode}""#)
                } else {
                    format!(r#""count":{}"#, 1 + self.below(2))
                };
                list.push(format!(r#"{{"grade":"{grade}",{limit},"ties":"{ties}"}}"#));
            }
        }
        format!(r#""quotas":[{}]"#, list.join(","))
    }
}

/// A scheme that uses whatever the language has.
pub fn scheme(random: &mut Random) -> String {
    let scheme_mode = random.pick(&["full", "zero", "renormalise", "renormalise", "mean"]);
    let mixed = random.once_in(4);
    let mut draw = Draw {
        random,
        ids: Vec::new(),
        leaving_out: scheme_mode == "renormalise",
        // The mean rate reads all items: then none may read another.
        closed: scheme_mode == "mean" || mixed,
    };
    let items = draw.items("i", 2, false, &mut |draw| match mixed && draw.once_in(2) {
        true => format!(
            r#","not_applicable":"{}""#,
            draw.pick(&["full", "zero", "renormalise", "mean"])
        ),
        false => String::new(),
    });
    let bonus = draw.sometimes(2, |draw| draw.pool("bonus", "b"));
    let penalties = draw.sometimes(3, |draw| draw.pool("penalties", "p"));
    let total = draw.sometimes(4, |draw| {
        format!(
            r#""total":{{"floor":{},"cap":{}}}"#,
            draw.any_amount(),
            draw.pick(&["20", "\"15 + 己\"", "12.5"])
        )
    });
    let definitions = format!(
        r#"[{{"name":"定","value":{}}},{{"name":"定二","value":"己 + 甲"}}]"#,
        draw.pick(&["\"甲 * 2 - 乙\"", "\"max(甲, 丙)\"", "\"完成 / 目标\""])
    );
    let vetoes = draw.vetoes();
    let grades = draw.grades();
    let quotas = draw.quotas();
    let ranking = draw.pick(&[r#""ties":"shared""#, r#""ties":"broken","then":"甲 - 乙""#]);
    let (moment, mode) = (
        draw.pick(&["item", "total"]),
        draw.pick(&["half_even", "half_up", "down", "up"]),
    );
    let place = draw.below(3);
    format!(
        r#"{{"kind":"scheme","format":1,"edition":"1","id":"s","version":"1","title":"t","year":2023,"status":"adopted",
        "classes":["镇","街道"],"calendar":{CALENDAR},"facts":{DECLARED},"definitions":{definitions},"items":{items}{bonus}{penalties}{total},
        {vetoes},{grades},{quotas},"ranking":{{{ranking}}},"redetermination":"subject_only","not_applicable":"{scheme_mode}",
        "rounding":{{"when":"{moment}","place":{place},"mode":"{mode}"}}}}"#
    )
}
