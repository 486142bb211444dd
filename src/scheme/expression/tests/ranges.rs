use super::*;

#[test]
fn declared_ranges_bound_expressions() {
    for (text, low, high) in [
        ("完成", Some(0), Some(100)),
        ("完成 - 目标", Some(-100), Some(100)),
        ("-人数 * 2", Some(-100), Some(-4)),
        ("完成 / 人数", Some(0), Some(50)),
        ("min(完成, 5)", Some(0), Some(5)),
        ("max(完成, 5)", Some(5), Some(100)),
        ("abs(完成 - 30)", Some(0), Some(70)),
        ("round(人数 / 4, 0, \"up\")", Some(1), Some(13)),
        ("root(人数, 2, 0, \"down\")", Some(1), Some(50)),
        ("已制定 ? 3 : 人数", Some(2), Some(50)),
        ("完成 > 60 ? 60 : 完成", Some(0), Some(60)),
        ("完成 < 20 ? 20 : 完成", Some(20), Some(100)),
        ("报送日 - date(\"2023-01-01\")", Some(0), Some(364)),
        ("workdays(date(\"2022-12-31\"), 报送日)", Some(0), Some(365)),
        ("count(事故)", Some(0), Some(10)),
        ("sum(事故, 人数)", Some(0), Some(30)),
        ("sum(事故, -死亡人数)", Some(-90), Some(0)),
        ("sum(事故, 死亡人数, 死亡人数 < 3)", Some(0), Some(30)),
        ("mean(事故, 人数, 5)", Some(1), Some(5)),
        ("highest(事故, 人数, 0)", Some(0), Some(3)),
        ("distinct(事故, 事项)", Some(0), Some(10)),
        ("distinct(事故, 级别)", Some(0), Some(2)),
        ("votes(测评, \"优秀\")", Some(0), Some(120)),
        ("last(完成)", Some(0), Some(100)),
        ("cohort_mean(人数)", Some(2), Some(50)),
        ("cohort_count(已制定)", Some(0), None),
        ("rank(完成)", Some(1), None),
        ("result(\"年度\", 120)", Some(0), Some(120)),
        ("item(\"1\")", None, None),
        ("total", None, None),
    ] {
        let inputs = inputs();
        let core = try_with(&names(&inputs), text, Type::Number).unwrap();
        let expected = Interval {
            low: low.map(Exact::from),
            high: high.map(Exact::from),
        };
        assert_eq!(bounds(&core, &names(&inputs)), expected, "{text}");
    }
}

#[test]
fn bounds_of_what_rule_kinds_build() {
    let inputs = inputs();
    let events = inputs.named("事故").unwrap();
    let per_month = |cap: i64| {
        Core::Tally(Box::new(Tally {
            fact: events,
            filter: Core::Truth(true),
            value: Core::Field(7),
            group: Some(Group {
                key: Key::Month(3),
                within: Within::Capped(whole(cap)),
            }),
            how: Together::Sum,
        }))
    };
    assert_eq!(
        bounds(&per_month(2), &names(&inputs)),
        Interval::between(0.into(), 20.into())
    );
    assert_eq!(
        bounds(&per_month(50), &names(&inputs)),
        Interval::between(0.into(), 30.into())
    );
    let ladder = Core::Ladder(Box::new(Ladder {
        place: whole(1),
        width: whole(1),
        points: vec![whole(10), whole(8)],
        beyond: Core::ZERO,
    }));
    assert_eq!(bounds(&ladder, &names(&inputs)), Interval::between(0.into(), 10.into()));
    let expiring = Core::Expiring(Box::new(Expiring {
        fact: events,
        date: 3,
        level: 0,
        levels: vec![("一般".into(), 2.into(), 6), ("重大".into(), 5.into(), 12)],
        on: fact("报送日"),
        repeat: whole(2),
    }));
    assert_eq!(
        bounds(&expiring, &names(&inputs)),
        Interval::between(0.into(), 100.into())
    );
    assert_eq!(bounds(&Core::Cell(0), &names(&inputs)), Interval::ALL);
}

#[test]
fn whole_numbers_are_known_to_be_whole() {
    for (text, expected) in [
        ("会议次数 * 2 - 1", true),
        ("会议次数 / 2", false),
        ("完成", false),
        ("0.5", false),
        ("round(完成, 0, \"down\")", true),
        ("round(完成, -1, \"down\")", true),
        ("round(完成, 1, \"down\")", false),
        ("abs(-会议次数)", true),
        ("已制定 ? 会议次数 : 2", true),
        ("已制定 ? 会议次数 : 2.5", false),
        ("报送日 - date(\"2023-01-01\")", true),
        ("workdays(报送日, 报送日 + 9)", true),
        ("count(事故, 死亡人数 > 1)", true),
        ("sum(事故, 死亡人数)", false),
        ("sum(事故, 级别 == \"重大\" ? 2 : 1)", true),
        ("distinct(事故, 事项)", true),
        ("mean(事故, 1, 1)", false),
        ("rank(完成)", true),
        ("cohort_count(已制定)", true),
        ("cohort_max(会议次数)", true),
        ("cohort_mean(会议次数)", false),
        ("last(会议次数)", true),
        ("issued(测评)", true),
        ("item(\"1\")", false),
    ] {
        let inputs = inputs();
        let core = try_with(&names(&inputs), text, Type::Number).unwrap();
        assert_eq!(is_whole(&core, &names(&inputs)), expected, "{text}");
    }
}
