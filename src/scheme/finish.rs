//! From the top items to total, rank and grade: steps 8 to 14 of the order of application.

use super::core::{Arithmetic, Compare, Core, Gathered, Gathering, Phrase, Scope};
use super::cover::{Side, Span};
use super::expression::{Names, Type, bounds};
use super::grade_lines::Told;
use super::kinds::{Reading, cover};
use super::layout::{Change, LineSpec, Shown};
use super::order::{Build, Node, Part, Place, text as told};
use super::parts::{Effect, GradeCompare, Grades, Moment, Pool, Quota, QuotaTies, RankTies, VetoText};
use crate::exact::{Exact, Interval, Mode, Rounding};

const TIES: &[(&str, &str)] = &[("\"shared\"", "并列取同一名次")];
const QUOTA_TIES: &[(&str, &str)] = &[("\"keep\"", "并列末位的都保留"), ("\"drop\"", "都不保留")];
const QUOTA_ROUNDING: &[(&str, &str)] = &[
    ("\"down\"", "舍去小数"),
    ("\"half_up\"", "四舍五入"),
    ("\"up\"", "进一法"),
];
const REDETERMINATION: &[(&str, &str)] = &[
    ("\"subject_only\"", "只改该对象"),
    ("\"rerank_all\"", "全部重新排名"),
    ("\"rerank_never_lower\"", "重新排名但不降低其他对象"),
];
const COMPARE: &[(&str, &str)] = &[("\"full\"", "修约前"), ("\"rounded\"", "修约后")];

impl<'a> Build<'a> {
    /// Total, ranks and grades from the parts of the top level.
    pub(super) fn finish(&mut self, top: &[Part]) {
        let text = self.text;
        let points = Core::sum(top.iter().map(|part| Core::Cell(part.points)));
        let full = Core::sum(top.iter().map(|part| part.full.clone()));
        let applicable = Core::sum(top.iter().map(|part| part.applicable.clone()));
        let bonus = text.bonus.as_ref().map(|pool| self.pool(pool, "bonus", false));
        let penalties = text.penalties.as_ref().map(|pool| self.pool(pool, "penalties", true));
        // Conditions are read before the node borrows the build.
        let vetoes: Vec<(VetoText, Effect, Core)> = text
            .vetoes
            .iter()
            .enumerate()
            .filter_map(|(number, veto)| self.veto(number, veto))
            .collect();
        self.layout.full = full.clone();
        let mut node = Node::new(self, "total", "总分", None, false);
        // 8. The sum, renormalised.
        let mut now = node.cell(points);
        if applicable != full {
            let (full, applicable) = (node.cell(full), node.cell(applicable));
            let (whole, left) = (Core::Cell(full), Core::Cell(applicable));
            let same = left.clone().compared(Compare::Equal, whole.clone());
            let nothing = left.clone().compared(Compare::Equal, Core::ZERO);
            let reason = vec![
                told("不适用项目剔除后，按适用满分 "),
                Phrase::Value(left.clone()),
                told(" 折算为满分 "),
                Phrase::Value(whole.clone()),
            ];
            let after = node.cell(same.select(
                Core::Cell(now),
                nothing.select(Core::Cell(now), Core::Cell(now).times(whole.clone()).over(left.clone())),
            ));
            let arithmetic = vec![told("× "), Phrase::Value(whole), told(" / "), Phrase::Value(left)];
            let change = Change::Step { from: now, to: after };
            node.line("not_applicable", change, Shown::Changing, arithmetic, reason);
            now = after;
            node.build.layout.applicable = Some((full, applicable));
        }
        // 9. Bonus, then penalties.
        if let Some(bonus) = bonus {
            now = node.cell(Core::Cell(now).plus(Core::Cell(bonus)));
        }
        if let Some(penalties) = penalties {
            now = node.cell(Core::Cell(now).minus(Core::Cell(penalties)));
        }
        // 10. Score vetoes, those to nought first.
        let strikes = |wanted: fn(&Effect) -> bool| vetoes.iter().filter(move |(_, effect, _)| wanted(effect));
        let zero = strikes(|effect| *effect == Effect::ScoreZero);
        let most = strikes(|effect| matches!(effect, Effect::ScoreAtMost(_)));
        for (veto, effect, when) in zero.chain(most) {
            now = score_veto(&mut node, now, veto, effect, when);
        }
        // 11. Floor and cap, then rounding.
        if let Some(limits) = &text.total {
            if let Some(floor) = &limits.floor {
                let limit = node.build.amount(floor);
                let reason = vec![told("总分最低 "), Phrase::Value(limit.clone()), told(" 分")];
                now = node.limit("floor", now, Arithmetic::Higher, &limit, reason);
            }
            if let Some(cap) = &limits.cap {
                let limit = node.build.amount(cap);
                let reason = vec![told("总分最高 "), Phrase::Value(limit.clone()), told(" 分")];
                now = node.limit("cap", now, Arithmetic::Lower, &limit, reason);
            }
        }
        // Where few unknown facts allow it, worst and best case are tried out, and this cell is narrowed to them.
        let reason = vec![told("不明事实逐一试算，最差与最好的情形如此")];
        now = node.step("bounds", now, |before| before, "逐一试算", reason);
        let full_total = now;
        let rounding = text.rounding.as_ref().filter(|rule| rule.when == Moment::Total);
        if let Some(rounding) = rounding.and_then(|rule| rule.rounding()) {
            let way = rounding.zh();
            let reason = vec![told(format!("总分{way}"))];
            now = node.step(
                "rounding",
                now,
                |before| Core::Round(Box::new(before), rounding),
                &way,
                reason,
            );
        }
        let lines = node.lines;
        self.layout.lines.extend(lines);
        self.layout.total = now;
        self.layout.full_total = full_total;
        self.cells.name_total(now, full_total);
        self.rank();
        self.grade(&vetoes);
    }

    fn veto(&mut self, number: usize, veto: &VetoText) -> Option<(VetoText, Effect, Core)> {
        let pointer = format!("/vetoes/{number}");
        self.take_id(&veto.id, &pointer);
        let Some(effect) = veto.effect() else {
            let (zh, en) = (
                "score_zero、score_at_most、grade_is、grade_at_least、grade_down、grade_at_most 须且只须填一项",
                "give exactly one of score_zero, score_at_most, grade_is, grade_at_least, grade_down, grade_at_most",
            );
            self.problem(&pointer, "scheme.veto_effect", zh, en);
            return None;
        };
        // What acts on the grade may look at the total.
        let names = Names {
            totals: !matches!(effect, Effect::ScoreZero | Effect::ScoreAtMost(_)),
            ..*self.names
        };
        let when = self.holds(veto.when.core(&names, self.problems, Type::Truth)?);
        Some((veto.clone(), effect, when))
    }

    /// A pool: its items, its condition, its cap.
    fn pool(&mut self, pool: &Pool, name: &str, negative: bool) -> usize {
        let pointer = format!("/{name}/items");
        let place = Place {
            pointer: &pointer,
            pool: true,
            negative,
        };
        let parts = self.list(&pool.items, place);
        let title = pool
            .title
            .clone()
            .unwrap_or_else(|| if negative { "扣分" } else { "加分" }.to_owned());
        if pool.cap.is_none() {
            let zh = format!("{title}合计最高多少分？");
            self.questions.ask(
                &format!("/{name}"),
                "cap",
                &zh,
                "how many points at most?",
                &[("\"none\"", "不封顶")],
            );
        }
        let cap = pool
            .cap
            .as_ref()
            .and_then(|cap| cap.amount())
            .map(|cap| self.amount(cap));
        let when = pool.when.as_ref().map(|when| (when.zh().to_owned(), self.truth(when)));
        let mut node = Node::new(self, name, &title, None, negative);
        let sum = Core::sum(parts.iter().map(|part| Core::Cell(part.points)));
        let mut now = node.cell(sum);
        if let Some((condition, when)) = when {
            let reason = vec![told(format!("“{condition}”成立时才计{title}"))];
            now = node.step("when", now, |before| when.select(before, Core::ZERO), "条件", reason);
        }
        if let Some(cap) = cap {
            let reason = vec![
                told(format!("{title}合计最高 ")),
                Phrase::Value(cap.clone()),
                told(" 分"),
            ];
            now = node.limit("cap", now, Arithmetic::Lower, &cap, reason);
        }
        let lines = node.lines;
        self.layout.lines.extend(lines);
        now
    }

    /// 12. Ranks.
    fn rank(&mut self) {
        let ranks = self.text.ranking.is_some() || !self.text.quotas.is_empty();
        if ranks && self.text.redetermination.is_none() {
            self.questions.ask(
                "",
                "redetermination",
                "审定后重新评定的，其他对象的名次和等次如何处理？",
                "what becomes of the others after a redetermination?",
                REDETERMINATION,
            );
        }
        let Some(ranking) = &self.text.ranking else { return };
        if ranking.ties.is_none() {
            self.questions.ask(
                "/ranking",
                "ties",
                "总分并列时如何排名？",
                "what do equal totals get?",
                TIES,
            );
        }
        if (ranking.ties == Some(RankTies::Broken)) != ranking.then.is_some() {
            let (zh, en) = (
                "ties 为 broken 时须写 then，其他情形不写",
                "\"then\" goes with ties \"broken\"",
            );
            self.problem("/ranking/then", "scheme.rank_then", zh, en);
        }
        let names = Names {
            totals: true,
            ..*self.names
        };
        let then = ranking
            .then
            .as_ref()
            .and_then(|then| then.core(&names, self.problems, Type::Number));
        let higher = Core::Gathered(Box::new(Gathered {
            how: Gathering::Higher,
            scope: Scope::Cohort,
            value: Core::Total,
            then,
            when: None,
        }));
        let rank = self.cells.add("名次", Core::whole(1).plus(higher));
        self.layout.rank = Some(rank);
    }

    /// 13. Grades, vetoes of grades, grades that pass up; 14. quotas.
    fn grade(&mut self, vetoes: &[(VetoText, Effect, Core)]) {
        let Some(grades) = &self.text.grades else {
            self.named(&[], vetoes);
            return;
        };
        if grades.compare.is_none() {
            let (zh, en) = (
                "等次线按修约前还是修约后的分数比较？",
                "are grade lines compared before or after rounding?",
            );
            self.questions.ask("/grades", "compare", zh, en, COMPARE);
        }
        let words: Vec<String> = grades.bands.iter().map(|band| band.grade.clone()).collect();
        self.named(&words, vetoes);
        let place = |grade: &str| {
            let found = words.iter().position(|word| word == grade).unwrap_or(0);
            Exact::from(found)
        };
        let mut now = self.bands(grades);
        let last = Core::whole(i64::try_from(words.len().saturating_sub(1)).unwrap_or(i64::MAX));
        let order: [fn(&Effect) -> bool; 4] = [
            |effect| matches!(effect, Effect::GradeIs(_)),
            |effect| matches!(effect, Effect::GradeAtLeast(_)),
            |effect| matches!(effect, Effect::GradeDown(_)),
            |effect| matches!(effect, Effect::GradeAtMost(_)),
        ];
        for wanted in order {
            for (veto, effect, when) in vetoes.iter().filter(|(_, effect, _)| wanted(effect)) {
                let before = Core::Cell(self.cells.add(&veto.title, now));
                let after = match effect {
                    Effect::GradeIs(grade) => Core::Number(place(grade)),
                    Effect::GradeAtLeast(grade) => before.clone().at_most(Core::Number(place(grade))),
                    Effect::GradeDown(steps) => {
                        let lower = before.clone().plus(Core::whole(i64::from(*steps)));
                        lower.at_most(last.clone())
                    }
                    _ => before
                        .clone()
                        .at_least(Core::Number(effect.grade().map_or(Exact::ZERO, place))),
                };
                let changes = when
                    .clone()
                    .and(after.clone().compared(Compare::Unequal, before.clone()));
                now = when.clone().select(after, before);
                let told = Told {
                    id: veto.id.clone(),
                    item: veto.id.clone(),
                    rule: "veto",
                    article: veto.article.clone(),
                    reason: format!("触发“{}”，{}", veto.title, effect.zh()),
                };
                self.tell_grade(told, changes, Some(when.clone()));
            }
        }
        let passing = self
            .rules
            .iter()
            .filter_map(|(id, rule)| Some((id, rule.lowered.includes.as_ref()?)));
        let passing: Vec<_> = passing
            .map(|(id, included)| (id.clone(), included.scheme.clone(), included.passes.clone()))
            .filter(|(.., passes)| !passes.is_empty())
            .collect();
        for (id, scheme, caps) in passing {
            let before = Core::Cell(self.cells.add("上报等次之前的等次", now));
            for (grade, most) in &caps {
                let cap = Core::ByGrade(scheme.clone(), vec![(grade.clone(), place(most))]);
                let changes = cap.clone().compared(Compare::Greater, before.clone());
                let title = self.layout.nodes.iter().find(|node| node.id == id);
                let title = title.map_or_else(|| id.clone(), |node| node.title.clone());
                let told = Told {
                    id: format!("{id}-{grade}"),
                    item: "total".to_owned(),
                    rule: "passes",
                    article: None,
                    reason: format!("“{title}”所折算的结果等次为“{grade}”，本办法等次不高于“{most}”"),
                };
                let perhaps = cap.compared(Compare::Greater, Core::ZERO);
                self.tell_grade(told, changes, Some(perhaps));
            }
            // Each grade that the other may have caps this one at its own place, 0 being the best.
            let places = caps.into_iter().map(|(grade, most)| (grade, place(&most)));
            now = before.at_least(Core::ByGrade(scheme, places.collect()));
        }
        let earned = self.cells.add("等次", now);
        self.layout.earned_grade = Some(earned);
        let mut held = earned;
        for (number, quota) in self.text.quotas.iter().enumerate() {
            held = self.quota(number, quota, &words, held);
        }
        self.layout.grade = Some(held);
    }

    /// Grades that vetoes and passing caps name must exist.
    fn named(&self, words: &[String], vetoes: &[(VetoText, Effect, Core)]) {
        let passing = self.rules.iter().filter_map(|(_, rule)| rule.lowered.includes.as_ref());
        let passing = passing.flat_map(|included| included.passes.iter().map(|(_, most)| most.as_str()));
        let by_veto = vetoes.iter().filter_map(|(_, effect, _)| effect.grade());
        for grade in by_veto.chain(passing) {
            if !words.iter().any(|word| word == grade) {
                let (zh, en) = (format!("没有等次“{grade}”"), format!("there is no grade \"{grade}\""));
                self.problem("", "scheme.unknown_grade", zh, en);
            }
        }
        if words.is_empty() && !self.text.quotas.is_empty() {
            let (zh, en) = ("没有等次，不能设比例限额", "there are no grades to have quotas of");
            self.problem("/quotas", "scheme.unknown_grade", zh, en);
        }
    }

    /// The place of the first band all of whose conditions hold.
    fn bands(&mut self, grades: &Grades) -> Core {
        let names = Names {
            totals: true,
            full_total: grades.compare == Some(GradeCompare::Full),
            ..*self.names
        };
        let measured = match &grades.value {
            None if names.full_total => Core::FullTotal,
            None => Core::Total,
            Some(value) => value.core(&names, self.problems, Type::Number).unwrap_or(Core::ZERO),
        };
        self.check_bands(grades, &measured);
        let mut rows = Vec::new();
        for band in &grades.bands {
            // The other side, where it is stated, was checked to say nothing new: grades fall.
            let sides = [(&band.from, Compare::GreaterOrEqual), (&band.above, Compare::Greater)];
            let mut holds = Core::Truth(true);
            for (side, operator) in sides {
                if let Some(amount) = side {
                    holds = holds.and(measured.clone().compared(operator, self.amount(amount)));
                }
            }
            if let Some(needs) = &band.needs {
                holds = holds.and(
                    needs
                        .core(&names, self.problems, Type::Truth)
                        .unwrap_or(Core::Truth(true)),
                );
            }
            rows.push(self.holds(holds));
        }
        let last = rows.len().saturating_sub(1);
        let number = |place: usize| Core::whole(i64::try_from(place).unwrap_or(i64::MAX));
        let chained = rows.into_iter().enumerate().take(last).rev();
        chained.fold(number(last), |rest, (place, holds)| holds.select(number(place), rest))
    }

    /// Bands fall from the best; the lowest takes what is left; stated sides leave no hole.
    fn check_bands(&self, grades: &Grades, measured: &Core) {
        let lines: Vec<_> = grades
            .bands
            .iter()
            .filter(|band| band.from.is_some() || band.above.is_some() || band.needs.is_none())
            .map(|band| band.from.as_ref().or(band.above.as_ref()))
            .collect();
        let falling = lines.windows(2).all(|pair| match pair {
            [Some(upper), Some(lower)] => match (upper.constant(), lower.constant()) {
                (Some(upper), Some(lower)) => upper >= lower,
                _ => true,
            },
            [None, Some(_)] => false,
            _ => true,
        });
        let closed = grades
            .bands
            .last()
            .is_some_and(|last| last.from.is_none() && last.above.is_none() && last.needs.is_none());
        let one_side = grades
            .bands
            .iter()
            .all(|band| !(band.from.is_some() && band.above.is_some() || band.to.is_some() && band.below.is_some()));
        // Two bands of one line are told apart by what else they need.
        let told_apart = grades.bands.windows(2).all(|pair| match pair {
            [upper, lower] => {
                let line = |band: &super::Grade| band.from.clone().or(band.above.clone());
                line(upper) != line(lower) || upper.needs.is_some()
            }
            _ => true,
        });
        if !falling || !closed || !one_side || !told_apart {
            let (zh, en) = (
                "等次应由高到低排列，一侧只写一个界限，最后一档不写 from，以免留下空档",
                "list grades from the highest, each side once; the last has no \"from\", so that none is left out",
            );
            self.problem("/grades", "scheme.grade_bands", zh, en);
            return;
        }
        let stated = grades
            .bands
            .iter()
            .any(|band| band.to.is_some() || band.below.is_some());
        let side = |included: &Option<super::amount::Amount>, excluded: &Option<super::amount::Amount>| {
            let constant =
                |amount: &Option<super::amount::Amount>| amount.as_ref().and_then(|amount| amount.constant().cloned());
            constant(included)
                .map(|at| Side::included(&at))
                .or_else(|| constant(excluded).map(|at| Side::excluded(&at)))
        };
        if stated {
            let spans: Vec<Span> = grades
                .bands
                .iter()
                .map(|band| Span {
                    low: side(&band.from, &band.above),
                    high: side(&band.to, &band.below),
                })
                .collect();
            let reading = Reading {
                names: self.names,
                defined: &self.defined,
                problems: self.problems,
                questions: self.questions,
                points: &Core::ZERO,
                points_zh: "",
                title: "等次",
                pointer: "/grades",
            };
            let mut spans = spans;
            let range = match measured {
                // A total has no declared range: what lies beyond the best and the worst grade is theirs.
                Core::Total | Core::FullTotal => {
                    if let Some(best) = spans.first_mut() {
                        best.high = None;
                    }
                    if let Some(worst) = spans.last_mut() {
                        worst.low = None;
                    }
                    Interval::ALL
                }
                measured => bounds(measured, self.names),
            };
            let _: Option<()> = cover(&reading, "bands", &spans, &range, false);
        }
    }

    /// Holders of a grade beyond its quota get the next one.
    fn quota(&mut self, number: usize, quota: &Quota, words: &[String], held: usize) -> usize {
        let pointer = format!("/quotas/{number}");
        let Some(place) = words.iter().position(|word| *word == quota.grade) else {
            let (zh, en) = (
                format!("没有等次“{}”", quota.grade),
                format!("there is no grade \"{}\"", quota.grade),
            );
            self.problem(&pointer, "scheme.unknown_grade", zh, en);
            return held;
        };
        if place.saturating_add(1) >= words.len() {
            let (zh, en) = ("最低等次不能设限额", "the lowest grade cannot have a quota");
            self.problem(&pointer, "scheme.quota", zh, en);
        }
        if quota.ties.is_none() {
            let (zh, en) = ("限额末位并列时如何处理？", "who keeps the grade at a tie?");
            self.questions.ask(&pointer, "ties", zh, en, QUOTA_TIES);
        }
        let cohort = |how: Gathering, value: Core, when: Option<Core>| {
            Core::Gathered(Box::new(Gathered {
                how,
                scope: Scope::Cohort,
                value,
                then: None,
                when,
            }))
        };
        let limit = match (&quota.share, &quota.count) {
            (Some(share), None) => {
                if quota.rounding.is_none() {
                    let (zh, en) = ("限额人数有小数时如何取整？", "how is the share rounded?");
                    self.questions.ask(&pointer, "rounding", zh, en, QUOTA_ROUNDING);
                }
                let size = cohort(Gathering::Sum, Core::whole(1), None);
                let exact = size.times(self.amount(share));
                match Rounding::to_place(quota.rounding.unwrap_or(Mode::Down), 0) {
                    Some(rounding) => Core::Round(Box::new(exact), rounding),
                    None => exact,
                }
            }
            (None, Some(count)) => self.amount(count),
            _ => {
                let (zh, en) = ("share 与 count 须且只须填一项", "give exactly one of share, count");
                self.problem(&pointer, "scheme.quota", zh, en);
                return held;
            }
        };
        let grade = Core::whole(i64::try_from(place).unwrap_or(i64::MAX));
        let holds = Core::Cell(held).compared(Compare::Equal, grade.clone());
        let holds = Core::Cell(self.cells.add("持有等次", holds));
        let mut position = cohort(Gathering::Higher, Core::Total, Some(holds.clone())).plus(Core::whole(1));
        if quota.ties == Some(QuotaTies::Drop) {
            position = position.plus(cohort(Gathering::Equal, Core::Total, Some(holds.clone())));
        }
        let beyond = self.holds(position.compared(Compare::Greater, limit));
        let next = grade.plus(Core::whole(1));
        let beyond = Core::Cell(self.cells.add("超出名额", holds.and(beyond)));
        let word = |place: usize| words.get(place).map_or("", String::as_str);
        let told = Told {
            id: format!("quota-{}", quota.grade),
            item: "total".to_owned(),
            rule: "quota",
            article: None,
            reason: format!(
                "“{}”名额已满，按总分排序未列入，等次为“{}”",
                quota.grade,
                word(place.saturating_add(1))
            ),
        };
        self.tell_grade(told, beyond.clone(), None);
        let after = beyond.select(next, Core::Cell(held));
        self.cells.add("限额后的等次", after)
    }
}

fn score_veto(node: &mut Node<'_, '_>, before: usize, veto: &VetoText, effect: &Effect, when: &Core) -> usize {
    let struck = match effect {
        Effect::ScoreAtMost(most) => {
            let most = node.build.amount(most);
            Core::Cell(before).at_most(most)
        }
        _ => Core::ZERO,
    };
    let struck = node.build.guarded(struck, Core::Cell(before));
    let after = node.cell(when.clone().select(struck, Core::Cell(before)));
    let said = match effect {
        Effect::ScoreAtMost(_) => format!("触发“{}”，{}", veto.title, effect.zh()),
        _ => format!("触发一票否决“{}”，总分计零", veto.title),
    };
    let arithmetic = match effect {
        Effect::ScoreAtMost(most) => format!("min(总分, {})", most.zh()),
        _ => "总分 = 0".to_owned(),
    };
    node.lines.push(LineSpec {
        id: format!("{}#veto", veto.id),
        item: veto.id.clone(),
        rule: "veto".to_owned(),
        article: veto.article.clone(),
        change: Change::Step {
            from: before,
            to: after,
        },
        negative: false,
        applies: None,
        shown: Shown::Changing,
        arithmetic: vec![told(arithmetic)],
        reason: vec![Phrase::Perhaps(when.clone()), told(said)],
        facts: when.facts(),
    });
    after
}
