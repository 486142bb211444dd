//! The functions, and those that are about single values.

use super::lexer::Token;
use super::operator::flat;
use super::parser::{Parsed, Parser, Typed, mismatch, need};
use super::{Fault, MAX_YEARS, Type};
use crate::calendar::Date;
use crate::exact::{Exact, Mode, Rounding};
use crate::fact::{Kind, Source};
use crate::scheme::core::{Core, Gathering, Scope};

/// A function.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// The least number of arguments.
    pub least: usize,
    /// The greatest number of arguments.
    pub most: usize,
    /// How it is written.
    pub form: &'static str,
    what: What,
}

/// What a function does.
#[derive(Clone, Copy, Debug)]
enum What {
    Join(fn(Core, Core) -> Core),
    Absolute,
    Round,
    Root,
    Applicable,
    Day,
    MonthsAfter,
    WorkDays,
    Last,
    Target,
    Ballots(fn() -> Source),
    Votes,
    Item,
    Result,
    Grade,
    Events(Over),
    Others(Scope, Gathering),
    HowMany(Scope),
    Rank,
}

/// What a function does with events.
#[derive(Clone, Copy, Debug)]
pub(super) enum Over {
    Count,
    Sum,
    Mean,
    Highest,
    Lowest,
    Distinct,
    Any,
}

const fn function(name: &'static str, least: usize, most: usize, form: &'static str, what: What) -> Function {
    Function {
        name,
        least,
        most,
        form,
        what,
    }
}

/// Every function, with what `docs/scheme-reference.md` calls its arguments.
pub const FUNCTIONS: &[Function] = &[
    function("min", 1, usize::MAX, "min(a, b, …)", What::Join(Core::at_most)),
    function("max", 1, usize::MAX, "max(a, b, …)", What::Join(Core::at_least)),
    function("abs", 1, 1, "abs(a)", What::Absolute),
    function("round", 3, 3, "round(a, place, \"mode\")", What::Round),
    function("root", 4, 4, "root(a, n, place, \"mode\")", What::Root),
    function("applicable", 1, 1, "applicable(fact)", What::Applicable),
    function("date", 1, 1, "date(\"2023-03-31\")", What::Day),
    function("months_after", 2, 2, "months_after(day, n)", What::MonthsAfter),
    function("workdays", 2, 2, "workdays(a, b)", What::WorkDays),
    function("last", 1, 2, "last(fact, n)", What::Last),
    function("target", 1, 1, "target(fact)", What::Target),
    function("count", 1, 2, "count(events, filter)", What::Events(Over::Count)),
    function("sum", 2, 3, "sum(events, value, filter)", What::Events(Over::Sum)),
    function(
        "mean",
        3,
        4,
        "mean(events, value, filter, otherwise)",
        What::Events(Over::Mean),
    ),
    function(
        "highest",
        3,
        4,
        "highest(events, value, filter, otherwise)",
        What::Events(Over::Highest),
    ),
    function(
        "lowest",
        3,
        4,
        "lowest(events, value, filter, otherwise)",
        What::Events(Over::Lowest),
    ),
    function(
        "distinct",
        2,
        3,
        "distinct(events, field, filter)",
        What::Events(Over::Distinct),
    ),
    function("any", 2, 2, "any(events, filter)", What::Events(Over::Any)),
    function("votes", 2, 2, "votes(ballots, \"word\")", What::Votes),
    function("issued", 1, 1, "issued(ballots)", What::Ballots(|| Source::Issued)),
    function(
        "returned",
        1,
        1,
        "returned(ballots)",
        What::Ballots(|| Source::Returned),
    ),
    function("valid", 1, 1, "valid(ballots)", What::Ballots(|| Source::Valid)),
    function("item", 1, 1, "item(\"id\")", What::Item),
    function("result", 1, 2, "result(\"scheme\", most)", What::Result),
    function("grade", 1, 1, "grade(\"scheme\")", What::Grade),
    function(
        "cohort_max",
        1,
        1,
        "cohort_max(x)",
        What::Others(Scope::Cohort, Gathering::Highest),
    ),
    function(
        "cohort_min",
        1,
        1,
        "cohort_min(x)",
        What::Others(Scope::Cohort, Gathering::Lowest),
    ),
    function(
        "cohort_mean",
        1,
        1,
        "cohort_mean(x)",
        What::Others(Scope::Cohort, Gathering::Mean),
    ),
    function(
        "cohort_sum",
        1,
        1,
        "cohort_sum(x)",
        What::Others(Scope::Cohort, Gathering::Sum),
    ),
    function(
        "cohort_count",
        1,
        1,
        "cohort_count(condition)",
        What::HowMany(Scope::Cohort),
    ),
    function("rank", 1, 2, "rank(x, \"ascending\")", What::Rank),
    function(
        "below_max",
        1,
        1,
        "below_max(x)",
        What::Others(Scope::Below, Gathering::Highest),
    ),
    function(
        "below_min",
        1,
        1,
        "below_min(x)",
        What::Others(Scope::Below, Gathering::Lowest),
    ),
    function(
        "below_mean",
        1,
        1,
        "below_mean(x)",
        What::Others(Scope::Below, Gathering::Mean),
    ),
    function(
        "below_sum",
        1,
        1,
        "below_sum(x)",
        What::Others(Scope::Below, Gathering::Sum),
    ),
    function(
        "below_count",
        1,
        1,
        "below_count(condition)",
        What::HowMany(Scope::Below),
    ),
];

/// The points that another scheme gives at most, when the expression does not say.
const FULL: i64 = 100;

impl Parser<'_> {
    pub(super) fn function(&mut self, function: &Function) -> Parsed {
        let at = self.at();
        self.step();
        self.expect("(")?;
        let given = self.arguments();
        if let Some(given) = given.filter(|given| *given < function.least || *given > function.most) {
            return Err(wrong_number(function, given, at));
        }
        let typed = self.apply(function, given.unwrap_or(function.least), at)?;
        self.expect(")")?;
        Ok(typed)
    }

    /// How many arguments there are up to the closing bracket; `None` when it is missing.
    fn arguments(&self) -> Option<usize> {
        let (mut open, mut commas, mut any) = (0_usize, 0_usize, false);
        for token in self.rest() {
            match token {
                Token::Symbol(")") if open == 0 => {
                    return Some(if any { commas.saturating_add(1) } else { 0 });
                }
                Token::Symbol(")") => open = open.saturating_sub(1),
                Token::Symbol("(") => open = open.saturating_add(1),
                Token::Symbol(",") if open == 0 => commas = commas.saturating_add(1),
                _ => {}
            }
            any = true;
        }
        None
    }

    fn apply(&mut self, function: &Function, given: usize, at: usize) -> Parsed {
        match function.what {
            What::Join(join) => self.join(join),
            What::Absolute => Ok((Core::Absolute(Box::new(self.number()?)), Type::Number)),
            What::Round => {
                let value = self.number()?;
                self.expect(",")?;
                Ok((Core::Round(Box::new(value), self.rounding()?), Type::Number))
            }
            What::Root => self.root(),
            What::Applicable => {
                let (place, _) = self.fact_name()?;
                Ok((Core::Applicable(place), Type::Truth))
            }
            What::Day => self.date(),
            What::MonthsAfter => {
                let day = self.day()?;
                self.expect(",")?;
                let months = self.number()?;
                Ok((Core::MonthsAfter(Box::new((day, months))), Type::Day))
            }
            What::WorkDays => self.work_days(at),
            What::Last => self.last(given),
            What::Target => {
                let (place, at) = self.fact_name()?;
                self.derived(place, Source::Target, at)
            }
            What::Ballots(source) => {
                let place = self.ballots()?;
                self.part_of(place, source())
            }
            What::Votes => self.votes(),
            What::Item => Ok((Core::Item(self.quoted("项目编号", "the id of an item")?), Type::Number)),
            What::Result => self.result(given),
            What::Grade => Ok((Core::Grade(self.quoted("办法编号", "the id of a scheme")?), Type::Word)),
            What::Events(over) => self.over_events(function.name, over, given, at),
            What::Others(scope, how) => self.gathered(scope, how),
            What::HowMany(scope) => self.how_many(scope),
            What::Rank => self.rank(given),
        }
    }

    fn join(&mut self, join: fn(Core, Core) -> Core) -> Parsed {
        let (first, kind) = self.ordered()?;
        let mut values = vec![first];
        while self.eat(",") {
            let at = self.at();
            let next = self.expression()?;
            values.push(need(next, kind, at)?);
        }
        Ok((flat(values, join).unwrap_or(Core::ZERO), kind))
    }

    pub(super) fn number(&mut self) -> Parsed<Core> {
        let at = self.at();
        let typed = self.expression()?;
        need(typed, Type::Number, at)
    }

    pub(super) fn truth(&mut self) -> Parsed<Core> {
        let at = self.at();
        let typed = self.expression()?;
        need(typed, Type::Truth, at)
    }

    fn day(&mut self) -> Parsed<Core> {
        let at = self.at();
        let typed = self.expression()?;
        need(typed, Type::Day, at)
    }

    /// A number or a day.
    pub(super) fn ordered(&mut self) -> Parsed<Typed> {
        let at = self.at();
        let typed = self.expression()?;
        match typed.1 {
            Type::Number | Type::Day => Ok(typed),
            found => Err(mismatch("数值或日期", "a number or a day", found, at)),
        }
    }

    /// The name of a declared fact, and where it stands.
    pub(super) fn fact_name(&mut self) -> Parsed<(usize, usize)> {
        let at = self.at();
        match self.peek() {
            Some(Token::Name(name)) => {
                let name = name.clone();
                Ok((self.place(&name)?, at))
            }
            _ => Err(self.fault("此处应为事实名称", "the name of a fact is expected here")),
        }
    }

    pub(super) fn quoted(&mut self, zh: &str, en: &str) -> Parsed<String> {
        match self.peek() {
            Some(Token::Text(text)) => {
                let text = text.clone();
                self.step();
                Ok(text)
            }
            _ => Err(self.fault(
                format!("此处应为带引号的{zh}"),
                format!("{en} in quotes is expected here"),
            )),
        }
    }

    /// A whole number that is written out.
    fn whole(&mut self, low: u32, high: u32, zh: &str) -> Parsed<u32> {
        let number = match self.peek() {
            Some(Token::Number(number)) => number.to_i128().and_then(|number| u32::try_from(number).ok()),
            _ => None,
        };
        match number.filter(|number| (low..=high).contains(number)) {
            Some(number) => {
                self.step();
                Ok(number)
            }
            None => Err(self.fault(
                format!("此处应为{zh}，{low} 至 {high} 的整数"),
                format!("a whole number from {low} to {high} is expected here"),
            )),
        }
    }

    fn rounding(&mut self) -> Parsed<Rounding> {
        let negative = self.eat("-");
        let place = match self.peek() {
            Some(Token::Number(number)) => number.to_i128().and_then(|place| i32::try_from(place).ok()),
            _ => None,
        };
        let place = place.and_then(|place| if negative { place.checked_neg() } else { Some(place) });
        let Some(place) = place.filter(|place| (-18..=18).contains(place)) else {
            return Err(self.fault(
                "此处应为小数位数，-18 至 18 的整数",
                "a number of decimal places from -18 to 18 is expected here",
            ));
        };
        self.step();
        self.expect(",")?;
        let mode = match self.peek() {
            Some(Token::Text(word)) => [Mode::HalfEven, Mode::HalfUp, Mode::Down, Mode::Up]
                .into_iter()
                .find(|mode| mode.word() == word),
            _ => None,
        };
        let Some(rounding) = mode.and_then(|mode| Rounding::to_place(mode, place)) else {
            let words = "\"half_even\", \"half_up\", \"down\", \"up\"";
            return Err(self.fault(
                format!("此处应为修约方式：{words}"),
                format!("expected a mode: {words}"),
            ));
        };
        self.step();
        Ok(rounding)
    }

    fn root(&mut self) -> Parsed {
        let value = self.number()?;
        self.expect(",")?;
        let degree = self.whole(2, 9, "开方次数")?;
        self.expect(",")?;
        let rounding = self.rounding()?;
        Ok((Core::Root(Box::new(value), degree, rounding), Type::Number))
    }

    fn date(&mut self) -> Parsed {
        let at = self.at();
        let text = self.quoted("日期，如 \"2023-03-31\"", "a day such as \"2023-03-31\"")?;
        match Date::from_iso(&text) {
            Some(day) => Ok((Core::whole(day.number()), Type::Day)),
            None => Err(Fault::new(
                at,
                format!("“{text}”不是有效日期，应写作 \"2023-03-31\""),
                format!("\"{text}\" is not a day; write it as \"2023-03-31\""),
            )),
        }
    }

    fn work_days(&mut self, at: usize) -> Parsed {
        if !self.names.calendars {
            return Err(Fault::new(
                at,
                "计算工作日须在办法中附上 calendar（日历文件）",
                "working days need the scheme's calendar",
            ));
        }
        let from = self.day()?;
        self.expect(",")?;
        let to = self.day()?;
        Ok((Core::WorkDays(Box::new((from, to))), Type::Number))
    }

    fn last(&mut self, given: usize) -> Parsed {
        let (place, at) = self.fact_name()?;
        let mut years = 1;
        if given > 1 {
            self.expect(",")?;
            years = self.whole(1, MAX_YEARS, "年数")?;
        }
        self.derived(place, Source::Last(years), at)
    }

    /// The same fact from elsewhere: of a year before, or as a target.
    fn derived(&mut self, place: usize, source: Source, at: usize) -> Parsed {
        let kind = self.fact_type(place, at)?;
        match self.names.inputs.derived(place, source) {
            Some(place) => Ok((Core::Fact(place), kind)),
            None => Err(Fault::new(at, "没有这个事实", "there is no such fact")),
        }
    }

    fn ballots(&mut self) -> Parsed<usize> {
        let (place, at) = self.fact_name()?;
        let declaration = self.names.inputs.declaration(place);
        match declaration {
            Some(declaration) if declaration.kind == Kind::Ballots => Ok(place),
            other => {
                let name = other.map(|declaration| declaration.name).unwrap_or_default();
                Err(Fault::new(
                    at,
                    format!("“{name}”不是票数"),
                    format!("\"{name}\" is not declared as ballots"),
                ))
            }
        }
    }

    fn part_of(&mut self, place: usize, source: Source) -> Parsed {
        match self.names.inputs.derived(place, source) {
            Some(place) => Ok((Core::Fact(place), Type::Number)),
            None => Err(self.fault("没有这个事实", "there is no such fact")),
        }
    }

    fn votes(&mut self) -> Parsed {
        let place = self.ballots()?;
        self.expect(",")?;
        let at = self.at();
        let word = self.quoted("选项", "a word")?;
        self.same_words(&Core::Fact(place), &Core::Word(word.clone()), at)?;
        self.part_of(place, Source::Votes(word))
    }

    fn result(&mut self, given: usize) -> Parsed {
        let scheme = self.quoted("办法编号", "the id of a scheme")?;
        let mut most = Exact::from(FULL);
        if given > 1 {
            self.expect(",")?;
            most = match self.peek() {
                Some(Token::Number(number)) if number.is_positive() => number.clone(),
                _ => {
                    return Err(self.fault(
                        "此处应为该办法的满分，大于 0 的数",
                        "the full points of that scheme are expected here, a number above 0",
                    ));
                }
            };
            self.step();
        }
        Ok((Core::Result(scheme, most), Type::Number))
    }
}

#[cold]
fn wrong_number(function: &Function, given: usize, at: usize) -> Fault {
    let Function {
        name,
        least,
        most,
        form,
        ..
    } = function;
    let (zh, en) = if least == most {
        (format!("应有 {least} 个参数"), format!("takes {least} argument(s)"))
    } else if *most == usize::MAX {
        (
            format!("至少应有 {least} 个参数"),
            format!("takes at least {least} argument(s)"),
        )
    } else {
        (
            format!("应有 {least} 至 {most} 个参数"),
            format!("takes {least} to {most} arguments"),
        )
    };
    Fault::new(
        at,
        format!("“{name}”{zh}，实际有 {given} 个；写法：{form}"),
        format!("\"{name}\" {en}, {given} given: {form}"),
    )
}
