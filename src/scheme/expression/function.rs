//! Functions of the language.

use super::Fault;
use super::parser::{Parsed, Parser, Type, flat};
use crate::calendar::Date;
use crate::document::nearest;
use crate::exact::Exact;
use crate::fact::{Kind, Source};
use crate::scheme::core::{Arithmetic, Core, Gathered, Gathering, Group, Key, Scope, Tally, Together, Within};

/// The functions.
const FUNCTIONS: [&str; 36] = [
    "min",
    "max",
    "abs",
    "round",
    "root",
    "applicable",
    "date",
    "months_after",
    "workdays",
    "last",
    "target",
    "count",
    "sum",
    "mean",
    "highest",
    "lowest",
    "distinct",
    "any",
    "votes",
    "issued",
    "returned",
    "valid",
    "item",
    "result",
    "grade",
    "rank",
    "cohort_max",
    "cohort_min",
    "cohort_mean",
    "cohort_sum",
    "cohort_count",
    "below_max",
    "below_min",
    "below_mean",
    "below_sum",
    "below_count",
];

impl Parser<'_> {
    /// Whether a name is that of a function.
    pub(super) fn is_function(&self, name: &str) -> bool {
        FUNCTIONS.contains(&name)
    }

    pub(super) fn function(&mut self, name: &str) -> Parsed {
        let at = self.at();
        self.skip();
        self.expect("(")?;
        let typed = match name {
            "min" | "max" => self.extreme(name)?,
            "abs" => (Core::Absolute(Box::new(self.number()?)), Type::Number),
            "round" => {
                let value = self.number()?;
                self.expect(",")?;
                (Core::Round(Box::new(value), self.rounding()?), Type::Number)
            }
            "root" => self.root()?,
            "applicable" => {
                let fact = self.next_name()?;
                (Core::Applicable(self.place(&fact)?), Type::Truth)
            }
            "date" => {
                let place = self.at();
                let text = self.quoted("此处应为带引号的日期，如 \"2023-03-31\"", "a day in quotes is expected")?;
                match Date::from_iso(&text) {
                    Some(day) => (Core::Number(Exact::from(day.number())), Type::Day),
                    None => {
                        return Err(Fault {
                            at: place,
                            zh: format!("“{text}”不是日期，应写作 2023-03-31"),
                            en: format!("\"{text}\" is no day; write 2023-03-31"),
                        });
                    }
                }
            }
            "months_after" => {
                let day = self.day()?;
                self.expect(",")?;
                (Core::MonthsAfter(Box::new((day, self.number()?))), Type::Day)
            }
            "workdays" => {
                if !self.names.calendars {
                    return Err(Fault {
                        at,
                        zh: "计算工作日须在办法中附工作日历（calendar）".into(),
                        en: "working days need the scheme's calendar".into(),
                    });
                }
                let from = self.day()?;
                self.expect(",")?;
                (Core::WorkDays(Box::new((from, self.day()?))), Type::Number)
            }
            "last" | "target" => self.derived(name)?,
            "votes" | "issued" | "returned" | "valid" => self.ballots(name)?,
            "item" => {
                let id = self.quoted("此处应为带引号的项目编号", "the id of an item in quotes is expected")?;
                (Core::Item(id), Type::Number)
            }
            "result" | "grade" => {
                let id = self.quoted("此处应为带引号的办法编号", "the id of a scheme in quotes is expected")?;
                match name {
                    "result" => (Core::Result(id, Exact::from(100)), Type::Number),
                    _ => (Core::Grade(id), Type::Word),
                }
            }
            "count" | "sum" | "mean" | "highest" | "lowest" | "distinct" | "any" => self.over_events(name, at)?,
            _ => self.gathered(name, at)?,
        };
        self.expect(")")?;
        Ok(typed)
    }

    fn day(&mut self) -> Parsed<Core> {
        let at = self.at();
        let typed = self.expression()?;
        self.need(typed, Type::Day, at)
    }

    fn extreme(&mut self, name: &str) -> Parsed {
        let operator = if name == "min" {
            Arithmetic::Lower
        } else {
            Arithmetic::Higher
        };
        let (first, kind) = self.expression()?;
        // The earlier or the later of days, the lower or the higher of numbers.
        let kind = if kind == Type::Day { Type::Day } else { Type::Number };
        let at = self.at();
        let mut values = vec![self.need((first, kind), kind, at)?];
        while self.eat(",") {
            let at = self.at();
            let next = self.expression()?;
            values.push(self.need(next, kind, at)?);
        }
        let whole = flat(values, |left, right| Core::arithmetic(operator, left, right));
        Ok((whole.unwrap_or(Core::ZERO), kind))
    }

    fn root(&mut self) -> Parsed {
        let value = self.number()?;
        self.expect(",")?;
        let at = self.at();
        let degree = self.whole("此处应为 2 至 9 的整数", "a whole number from 2 to 9 is expected")?;
        if !(2..=9).contains(&degree) {
            return Err(Fault {
                at,
                zh: "开方次数应为 2 至 9".into(),
                en: "the degree of a root is 2 to 9".into(),
            });
        }
        self.expect(",")?;
        Ok((Core::Root(Box::new(value), degree, self.rounding()?), Type::Number))
    }

    fn derived(&mut self, name: &str) -> Parsed {
        let at = self.at();
        let fact = self.next_name()?;
        let place = self.place(&fact)?;
        let kind = self.kind_of(place, at)?;
        let source = if name == "target" {
            Source::Target
        } else if self.eat(",") {
            let place = self.at();
            let years = self.whole("此处应为年数", "a number of years is expected")?;
            if !(1..=20).contains(&years) {
                return Err(Fault {
                    at: place,
                    zh: "年数应为 1 至 20".into(),
                    en: "the number of years is 1 to 20".into(),
                });
            }
            Source::Last(years)
        } else {
            Source::Last(1)
        };
        match self.names.inputs.derived(place, source) {
            Some(place) => Ok((Core::Fact(place), kind)),
            None => Err(self.fault("此处应为事实", "a fact is expected here")),
        }
    }

    fn ballots(&mut self, name: &str) -> Parsed {
        let at = self.at();
        let fact = self.next_name()?;
        let place = self.place(&fact)?;
        let declaration = self.names.inputs.declaration(place);
        let Some(declaration) = declaration.filter(|declaration| declaration.kind == Kind::Ballots) else {
            return Err(Fault {
                at,
                zh: format!("“{fact}”不是票数"),
                en: format!("\"{fact}\" is no poll"),
            });
        };
        let source = match name {
            "issued" => Source::Issued,
            "returned" => Source::Returned,
            "valid" => Source::Valid,
            _ => {
                self.expect(",")?;
                let at = self.at();
                let word = self.quoted("此处应为带引号的选项", "a quoted word is expected here")?;
                if !declaration.words.contains(&word) {
                    let words = declaration.words.join("、");
                    return Err(Fault {
                        at,
                        zh: format!("“{fact}”没有选项“{word}”，应为：{words}"),
                        en: format!("\"{fact}\" has no word \"{word}\": {words}"),
                    });
                }
                Source::Votes(word)
            }
        };
        match self.names.inputs.derived(place, source) {
            Some(place) => Ok((Core::Fact(place), Type::Number)),
            None => Err(self.fault("此处应为票数", "a poll is expected here")),
        }
    }

    /// `count`, `sum`, `mean`, `highest`, `lowest`, `distinct`, `any`.
    fn over_events(&mut self, name: &str, at: usize) -> Parsed {
        if self.events.is_some() {
            return Err(Fault {
                at,
                zh: "事件的筛选和取值中不能再统计事件清单".into(),
                en: "events are not counted inside a filter or value over events".into(),
            });
        }
        let place = self.at();
        let list = match self.next_name() {
            Ok(list) => list,
            Err(_) => {
                return Err(self.fault(
                    "此处应为事件清单的名称",
                    "the name of a list of events is expected here",
                ));
            }
        };
        let fact = self.place(&list)?;
        let declaration = self.names.inputs.declaration(fact);
        let Some(declaration) = declaration.filter(|declaration| declaration.kind == Kind::Events) else {
            return Err(Fault {
                at: place,
                zh: format!("“{list}”不是事件清单"),
                en: format!("\"{list}\" is no list of events"),
            });
        };
        // Inside, names of fields come first.
        let mut group = None;
        let mut value = Core::whole(1);
        self.events = Some(declaration.clone());
        let inner = self.event_arguments(name, &declaration, &mut group, &mut value);
        self.events = None;
        let (filter, otherwise) = inner?;
        let otherwise = match otherwise {
            Some(otherwise) => otherwise,
            None if matches!(name, "mean" | "highest" | "lowest") => {
                self.expect(",")?;
                self.number()?
            }
            None => Core::ZERO,
        };
        let how = match name {
            "mean" => Together::Mean {
                highest: 0,
                lowest: 0,
                from: 1,
                otherwise,
            },
            "highest" => Together::Highest { otherwise },
            "lowest" => Together::Lowest { otherwise },
            _ => Together::Sum,
        };
        let tally = Core::Tally(Box::new(Tally {
            fact,
            filter,
            value,
            group,
            how,
        }));
        Ok(if name == "any" {
            let some = tally.compared(crate::scheme::core::Compare::Greater, Core::ZERO);
            (some, Type::Truth)
        } else {
            (tally, Type::Number)
        })
    }

    /// Value and filter; where the last argument stands outside the events and was read already, it comes second.
    fn event_arguments(
        &mut self,
        name: &str,
        declaration: &crate::fact::Declaration,
        group: &mut Option<Group>,
        value: &mut Core,
    ) -> Parsed<(Core, Option<Core>)> {
        let everything = Core::Truth(true);
        match name {
            "count" => {
                if self.eat(",") {
                    return Ok((self.filter()?, None));
                }
                Ok((everything, None))
            }
            "any" => {
                self.expect(",")?;
                Ok((self.filter()?, None))
            }
            "distinct" => {
                self.expect(",")?;
                let field = self.next_name()?;
                let Some(place) = declaration.field(&field) else {
                    let names = declaration.fields.iter().map(|field| field.name.as_str());
                    let near = nearest(&field, names.clone());
                    let hint = near.map(|near| format!("，是否应为“{near}”？")).unwrap_or_default();
                    let listed = names.collect::<Vec<_>>().join("、");
                    return Err(self.fault(
                        format!("此处应为事件的字段：{listed}{hint}"),
                        format!("expected a field: {listed}"),
                    ));
                };
                self.skip();
                *group = Some(Group {
                    key: Key::Field(place),
                    within: Within::Highest,
                });
                if self.eat(",") {
                    return Ok((self.filter()?, None));
                }
                Ok((everything, None))
            }
            _ => {
                self.expect(",")?;
                *value = self.number()?;
                let needs_otherwise = name != "sum";
                if !self.eat(",") {
                    if needs_otherwise {
                        return Err(
                            self.fault("还应写明没有事件时取什么值", "say what stands when there are no events")
                        );
                    }
                    return Ok((everything, None));
                }
                let at = self.at();
                let (core, kind) = self.expression()?;
                match kind {
                    Type::Truth => Ok((core, None)),
                    // What stands when there is none: a number over no field.
                    Type::Number if needs_otherwise && !reads_fields(&core) => Ok((everything, Some(core))),
                    _ => Err(Fault {
                        at,
                        zh: "此处应为筛选条件".into(),
                        en: "a filter is expected here".into(),
                    }),
                }
            }
        }
    }

    fn filter(&mut self) -> Parsed<Core> {
        let at = self.at();
        let typed = self.expression()?;
        self.need(typed, Type::Truth, at)
    }

    /// `rank`, `cohort_*`, `below_*`.
    fn gathered(&mut self, name: &str, at: usize) -> Parsed {
        if self.events.is_some() {
            return Err(Fault {
                at,
                zh: "事件的筛选和取值中不能比较其他对象".into(),
                en: "other subjects are not looked at inside a filter or value over events".into(),
            });
        }
        let scope = if name.starts_with("below_") {
            Scope::Below
        } else {
            Scope::Cohort
        };
        let gather = |how: Gathering, value: Core| {
            Core::Gathered(Box::new(Gathered {
                how,
                scope,
                value,
                then: None,
                when: None,
            }))
        };
        let core = match name.rsplit('_').next().unwrap_or(name) {
            "count" => {
                let condition = self.filter()?;
                gather(Gathering::Sum, condition.select(Core::whole(1), Core::ZERO))
            }
            "rank" => {
                let value = self.number()?;
                let mut how = Gathering::Higher;
                if self.eat(",") {
                    let at = self.at();
                    let order = self.quoted("此处应为 \"ascending\"", "\"ascending\" is expected here")?;
                    if order != "ascending" {
                        return Err(Fault {
                            at,
                            zh: "此处应为 \"ascending\"（由低到高）".into(),
                            en: "\"ascending\" is expected here".into(),
                        });
                    }
                    how = Gathering::Lower;
                }
                gather(how, value).plus(Core::whole(1))
            }
            "max" => gather(Gathering::Highest, self.number()?),
            "min" => gather(Gathering::Lowest, self.number()?),
            "mean" => gather(Gathering::Mean, self.number()?),
            _ => gather(Gathering::Sum, self.number()?),
        };
        Ok((core, Type::Number))
    }
}

fn reads_fields(core: &Core) -> bool {
    matches!(core, Core::Field(_)) || core.parts().into_iter().any(reads_fields)
}
