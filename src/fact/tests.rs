use super::*;
use crate::document::{Cursor, Problems, parse};
use crate::exact::{Exact, Interval};

pub(crate) fn declarations(text: &str) -> Vec<Declaration> {
    super::declarations(text.as_bytes()).unwrap()
}

fn admit(declarations: &[Declaration], facts: &Facts) -> crate::error::Result<Admission> {
    super::admit(&Inputs::new(declarations, &[]).list(), 2023, facts)
}

fn facts(text: &str) -> Facts {
    document(text, "")
}

fn document(text: &str, more: &str) -> Facts {
    let document =
        format!("{{\"kind\":\"facts\",\"format\":1,\"subject\":\"s\",\"scheme\":\"x\",\"facts\":{text}{more}}}");
    Facts::read(&parse(document.as_bytes()).unwrap()).unwrap()
}

const COUNT: &str = r#"[{"name":"次数","kind":"count","max":10,"supplier":"宣传部"}]"#;

#[test]
fn unknown_is_the_range_and_not_zero() {
    for (text, state, code) in [
        ("{}", State::Pending, "fact.pending"),
        (r#"{"次数":{"state":"unknown"}}"#, State::Unknown, "fact.unknown"),
    ] {
        let admission = admit(&declarations(COUNT), &facts(text)).unwrap();
        let fact = admission.get("次数").unwrap();
        assert_eq!(fact.state, state);
        assert_eq!(fact.held, Held::Number(Interval::between(0.into(), 10.into())));
        assert_eq!(admission.findings[0].code, code);
    }
    let admission = admit(&declarations(COUNT), &facts("{}")).unwrap();
    assert!(admission.findings[0].zh.contains("宣传部"));
}

#[test]
fn a_zero_needs_somebody_who_declares_it() {
    let insisting = COUNT.replace("\"max\"", "\"zero\":\"declared\",\"max\"");
    let bare = facts(r#"{"次数":0}"#);
    let taken = admit(&declarations(COUNT), &bare).unwrap();
    assert_eq!(taken.facts[0].state, State::ZeroUndeclared);
    assert_eq!(taken.facts[0].held, Held::Number(Interval::point(Exact::ZERO)));
    let refused = admit(&declarations(&insisting), &bare).unwrap();
    assert_eq!(refused.facts[0].state, State::Unknown);
    assert_eq!(refused.findings[0].code, "fact.zero_undeclared");
    let declared = admit(
        &declarations(&insisting),
        &facts(r#"{"次数":{"state":"zero","declared_by":"p1"}}"#),
    )
    .unwrap();
    assert_eq!(declared.facts[0].state, State::Zero);
    assert!(declared.findings.is_empty());
}

#[test]
fn all_errors_come_at_once_with_their_places() {
    let error = admit(&declarations(COUNT), &facts(r#"{"次":1,"次数":2.5,"x":true}"#)).unwrap_err();
    let found: Vec<_> = error
        .findings()
        .iter()
        .map(|f| (f.code, f.pointer.clone().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("fact.undeclared", "/facts/次".into()),
            ("fact.undeclared", "/facts/x".into()),
            ("fact.not_whole", "/facts/次数".into())
        ]
    );
}

/// `code pointer` of every finding.
fn told(findings: &[crate::error::Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|finding| format!("{} {}", finding.code, finding.pointer.as_deref().unwrap_or("")))
        .collect()
}

fn point(number: i64) -> Held {
    Held::Number(Interval::point(number.into()))
}

const POLL: &str = r#"[{"name":"测评","kind":"ballots","max":120,"words":["优秀","称职"]}]"#;

#[test]
fn ballots_are_counts_of_each_kind() {
    let inputs = Inputs::new(&declarations(POLL), &[]);
    for source in [Source::Issued, Source::Returned, Source::Valid] {
        inputs.derived(0, source).unwrap();
    }
    let votes = inputs.derived(0, Source::Votes("称职".into())).unwrap();
    assert_eq!(inputs.derived(0, Source::Votes("称职".into())), Some(votes));
    let given = facts(r#"{"测评":{"issued":100,"returned":98,"valid":95,"votes":{"优秀":60}}}"#);
    let admission = super::admit(&inputs.list(), 2023, &given).unwrap();
    let held: Vec<Held> = admission.facts.iter().skip(1).map(|fact| fact.held.clone()).collect();
    assert_eq!(held, [point(100), point(98), point(95), point(0)]);
    assert_eq!(admission.facts[votes].name, "测评（称职）");
    assert_eq!(
        admission.facts[0].shown(),
        "发出 100，收回 98，有效 95；优秀 60、称职 0"
    );
    assert!(admission.findings.is_empty());

    let unknown = super::admit(&inputs.list(), 2023, &facts("{}")).unwrap();
    let open = Held::Number(Interval::between(0.into(), 120.into()));
    assert!(
        unknown
            .facts
            .iter()
            .skip(1)
            .all(|fact| fact.held == open && fact.state == State::Pending)
    );
    assert_eq!(told(&unknown.findings), ["fact.pending /facts/测评"]);

    let none = facts(r#"{"测评":{"state":"not_applicable","reason":"未测评"}}"#);
    let none = super::admit(&inputs.list(), 2023, &none).unwrap();
    assert!(none.facts.iter().all(|fact| fact.held == Held::NotApplicable));
}

#[test]
fn ballots_that_do_not_add_up_are_refused() {
    for (given, expected) in [
        (r#"{"issued":121,"returned":9,"valid":9,"votes":{}}"#, "issued"),
        (r#"{"issued":90,"returned":91,"valid":9,"votes":{}}"#, "returned"),
        (r#"{"issued":90,"returned":80,"valid":81,"votes":{}}"#, "valid"),
        (
            r#"{"issued":90,"returned":80,"valid":80,"votes":{"优秀":50,"称职":31}}"#,
            "votes",
        ),
        (
            r#"{"issued":90,"returned":80,"valid":80,"votes":{"优异":50}}"#,
            "votes/优异",
        ),
    ] {
        let error = admit(&declarations(POLL), &facts(&format!("{{\"测评\":{given}}}"))).unwrap_err();
        assert_eq!(told(error.findings()), [format!("fact.ballots /facts/测评/{expected}")]);
    }
}

const DAY: &str = r#"[{"name":"报送日","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"}]"#;

#[test]
fn a_day_is_its_number_and_is_shown_as_a_day() {
    let known = admit(&declarations(DAY), &facts(r#"{"报送日":"2023-03-31"}"#)).unwrap();
    assert_eq!(known.facts[0].held, point(738_610));
    assert_eq!(known.facts[0].shown(), "2023年3月31日");
    let open = admit(&declarations(DAY), &facts("{}")).unwrap();
    assert_eq!(open.facts[0].shown(), "2023年1月1日 至 2023年12月31日");
    let error = admit(&declarations(DAY), &facts(r#"{"报送日":"2024-01-01"}"#)).unwrap_err();
    assert_eq!(told(error.findings()), ["fact.out_of_range /facts/报送日"]);
    assert!(
        error.findings()[0]
            .zh
            .contains("2024年1月1日，超出声明的范围 2023年1月1日 至 2023年12月31日")
    );
    let error = admit(&declarations(DAY), &facts(r#"{"报送日":"三月"}"#)).unwrap_err();
    assert_eq!(told(error.findings()), ["fact.wrong_kind /facts/报送日"]);
}

#[test]
fn what_is_judged_says_who_and_why() {
    let judged = declarations(r#"[{"name":"评价","kind":"number","min":0,"max":10,"judged":true}]"#);
    let given = facts(r#"{"评价":{"state":"judged","value":0,"by":"考核组","reason":"未开展"}}"#);
    let admission = admit(&judged, &given).unwrap();
    assert_eq!(admission.facts[0].held, point(0));
    assert_eq!(admission.facts[0].state, State::Judged);
    let who = admission.facts[0].judged.clone().unwrap();
    assert_eq!((who.by.as_str(), who.reason.as_str()), ("考核组", "未开展"));
    assert!(admission.findings.is_empty());
    for bare in [
        "6",
        r#"{"state":"zero","declared_by":"岗位"}"#,
        r#"{"state":"at_least","value":3}"#,
    ] {
        let error = admit(&judged, &facts(&format!("{{\"评价\":{bare}}}"))).unwrap_err();
        assert_eq!(told(error.findings()), ["fact.not_judged /facts/评价"]);
    }
    let outside = facts(r#"{"评价":{"state":"judged","value":11,"by":"考核组","reason":"好"}}"#);
    let error = admit(&judged, &outside).unwrap_err();
    assert_eq!(told(error.findings()), ["fact.out_of_range /facts/评价"]);
    assert_eq!(admit(&judged, &facts("{}")).unwrap().facts[0].state, State::Pending);
}

#[test]
fn earlier_years_and_targets_are_unknown_until_given() {
    let insisting = COUNT.replace("\"max\"", "\"zero\":\"declared\",\"max\"");
    let inputs = Inputs::new(&declarations(&insisting), &[]);
    let last = inputs.derived(0, Source::Last(1)).unwrap();
    let before = inputs.derived(0, Source::Last(2)).unwrap();
    let target = inputs.derived(0, Source::Target).unwrap();
    let given = r#","history":{"2022":{"次数":0},"2021":{"别的":1}},"targets":{"次数":8}"#;
    let admission = super::admit(&inputs.list(), 2023, &document(r#"{"次数":3}"#, given)).unwrap();
    assert_eq!(admission.facts[last].held, point(0));
    assert_eq!(admission.facts[target].held, point(8));
    assert_eq!(admission.facts[before].state, State::Unknown);
    assert_eq!(told(&admission.findings), ["fact.no_history /history/2021/次数"]);

    let bare = super::admit(&inputs.list(), 2023, &facts(r#"{"次数":3}"#)).unwrap();
    let expected = [
        "fact.no_history /history/2022/次数",
        "fact.no_history /history/2021/次数",
        "fact.no_target /targets/次数",
    ];
    assert_eq!(told(&bare.findings), expected);

    let wrong = r#","history":{"2022":{"次数":11}},"targets":{"次数":"多"}"#;
    let error = super::admit(&inputs.list(), 2023, &document(r#"{"次数":3}"#, wrong)).unwrap_err();
    let expected = ["fact.out_of_range /history/2022/次数", "fact.wrong_kind /targets/次数"];
    assert_eq!(told(error.findings()), expected);
}

#[test]
fn a_year_of_the_history_is_a_year() {
    let text = r#"{"kind":"facts","format":1,"subject":"s","scheme":"x","facts":{},"history":{"去年":{}}}"#;
    let error = Facts::read(&parse(text.as_bytes()).unwrap()).unwrap_err();
    assert_eq!(told(error.findings()), ["fact.no_year /history/去年"]);
}

#[test]
fn a_class_is_one_of_the_schemes() {
    let inputs = Inputs::new(&declarations(COUNT), &["镇".into(), "街道".into()]);
    let class = inputs.class().unwrap();
    let given = document(r#"{"次数":3}"#, r#","class":"街道","cohort":"甲组","parent":"县""#);
    assert_eq!(
        (given.cohort.as_deref(), given.parent.as_deref()),
        (Some("甲组"), Some("县"))
    );
    let admission = super::admit(&inputs.list(), 2023, &given).unwrap();
    assert_eq!(admission.facts[class].held, Held::Word(Some("街道".into())));
    for (more, says) in [(r#","class":"村""#, "没有对象类别“村”"), ("", "没有写明对象类别 class")] {
        let error = super::admit(&inputs.list(), 2023, &document(r#"{"次数":3}"#, more)).unwrap_err();
        assert_eq!(told(error.findings()), ["fact.class /class"]);
        assert_eq!(error.findings()[0].zh, format!("{says}，应为：镇、街道"));
    }
}

#[test]
fn fields_may_be_truths_and_days_within_bounds() {
    let declared = declarations(
        r#"[{"name":"事故","kind":"events","max":9,"fields":[{"name":"瞒报","kind":"yes_no"},
        {"name":"日期","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"}]}]"#,
    );
    let given = facts(r#"{"事故":{"complete":true,"events":[{"瞒报":true,"日期":"2023-05-04"}]}}"#);
    let Held::Events(events) = admit(&declared, &given).unwrap().facts[0].held.clone() else {
        panic!("events")
    };
    let day = crate::calendar::Date::from_iso("2023-05-04").unwrap();
    assert_eq!(
        events.list[0].fields,
        [Some(Scalar::Truth(true)), Some(Scalar::Day(day))]
    );
    let wrong = facts(r#"{"事故":{"complete":true,"events":[{"瞒报":1,"日期":"2022-05-04"}]}}"#);
    let error = admit(&declared, &wrong).unwrap_err();
    let expected = [
        "fact.wrong_kind /facts/事故/events/0/瞒报",
        "fact.out_of_range /facts/事故/events/0/日期",
    ];
    assert_eq!(told(error.findings()), expected);
}

#[test]
fn declarations_say_what_belongs_to_their_kind() {
    for (declaration, expected) in [
        (r#"{"name":"甲","kind":"ballots","max":9}"#, "fact.words /0/words"),
        (
            r#"{"name":"甲","kind":"ballots","words":["好"]}"#,
            "fact.range_missing /0/max",
        ),
        (
            r#"{"name":"甲","kind":"count","max":9,"places":2}"#,
            "fact.places /0/places",
        ),
        (
            r#"{"name":"甲","kind":"number","min":0,"max":9,"places":19}"#,
            "fact.places /0/places",
        ),
        (
            r#"{"name":"甲","kind":"events","max":9,"judged":true}"#,
            "fact.judged /0/judged",
        ),
        (
            r#"{"name":"甲","kind":"count","max":9,"earliest":"2023-01-01"}"#,
            "fact.days /0/earliest",
        ),
        (
            r#"{"name":"甲","kind":"date","earliest":"2023-02-01","latest":"2023-01-01"}"#,
            "fact.range_empty /0/latest",
        ),
        (
            r#"{"name":"甲","kind":"choice","words":["好","好"]}"#,
            "fact.duplicate_word /0/words/1",
        ),
        (r#"{"name":"rank","kind":"count","max":9}"#, "fact.bad_name /0/name"),
    ] {
        let value = parse(format!("[{declaration}]").as_bytes()).unwrap();
        let problems = Problems::new();
        assert_eq!(read_declarations(&Cursor::root(&value, &problems)), None);
        assert_eq!(told(&problems.into_findings()), [expected]);
    }
}
