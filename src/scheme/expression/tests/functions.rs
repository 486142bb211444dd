use super::*;
use crate::exact::{Mode, Rounding};

fn events() -> usize {
    inputs().named("事故").unwrap()
}

fn tally(filter: Core, value: Core, how: Together) -> Core {
    Core::Tally(Box::new(Tally {
        fact: events(),
        filter,
        value,
        group: None,
        how,
    }))
}

fn level(word: &str) -> Core {
    Core::Field(0).compared(Compare::Equal, Core::Word(word.into()))
}

fn day(text: &str) -> i64 {
    crate::calendar::Date::from_iso(text).unwrap().number()
}

#[test]
fn arithmetic() {
    assert_eq!(
        number("2 + 3 * (4 - 1) - 6 / 4"),
        Core::Number(Exact::ratio(19, 2).unwrap())
    );
    assert_eq!(number("10 - 2 - 3"), whole(5));
    assert_eq!(number("100 / 5 / 2 * 3"), whole(30));
    assert_eq!(
        number("-会议次数 + 3"),
        Core::ZERO.minus(fact("会议次数")).plus(whole(3))
    );
    assert_eq!(number("-----3"), whole(-3));
    assert_eq!(number("完成 - 目标"), fact("完成").minus(fact("目标")));
    let three = fact("完成").plus(fact("会议次数")).minus(fact("目标"));
    assert_eq!(number("完成 - 目标 + 会议次数"), three);
    let lower = whole(1).at_most(fact("完成")).at_most(fact("目标"));
    assert_eq!(number("min(1, 完成, 目标)"), lower);
    assert_eq!(number("max(完成, 0)"), fact("完成").at_least(Core::ZERO));
    assert_eq!(number("min(7)"), whole(7));
    assert_eq!(
        number("abs(完成 - 9)"),
        Core::Absolute(Box::new(fact("完成").minus(whole(9))))
    );
}

#[test]
fn rounding_and_roots() {
    let rounding = |mode, place| Rounding::to_place(mode, place).unwrap();
    let rounded = Core::Round(Box::new(fact("完成")), rounding(Mode::Down, 0));
    assert_eq!(number("round(完成, 0, \"down\")"), rounded);
    let hundreds = Core::Round(Box::new(fact("完成")), rounding(Mode::HalfEven, -2));
    assert_eq!(number("round(完成, -2, \"half_even\")"), hundreds);
    let root = Core::Root(Box::new(fact("完成")), 3, rounding(Mode::HalfUp, 2));
    assert_eq!(number("root(完成, 3, 2, \"half_up\")"), root);
    let mode = "此处应为修约方式：\"half_even\", \"half_up\", \"down\", \"up\"";
    refused(
        Type::Number,
        &[
            ("round(1, 0, \"nearest\")", 13, mode),
            ("round(1, 19, \"down\")", 10, "此处应为小数位数，-18 至 18 的整数"),
            ("round(1, 0.5, \"down\")", 10, "此处应为小数位数，-18 至 18 的整数"),
            ("root(1, 1, 0, \"down\")", 9, "此处应为开方次数，2 至 9 的整数"),
            ("root(1, 会议次数, 0, \"down\")", 9, "此处应为开方次数，2 至 9 的整数"),
            ("abs(已制定)", 5, "此处应为数值，实际是条件"),
        ],
    );
}

#[test]
fn conditions() {
    let many = fact("会议次数").compared(Compare::GreaterOrEqual, whole(3));
    assert_eq!(typed("会议次数 >= 3", Type::Truth), many);
    let both = Core::And(Box::new((fact("已制定"), many.clone())));
    assert_eq!(typed("已制定 && 会议次数 >= 3", Type::Truth), both);
    let either = Core::Or(Box::new((both.clone(), Core::Not(Box::new(fact("已制定"))))));
    assert_eq!(typed("已制定 && 会议次数 >= 3 || !已制定", Type::Truth), either);
    assert_eq!(
        number("已制定 ? 1 : 会议次数 >= 3 ? 2 : 3"),
        fact("已制定").select(whole(1), many.select(whole(2), whole(3)))
    );
    assert_eq!(typed("applicable(事故)", Type::Truth), Core::Applicable(events()));
    // Constants fold where they are negated; what stands beside a constant stays, for what it reads must apply.
    let beside = Core::Or(Box::new((Core::Truth(false), fact("已制定"))));
    assert_eq!(typed("!true || !!已制定", Type::Truth), beside);
    let same = Core::Select(Box::new((fact("已制定"), whole(1), whole(1))));
    assert_eq!(number("已制定 ? 1 : 1"), same);
    refused(
        Type::Truth,
        &[
            ("applicable(1)", 12, "此处应为事实名称"),
            ("1 < 会议次数 < 3", 10, "比较不能连写，请用 && 连接"),
            ("-!已制定", 1, "“-”用于数值，“!”用于条件，不能一起用"),
            ("已制定 && 会议次数", 8, "此处应为条件，实际是数值"),
            ("已制定 == 已制定", 1, "此处应为数值，实际是条件"),
            ("层级 > \"省级\"", 1, "此处应为数值，实际是选项"),
        ],
    );
    refused(
        Type::Number,
        &[
            ("会议次数 ? 1 : 2", 1, "此处应为条件，实际是数值"),
            ("已制定 ? 1 : 层级", 11, "此处应为数值，实际是选项"),
        ],
    );
}

#[test]
fn days() {
    assert_eq!(typed("date(\"2023-03-31\")", Type::Day), whole(day("2023-03-31")));
    assert_eq!(
        number("报送日 - date(\"2023-03-31\")"),
        fact("报送日").minus(whole(day("2023-03-31")))
    );
    assert_eq!(
        typed("报送日 + 3 - 1", Type::Day),
        fact("报送日").plus(whole(3)).minus(whole(1))
    );
    assert_eq!(typed("3 + 报送日", Type::Day), whole(3).plus(fact("报送日")));
    let late = fact("报送日").compared(Compare::Greater, whole(day("2023-03-31")));
    assert_eq!(typed("报送日 > date(\"2023-03-31\")", Type::Truth), late);
    let after = Core::MonthsAfter(Box::new((fact("报送日"), whole(1))));
    assert_eq!(typed("months_after(报送日, 1)", Type::Day), after);
    let work = Core::WorkDays(Box::new((whole(day("2023-03-31")), fact("报送日"))));
    assert_eq!(number("workdays(date(\"2023-03-31\"), 报送日)"), work);
    assert_eq!(
        typed("max(报送日, date(\"2023-03-31\"))", Type::Day),
        fact("报送日").at_least(whole(day("2023-03-31")))
    );
    let unbounded = "日期“开工日”须在声明中写明 earliest 和 latest，才能用在表达式里";
    refused(
        Type::Number,
        &[
            ("报送日", 1, "此处应为数值，表达式得出日期"),
            ("报送日 + 报送日", 7, "两个日期不能相加"),
            ("5 - 报送日", 5, "数值不能减去日期"),
            ("报送日 * 2", 1, "此处应为数值，实际是日期"),
            (
                "报送日 > 3 ? 1 : 0",
                7,
                "此处应为日期，实际是数值；日期写作 date(\"2023-03-31\")",
            ),
            ("报送日 - 开工日", 7, unbounded),
            (
                "date(\"2023-02-30\") - 报送日",
                6,
                "“2023-02-30”不是有效日期，应写作 \"2023-03-31\"",
            ),
            ("date(报送日) - 报送日", 6, "此处应为带引号的日期，如 \"2023-03-31\""),
            (
                "workdays(1, 报送日)",
                10,
                "此处应为日期，实际是数值；日期写作 date(\"2023-03-31\")",
            ),
            ("months_after(报送日, 报送日) - 报送日", 19, "此处应为数值，实际是日期"),
            (
                "max(报送日, 3) - 报送日",
                10,
                "此处应为日期，实际是数值；日期写作 date(\"2023-03-31\")",
            ),
            ("max(层级, 3)", 5, "此处应为数值或日期，实际是选项"),
        ],
    );
    let inputs = inputs();
    let bare = Names {
        calendars: false,
        ..names(&inputs)
    };
    let error = try_with(&bare, "1 + workdays(报送日, 报送日)", Type::Number).unwrap_err();
    assert_eq!(
        error,
        "表达式第 5 个字符：计算工作日须在办法中附上 calendar（日历文件）"
    );
}

#[test]
fn earlier_years_and_targets() {
    let inputs = inputs();
    let names = names(&inputs);
    let read = |text: &str, expected| try_with(&names, text, expected).unwrap();
    let (first, second) = (first_derived(), first_derived() + 1);
    assert_eq!(read("last(会议次数)", Type::Number), Core::Fact(first));
    assert_eq!(read("last(会议次数, 2)", Type::Number), Core::Fact(second));
    assert_eq!(read("last(会议次数, 1)", Type::Number), Core::Fact(first));
    assert_eq!(read("target(报送日)", Type::Day), Core::Fact(second + 1));
    let known: Vec<String> = inputs
        .list()
        .iter()
        .skip(first)
        .map(|input| input.declaration.name.clone())
        .collect();
    assert_eq!(known, ["会议次数（上年）", "会议次数（2年前）", "报送日（目标）"]);
    let condition = read("last(层级) == \"省级\"", Type::Truth);
    assert_eq!(
        condition,
        Core::Fact(second + 2).compared(Compare::Equal, Core::Word("省级".into()))
    );
    refused(
        Type::Number,
        &[
            ("last(3)", 6, "此处应为事实名称"),
            ("last(会议次数, 0)", 12, "此处应为年数，1 至 50 的整数"),
            ("last(会议次数, 人数)", 12, "此处应为年数，1 至 50 的整数"),
            ("last(事故)", 6, "“事故”不能直接参与运算，事件清单请用 count(…)"),
            ("target(会议)", 8, "没有声明事实“会议”"),
            (
                "last(层级) == \"县级\" ? 1 : 0",
                13,
                "“层级（上年）”没有选项“县级”，应为：省级、市级",
            ),
        ],
    );
}

#[test]
fn ballots() {
    let place = first_derived();
    for (text, name) in [
        ("votes(测评, \"优秀\")", "测评（优秀）"),
        ("issued(测评)", "测评（发出）"),
        ("returned(测评)", "测评（收回）"),
        ("valid(测评)", "测评（有效）"),
    ] {
        let inputs = inputs();
        let read = try_with(&names(&inputs), text, Type::Number).unwrap();
        assert_eq!(read, Core::Fact(place));
        assert_eq!(inputs.list()[place].declaration.name, name);
        assert!(is_whole(&read, &names(&inputs)));
    }
    refused(
        Type::Number,
        &[
            ("votes(测评, \"优异\")", 11, "“测评”没有选项“优异”，应为：优秀、称职"),
            ("votes(测评, 优秀)", 11, "此处应为带引号的选项"),
            ("issued(会议次数)", 8, "“会议次数”不是票数"),
            (
                "测评 / 2",
                1,
                "“测评”不能直接参与运算，票数请用 votes(…)、issued(…)、returned(…)、valid(…)",
            ),
        ],
    );
}

#[test]
fn events_counted_and_summed() {
    let count = |filter| tally(filter, whole(1), Together::Sum);
    assert_eq!(number("count(事故)"), count(Core::Truth(true)));
    assert_eq!(number("count(事故, 级别 == \"重大\")"), count(level("重大")));
    assert_eq!(number("count(事故, 瞒报)"), count(Core::Field(5)));
    assert_eq!(
        typed("any(事故, 瞒报)", Type::Truth),
        count(Core::Field(5)).compared(Compare::Greater, Core::ZERO)
    );
    assert_eq!(
        number("sum(事故, 死亡人数)"),
        tally(Core::Truth(true), Core::Field(4), Together::Sum)
    );
    let early = Core::Field(3).compared(Compare::LessOrEqual, whole(day("2023-06-30")));
    let serious = Core::Field(0).compared(Compare::Unequal, Core::Word("一般".into()));
    let filter = Core::And(Box::new((serious, early)));
    let summed = tally(filter, Core::Field(4), Together::Sum);
    let text = "sum(事故, 死亡人数, 级别 != \"一般\" && 日期 <= date(\"2023-06-30\"))";
    assert_eq!(number(text), summed);
    // Fields come before facts of the same name, and facts can be read too.
    let value = Core::Field(7).times(fact("会议次数"));
    assert_eq!(
        number("sum(事故, 人数 * 会议次数)"),
        tally(Core::Truth(true), value, Together::Sum)
    );
    assert_eq!(
        number("sum(事故, 人数) + 人数"),
        tally(Core::Truth(true), Core::Field(7), Together::Sum).plus(fact("人数"))
    );
}

#[test]
fn events_mean_highest_lowest_distinct() {
    let mean = |otherwise| Together::Mean {
        highest: 0,
        lowest: 0,
        from: 1,
        otherwise,
    };
    let all = Core::Truth(true);
    // In the form without a filter, what stands last is about facts and no longer about fields.
    assert_eq!(
        number("mean(事故, 人数, 人数)"),
        tally(all.clone(), Core::Field(7), mean(fact("人数")))
    );
    assert_eq!(
        number("mean(事故, 人数, 瞒报, 0)"),
        tally(Core::Field(5), Core::Field(7), mean(Core::ZERO))
    );
    let highest = Together::Highest { otherwise: whole(9) };
    assert_eq!(
        number("highest(事故, 人数, 9)"),
        tally(all.clone(), Core::Field(7), highest)
    );
    let lowest = Together::Lowest {
        otherwise: fact("报送日"),
    };
    assert_eq!(
        typed("lowest(事故, 日期, 报送日)", Type::Day),
        tally(all, Core::Field(3), lowest)
    );
    let nested = number("mean(事故, 人数, max(1, count(事故)))");
    assert!(matches!(nested, Core::Tally(_)));
    let Core::Tally(distinct) = number("distinct(事故, 事项, 瞒报)") else {
        panic!("a tally")
    };
    let group = Group {
        key: Key::Field(1),
        within: Within::Highest,
    };
    assert_eq!(
        (distinct.group, distinct.filter, distinct.value),
        (Some(group), Core::Field(5), whole(1))
    );
}

#[test]
fn errors_over_events() {
    let fields = "此处应为事件的字段：级别、事项、归属、日期、死亡人数、瞒报、补报日、人数";
    refused(
        Type::Number,
        &[
            ("count(会议次数)", 7, "“会议次数”不是事件清单"),
            ("count(3)", 7, "此处应为事件清单的名称"),
            (
                "count(事故, 级别 == \"特大\")",
                17,
                "“级别”没有选项“特大”，应为：一般、重大",
            ),
            (
                "count(事故, 归属 == \"本单位\")",
                17,
                "“归属”没有选项“本单位”，应为：own、subordinate、territory、vertical",
            ),
            ("count(事故, 死亡人数)", 11, "此处应为条件，实际是数值"),
            (
                "count(事故, 日期 == \"2023-01-01\")",
                17,
                "此处应为日期，实际是选项；日期写作 date(\"2023-03-31\")",
            ),
            (
                "count(事故, 补报日 > 报送日)",
                11,
                "日期“补报日”须在声明中写明 earliest 和 latest，才能用在表达式里",
            ),
            ("sum(事故, 级别)", 9, "此处应为数值，实际是选项"),
            ("sum(事故, count(事故))", 9, "事件的筛选和取值里不能再用“count”"),
            (
                "sum(事故, 人数, any(事故, 瞒报))",
                13,
                "事件的筛选和取值里不能再用“any”",
            ),
            ("mean(事故, 日期, 报送日) - 报送日", 10, "此处应为数值，实际是日期"),
            (
                "highest(事故, 日期, 0) - 报送日",
                17,
                "此处应为日期，实际是数值；日期写作 date(\"2023-03-31\")",
            ),
            ("mean(事故, 人数, 死亡人数)", 14, "没有声明事实“死亡人数”"),
            ("distinct(事故, 会议次数)", 14, fields),
            (
                "count(事故, 死亡人 > 0)",
                11,
                "没有声明事实“死亡人”，是否应为“死亡人数”？",
            ),
        ],
    );
}

#[test]
fn read_over_fields() {
    let inputs = inputs();
    let names = names(&inputs);
    assert_eq!(
        try_over(&names, events(), "死亡人数 * 2", Type::Number),
        Ok(Core::Field(4).times(whole(2)))
    );
    assert_eq!(
        try_over(&names, events(), "级别 == \"重大\"", Type::Truth),
        Ok(level("重大"))
    );
    assert_eq!(
        try_over(&names, events(), "1 / 人数", Type::Number),
        Ok(whole(1).over(Core::Field(7)))
    );
    assert!(
        try_over(&names, events(), "1 / 死亡人数", Type::Number)
            .unwrap_err()
            .contains("除数可能为零")
    );
    assert!(
        try_over(&names, events(), "count(事故)", Type::Number)
            .unwrap_err()
            .contains("不能再用“count”")
    );
}

#[test]
fn items_totals_and_other_schemes() {
    assert_eq!(number("item(\"1.2\") + 1"), Core::Item("1.2".into()).plus(whole(1)));
    assert_eq!(number("total"), Core::Total);
    assert_eq!(number("result(\"年度\")"), Core::Result("年度".into(), 100.into()));
    assert_eq!(number("result(\"年度\", 120)"), Core::Result("年度".into(), 120.into()));
    let grade = Core::Grade("年度".into()).compared(Compare::Equal, Core::Word("优秀".into()));
    assert_eq!(typed("grade(\"年度\") == \"优秀\"", Type::Truth), grade);
    refused(
        Type::Number,
        &[
            ("item(1)", 6, "此处应为带引号的项目编号"),
            ("result(年度)", 8, "此处应为带引号的办法编号"),
            ("result(\"年度\", 0)", 14, "此处应为该办法的满分，大于 0 的数"),
            ("grade(\"年度\")", 1, "此处应为数值，表达式得出选项"),
        ],
    );
    let inputs = inputs();
    let none = Names {
        totals: false,
        ..names(&inputs)
    };
    let error = try_with(&none, "total", Type::Number).unwrap_err();
    assert_eq!(
        error,
        "表达式第 1 个字符：此处不能用 total，只有等次及其否决、名额和排名可以用"
    );
    let full = Names {
        full_total: true,
        ..names(&inputs)
    };
    assert_eq!(try_with(&full, "total", Type::Number), Ok(Core::FullTotal));
}

#[test]
fn other_subjects() {
    let gathered = |scope, how, value| {
        Core::Gathered(Box::new(Gathered {
            how,
            scope,
            value,
            then: None,
            when: None,
        }))
    };
    use Gathering::{Higher, Highest, Lower, Lowest, Mean, Sum};
    for (scope, prefix) in [(Scope::Cohort, "cohort"), (Scope::Below, "below")] {
        for (how, name) in [(Highest, "max"), (Lowest, "min"), (Mean, "mean"), (Sum, "sum")] {
            assert_eq!(
                number(&format!("{prefix}_{name}(完成)")),
                gathered(scope, how, fact("完成"))
            );
        }
        let counted = fact("已制定").select(whole(1), Core::ZERO);
        assert_eq!(
            number(&format!("{prefix}_count(已制定)")),
            gathered(scope, Sum, counted)
        );
    }
    let higher = gathered(Scope::Cohort, Higher, fact("完成"));
    assert_eq!(number("rank(完成)"), whole(1).plus(higher.clone()));
    assert_eq!(number("rank(完成, \"descending\")"), whole(1).plus(higher));
    let lower = gathered(Scope::Cohort, Lower, fact("报送日"));
    assert_eq!(number("rank(报送日, \"ascending\")"), whole(1).plus(lower));
    let latest = gathered(Scope::Cohort, Highest, fact("报送日"));
    assert_eq!(typed("cohort_max(报送日)", Type::Day), latest);
    // Fields of an event at hand are not those of other subjects.
    let Core::Tally(tally) = number("sum(事故, cohort_max(人数))") else {
        panic!("a tally")
    };
    assert_eq!(tally.value, gathered(Scope::Cohort, Highest, fact("人数")));
    refused(
        Type::Number,
        &[
            (
                "rank(完成, \"up\")",
                10,
                "此处应为名次方向：\"ascending\"（小者居前）或 \"descending\"（大者居前）",
            ),
            ("cohort_mean(已制定)", 13, "此处应为数值，实际是条件"),
            ("below_count(完成)", 13, "此处应为条件，实际是数值"),
        ],
    );
}

#[test]
fn every_function_says_how_many_arguments_it_takes() {
    let inputs = inputs();
    for function in FUNCTIONS {
        assert!(
            crate::fact::RESERVED.contains(&function.name),
            "{} is reserved",
            function.name
        );
        let given = function.least.checked_sub(1).unwrap();
        let text = format!("{}({})", function.name, vec!["1"; given].join(", "));
        let error = try_with(&names(&inputs), &text, Type::Number).unwrap_err();
        let end = format!("，实际有 {given} 个；写法：{}", function.form);
        assert!(
            error.starts_with(&format!("表达式第 1 个字符：“{}”", function.name)),
            "{error}"
        );
        assert!(error.ends_with(&end), "{error}");
    }
    refused(
        Type::Number,
        &[
            ("1 + abs(1, 2)", 5, "“abs”应有 1 个参数，实际有 2 个；写法：abs(a)"),
            (
                "sum(事故)",
                1,
                "“sum”应有 2 至 3 个参数，实际有 1 个；写法：sum(events, value, filter)",
            ),
            ("max()", 1, "“max”至少应有 1 个参数，实际有 0 个；写法：max(a, b, …)"),
            ("max(1, 2", 9, "此处应为“)”"),
            ("abs 1", 5, "此处应为“(”"),
        ],
    );
}
