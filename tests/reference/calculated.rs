//! The oracle against examples that were calculated by hand from the formulas of the reference, at least one a kind.

use std::collections::BTreeMap;

use zeren::document::{Value, parse};

use super::{Fraction, Outcome, Scheme, Subject, score};

const FACTS: &str = r#"[
 {"name":"值","kind":"number","min":-100,"max":100},{"name":"次","kind":"number","min":-9,"max":9},
 {"name":"是","kind":"yes_no"},{"name":"词","kind":"choice","words":["优","良","差"]},
 {"name":"限","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},
 {"name":"交","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},
 {"name":"事","kind":"events","max":9,"fields":[{"name":"级","kind":"choice","words":["上","下"]},{"name":"题","kind":"matter"},
   {"name":"日","kind":"date","earliest":"2023-01-01","latest":"2023-12-31"},{"name":"数","kind":"number","min":0,"max":10}]},
 {"name":"票","kind":"ballots","max":20,"words":["优","良","差"]}]"#;

/// A scheme with these members over the facts above; a member given again replaces the plain one.
fn scheme(members: &str) -> Scheme {
    let text = format!(
        r#"{{"id":"s","year":2023,"facts":{FACTS},"not_applicable":"renormalise",
        "calendar":[{{"holidays":["2023-10-02","2023-10-03","2023-10-04","2023-10-05","2023-10-06"],"workdays":["2023-10-07","2023-10-08"]}}],
        {members}}}"#
    );
    Scheme::read(parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}")))
}

/// Scores subjects, each given by its facts and, before a `|`, further members of its document.
fn scored(scheme: &Scheme, subjects: &[&str]) -> Vec<Outcome> {
    let subject = |(place, text): (usize, &&str)| {
        let (members, facts) = text.split_once('|').unwrap_or(("", text));
        let text = format!(r#"{{"subject":"s{place}",{members}"facts":{{{facts}}}}}"#);
        let document: Value = parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let results = BTreeMap::from([("他".to_owned(), (Fraction::whole(130), "劣".to_owned()))]);
        Subject::read(scheme, &document, results)
    };
    score(scheme, subjects.iter().enumerate().map(subject).collect())
}

/// The points of one item of ten points under this rule, for each of the subjects.
fn points(rule: &str, subjects: &[&str]) -> String {
    let items = format!(r#""items":[{{"id":"1","points":10,"rule":{{{rule}}}}}]"#);
    let outcomes = scored(&scheme(&items), subjects);
    let points = outcomes.iter().map(|outcome| match outcome.applying.contains("1") {
        true => outcome.points["1"].to_string(),
        false => "不适用".to_owned(),
    });
    points.collect::<Vec<_>>().join(" ")
}

#[test]
fn every_kind_by_hand() {
    let cases: &[(&str, &[&str], &str)] = &[
        (
            r#""kind":"all_or_nothing","when":"是","fail":2"#,
            &[r#""是":true"#, r#""是":false"#],
            "10 2",
        ),
        // 10 × 3 / 4; more than all is all, less than none is none.
        (
            r#""kind":"checklist","done":"值","of":4"#,
            &[r#""值":3"#, r#""值":7"#, r#""值":-1"#],
            "15/2 10 0",
        ),
        (
            r#""kind":"checklist","parts":[{"when":"是","points":4},{"when":"值 > 2","points":6}]"#,
            &[r#""是":true,"值":2"#, r#""是":true,"值":3"#],
            "4 10",
        ),
        // 10 × 60 / 80; 10 × 90 / 80 is over full.
        (
            r#""kind":"ratio","value":"值","target":80,"over_full":"lost""#,
            &[r#""值":60"#, r#""值":90"#],
            "15/2 10",
        ),
        (
            r#""kind":"ratio","value":"值","target":80,"over_full":"carried","at_most":11"#,
            &[r#""值":84"#, r#""值":90"#],
            "21/2 11",
        ),
        // Below six tenths the cliff; at six tenths not.
        (
            r#""kind":"ratio","value":"值","target":80,"over_full":"lost","cliff":{"under":0.6,"gives":1}"#,
            &[r#""值":48"#, r#""值":47"#],
            "6 1",
        ),
        (
            r#""kind":"ratio","value":"值","target":3,"lower_is_better":true,"over_full":"lost""#,
            &[r#""值":4"#],
            "15/2",
        ),
        (
            r#""kind":"bands","value":"值","bands":[{"from":90,"points":10},{"above":60,"below":90,"points":6},{"to":60,"points":0}]"#,
            &[r#""值":90"#, r#""值":"89.99""#, r#""值":60"#],
            "10 6 0",
        ),
        (
            r#""kind":"bands","value":"值","bands":[{"from":60,"least":6,"most":8,"given":"次"}],"otherwise":1"#,
            &[r#""值":60,"次":9"#, r#""值":60,"次":7"#, r#""值":59,"次":7"#],
            "8 7 1",
        ),
        (
            r#""kind":"choice","value":"词","points":{"优":10,"良":"1/3","差":0}"#,
            &[r#""词":"良""#],
            "1/3",
        ),
        // Between (2, 0) and (5, 6): 4 lies two thirds of the way.
        (
            r#""kind":"interpolate","value":"值","nodes":[{"at":2,"points":1},{"at":5,"points":7}],"outside":"zero""#,
            &[r#""值":4"#, r#""值":1"#, r#""值":9"#, r#""值":2"#],
            "5 0 7 1",
        ),
        // 5 + 2 × 1 + 3 × 0.5; below 5 − 2 × 1 − 1 × 0.5.
        (
            r#""kind":"slope","value":"值","base":5,"brackets":[{"to":2,"rate":1},{"rate":0.5}],"below":"mirror","floor":0,"cap":"none""#,
            &[r#""值":5"#, r#""值":-3"#, r#""值":-60"#, r#""值":0"#],
            "17/2 5/2 0 5",
        ),
        // 12 over 10 is 20%: two steps of 10% at 1.5; 9 is 10% under: one step of 0.5, 8.9 still one.
        (
            r#""kind":"steps","value":"值","target":10,"measure":"percent","base":6,"over":{"every":10,"each":1.5,"parts":"whole","cap":4},
            "under":{"every":10,"each":0.5,"parts":"whole","cap":"none"},"floor":"none","cap":"none""#,
            &[r#""值":12"#, r#""值":9"#, r#""值":"8.9""#, r#""值":20"#],
            "9 11/2 11/2 10",
        ),
        // From 3 over: the step at 3 itself counts, then each 2.
        (
            r#""kind":"steps","value":"值","target":0,"measure":"difference","over":{"every":2,"each":1,"parts":"whole","cap":"none","starts":3,"first":true},
            "under":{"gives":4},"floor":"none","cap":"none""#,
            &[r#""值":2"#, r#""值":3"#, r#""值":5"#, r#""值":-1"#],
            "10 11 12 4",
        ),
        (
            r#""kind":"gap","value":"值","target":80,"better":"higher","every":2,"each":1,"parts":"whole","floor":0"#,
            &[r#""值":75"#, r#""值":85"#, r#""值":0"#],
            "8 10 0",
        ),
        // 3 × 2 and at most 3; below nought counts as none.
        (
            r#""kind":"deduct","floor":0,"channels":[{"count":"次","each":2,"cap":5},{"when":"是","each":1.5}]"#,
            &[r#""次":2,"是":true"#, r#""次":3,"是":false"#, r#""次":-4,"是":false"#],
            "9/2 5 10",
        ),
        // 1 + 2 + 2, doubled.
        (
            r#""kind":"deduct","floor":"none","channels":[{"count":"次","escalate":[1,2],"times":2}]"#,
            &[r#""次":3"#],
            "0",
        ),
        (
            r#""kind":"late","due":"限","done":"交","days":"calendar","grace":1,"each":2,"floor":0"#,
            &[
                r#""限":"2023-03-31","交":"2023-03-31""#,
                r#""限":"2023-03-31","交":"2023-04-03""#,
            ],
            "10 6",
        ),
        // After Thursday 28 September: Friday 29, then 7 and 8 October made up.
        (
            r#""kind":"late","due":"限","done":"交","days":"working","each":1,"floor":0"#,
            &[
                r#""限":"2023-09-28","交":"2023-10-08""#,
                r#""限":"2023-09-28","交":"2023-10-01""#,
            ],
            "7 9",
        ),
        (
            r#""kind":"late","due":"限","done":"交","days":"calendar","all":true"#,
            &[r#""限":"2023-03-31","交":"2023-04-01""#],
            "0",
        ),
        // 1 + 4 × 2.5 and at most P.
        (
            r#""kind":"earn","start":1,"channels":[{"count":"次","each":2.5,"whole":true}]"#,
            &[r#""次":"3.9""#, r#""次":4"#],
            "17/2 10",
        ),
        // Of matter 一 the event of 3 + 0.5, of 二 that of 1.
        (
            r#""kind":"award","events":"事","level":"级","levels":{"上":3,"下":1},"extra":[{"where":"数 > 5","points":0.5}],"matter":"题","same_matter":"highest""#,
            &[
                r#""事":{"events":[{"级":"上","题":"一","数":6,"日":"2023-01-01"},{"级":"上","题":"一","数":5,"日":"2023-01-01"},
                {"级":"下","题":"二","数":5,"日":"2023-01-01"}],"complete":true}"#,
            ],
            "9/2",
        ),
        // March 3 + 1 at most 3, April 1.
        (
            r#""kind":"award","events":"事","level":"级","levels":{"上":3,"下":1},"same_matter":"stacked","per_period":{"date":"日","period":"month","cap":3}"#,
            &[
                r#""事":{"events":[{"级":"上","题":"一","数":0,"日":"2023-03-01"},{"级":"下","题":"一","数":0,"日":"2023-03-31"},
                {"级":"下","题":"一","数":0,"日":"2023-04-01"}],"complete":true}"#,
            ],
            "4",
        ),
        (
            r#""kind":"rank","value":"值","order":"descending","points":[10,8,6],"beyond":1,"ties":"shared""#,
            &[r#""值":5"#, r#""值":7"#, r#""值":5"#, r#""值":1"#],
            "8 10 8 1",
        ),
        (
            r#""kind":"rank","value":"值","order":"ascending","points":[10,8,5],"ties":"mean""#,
            &[r#""值":5"#, r#""值":1"#, r#""值":5"#],
            "13/2 10 13/2",
        ),
        (
            r#""kind":"rank","value":"值","order":"descending","from_last":[0,2],"beyond":9,"ties":"broken","then":"次""#,
            &[r#""值":5,"次":1"#, r#""值":5,"次":2"#, r#""值":8,"次":0"#],
            "0 2 9",
        ),
        (
            r#""kind":"rank","value":"值","order":"descending","points":[10],"ties":"void""#,
            &[r#""值":5"#, r#""值":5"#],
            "不适用 不适用",
        ),
        (
            r#""kind":"rank","value":"值","order":"descending","first":10,"step":4,"at_least":3,"ties":"shared","when":"是","otherwise":1"#,
            &[
                r#""值":9,"是":false"#,
                r#""值":7,"是":true"#,
                r#""值":6,"是":true"#,
                r#""值":5,"是":true"#,
            ],
            "1 10 6 3",
        ),
        (
            r#""kind":"benchmark","value":"值","against":"best","over_full":"lost""#,
            &[r#""值":6"#, r#""值":8"#],
            "15/2 10",
        ),
        (
            r#""kind":"benchmark","value":"值","against":"mean","over_full":"carried""#,
            &[r#""值":6"#, r#""值":10"#],
            "15/2 25/2",
        ),
        // 6 + (10 − 6) × (4 − 2) / (10 − 2)
        (
            r#""kind":"minmax","value":"值","worst":"cohort","best":"cohort","base":6,"equal":8"#,
            &[r#""值":2"#, r#""值":4"#, r#""值":10"#],
            "6 7 10",
        ),
        (
            r#""kind":"minmax","value":"值","worst":"cohort","best":"cohort","base":6,"equal":8"#,
            &[r#""值":2"#],
            "8",
        ),
        // 2, 6, 9, 10 without 2 and 10: 7.5 of 10.
        (
            r#""kind":"panel","events":"事","score":"数","out_of":10,"trim":{"highest":1,"lowest":1,"from":3},"none":0"#,
            &[
                r#""事":{"events":[{"数":6},{"数":2},{"数":10},{"数":9}],"complete":true}"#,
                r#""事":{"events":[{"数":6},{"数":2}],"complete":true}"#,
            ],
            "15/2 4",
        ),
        // 0.6 × 9 + 0.4 × 6 = 7.8; without the second class 0.6 × 9, or 9.
        (
            r#""kind":"panel","events":"事","score":"数","out_of":10,"class":"级","weights":{"上":0.6,"下":0.4},"absent":"zero","none":0"#,
            &[
                r#""事":{"events":[{"级":"上","数":8},{"级":"上","数":10},{"级":"下","数":6}],"complete":true}"#,
                r#""事":{"events":[{"级":"上","数":9}],"complete":true}"#,
            ],
            "39/5 27/5",
        ),
        (
            r#""kind":"panel","events":"事","score":"数","out_of":10,"class":"级","weights":{"上":0.6,"下":0.4},"absent":"renormalise","none":3"#,
            &[
                r#""事":{"events":[{"级":"上","数":9}],"complete":true}"#,
                r#""事":{"state":"zero","declared_by":"岗"}"#,
            ],
            "9 3",
        ),
        // (60 + 0.5 × 20) / 100 of the returned; 7 of 10 returned are below the quorum.
        (
            r#""kind":"vote","ballots":"票","weights":{"优":1,"良":0.5,"差":0},"out_of":1,"denominator":"returned","quorum":0.8,"void":2"#,
            &[
                r#""票":{"issued":20,"returned":20,"valid":18,"votes":{"优":12,"良":4,"差":2}}"#,
                r#""票":{"issued":10,"returned":7,"valid":7,"votes":{"优":7}}"#,
            ],
            "7 2",
        ),
        (
            r#""kind":"discretion","given":"次","least":1,"most":3,"direction":"deduct""#,
            &[r#""次":2"#, r#""次":0"#, r#""次":9"#],
            "8 9 7",
        ),
        (
            r#""kind":"by_hand","given":"值","out_of":80"#,
            &[r#""值":60"#, r#""值":90"#, r#""值":-9"#],
            "15/2 10 0",
        ),
        (
            r#""kind":"decision","rows":[{"when":"值 > 9","points":10},{"when":"是","points":5}],"otherwise":1"#,
            &[r#""值":10,"是":true"#, r#""值":9,"是":true"#, r#""值":9,"是":false"#],
            "10 5 1",
        ),
        (
            r#""kind":"better_of","choose":"higher","options":[{"title":"优","kind":"by_hand","given":"值","out_of":10},{"title":"良","kind":"all_or_nothing","when":"是","pass":4}]"#,
            &[r#""值":3,"是":true"#, r#""值":6,"是":true"#],
            "4 6",
        ),
        // Below s0: 4 and 6; s1 has nobody below.
        (
            r#""kind":"subordinates","value":"值","combine":"mean","out_of":8"#,
            &[r#""值":0"#, r#""parent":"s0",|"值":4"#, r#""parent":"s0",|"值":6"#],
            "25/4 不适用 不适用",
        ),
        (
            r#""kind":"subordinates","value":"值","combine":"weighted","weight":"次","out_of":10"#,
            &[
                r#""值":0,"次":0"#,
                r#""parent":"s0",|"值":4,"次":1"#,
                r#""parent":"s0",|"值":8,"次":3"#,
            ],
            "7 不适用 不适用",
        ),
        // 10 − 4 − 6 / 3
        (
            r#""kind":"joint","events":"事","each":"数","share":"1/3","direct":"级 == \"上\"","floor":0"#,
            &[r#""事":{"events":[{"级":"上","数":4},{"级":"下","数":6}],"complete":true}"#],
            "4",
        ),
        // On 1 July: that of 1 January is in force until then, that day excluded; that of 30 June is, and falls within the
        // force of the first.
        (
            r#""kind":"expiring","events":"事","level":"级","levels":{"上":{"points":3,"months":6},"下":{"points":1,"months":1}},"date":"日",
            "on":"date(\"2023-07-01\")","repeat_times":2,"floor":0"#,
            &[r#""事":{"events":[{"级":"上","日":"2023-01-01"},{"级":"下","日":"2023-06-30"}],"complete":true}"#],
            "8",
        ),
        (
            r#""kind":"included","scheme":"他","out_of":100,"over_full":"lost""#,
            &[""],
            "10",
        ),
        (
            r#""kind":"included","scheme":"他","out_of":100,"over_full":"carried""#,
            &[""],
            "13",
        ),
        (r#""kind":"included","scheme":"他","grade_points":{"好":7}"#, &[""], "0"),
        (
            r#""kind":"formula","value":"值 * 2","floor":0,"cap":8"#,
            &[r#""值":3"#, r#""值":5"#, r#""值":-5"#],
            "6 8 0",
        ),
    ];
    for (rule, subjects, expected) in cases {
        assert_eq!(points(rule, subjects), *expected, "{rule}");
    }
    for kind in super::generator::KINDS {
        let named = format!("\"kind\":\"{kind}\"");
        assert!(
            cases.iter().any(|(rule, ..)| rule.contains(&named)),
            "no example of {kind}"
        );
    }
}

#[test]
fn expressions_by_hand() {
    let events = r#""事":{"events":[{"级":"上","题":"一","日":"2023-03-01","数":4},{"级":"下","题":"一","日":"2023-09-01","数":7}],"complete":true}"#;
    let facts = format!(
        r#""history":{{"2022":{{"值":3}},"2021":{{"值":5}}}},"targets":{{"值":8}},|"值":6,"次":-2,"限":"2023-01-31","交":"2023-03-02",{events}"#
    );
    for (expression, expected) in [
        ("2 + 3 * 4 - 10 / 4", "23/2"),
        ("-值 + (次 < 0 && !(值 == 6) ? 1 : 2)", "-4"),
        (
            "round(2.5, 0, \\\"half_even\\\") + round(-2.5, 0, \\\"half_up\\\") + round(0.21, 1, \\\"up\\\")",
            "-7/10",
        ),
        (
            "root(2, 2, 2, \\\"half_up\\\") + root(27, 3, 0, \\\"down\\\") + root(2, 2, 1, \\\"up\\\")",
            "591/100",
        ),
        ("交 - 限", "30"),
        ("months_after(限, 1) - date(\\\"2023-02-28\\\")", "0"),
        ("workdays(date(\\\"2023-09-29\\\"), date(\\\"2023-10-09\\\"))", "3"),
        ("last(值) + 10 * last(值, 2) + target(值)", "61"),
        ("count(事) + count(事, 日 <= date(\\\"2023-06-30\\\"))", "3"),
        (
            "sum(事, 数 * 2, 级 == \\\"下\\\") + mean(事, 数, 9) + mean(事, 数, 数 > 8, 9)",
            "57/2",
        ),
        (
            "highest(事, 数, 0) - lowest(事, 数, 0) + distinct(事, 题) + distinct(事, 级, 数 > 5)",
            "5",
        ),
        ("any(事, 数 == 4) ? min(1, 2, -3) : max(1, 2)", "-3"),
    ] {
        let rule = format!(r#""kind":"formula","value":"{expression}","floor":"none","cap":"none""#);
        assert_eq!(points(&rule, &[&facts]), expected, "{expression}");
    }
    let over_others = r#""kind":"formula","value":"cohort_max(值) * 100 + rank(值) * 10 + below_count(是)","floor":"none","cap":"none""#;
    let subjects = [
        r#""值":1,"是":true"#,
        r#""parent":"s0",|"值":3,"是":true"#,
        r#""parent":"s0","cohort":"二",|"值":9,"是":true"#,
    ];
    assert_eq!(points(over_others, &subjects), "322 310 910");
}

#[test]
fn what_does_not_apply_by_hand() {
    let absent = r#""值":{"state":"not_applicable","reason":"无"},"是":true,"次":2"#;
    for (expression, expected) in [
        ("值", "不适用"),
        // The branch is read, whatever is true.
        ("是 ? 次 : 值", "不适用"),
        ("applicable(值) ? 值 : 次", "2"),
        ("是 && applicable(值) ? 值 : 次", "2"),
        ("cohort_sum(值) + 1", "1"),
        ("cohort_max(值)", "不适用"),
    ] {
        let rule = format!(r#""kind":"formula","value":"{expression}","floor":"none","cap":"none""#);
        assert_eq!(points(&rule, &[absent]), expected, "{expression}");
    }
    // 6 of 10 from the item that applies; the other, of 5, full, nothing, at the same rate, or carried by the first.
    for (mode, total) in [("full", "11"), ("zero", "6"), ("mean", "9"), ("renormalise", "9")] {
        let members = format!(
            r#""not_applicable":"{mode}","items":[{{"id":"1","points":10,"rule":{{"kind":"formula","value":"6","floor":0,"cap":10}}}},
            {{"id":"2","points":5,"rule":{{"kind":"by_hand","given":"值","out_of":1}}}}]"#
        );
        let text = format!(r#"{{"id":"s","year":2023,"facts":{FACTS},{members}}}"#);
        let scheme = Scheme::read(parse(text.as_bytes()).unwrap());
        assert_eq!(scored(&scheme, &[absent])[0].total.to_string(), total, "{mode}");
    }
}

/// Items `a` and `b` of ten points each, worth what the facts 值 and 次 say.
const TWO: &str = r#"{"id":"a","points":10,"weight":0.6,"rule":{"kind":"formula","value":"值","floor":"none","cap":"none"}},
    {"id":"b","points":10,"weight":0.4,"rule":{"kind":"formula","value":"次","floor":"none","cap":"none"}}"#;

fn total(members: &str, facts: &str) -> String {
    scored(&scheme(members), &[facts])[0].total.to_string()
}

#[test]
fn the_order_of_application_by_hand() {
    let facts = r#""值":8,"次":3,"是":true"#;
    for (group, expected) in [
        (r#""combine":"sum""#, "11"),
        (r#""combine":"mean""#, "11/2"),
        (r#""combine":"weighted""#, "6"),
        (r#""combine":"lowest""#, "3"),
        (r#""combine":"highest","cap":7"#, "7"),
        (r#""zero_when":"是","floor":2"#, "2"),
        // At most 9, then half of it, then of 3 into 4.
        (
            r#""gates":[{"when":"是","at_most":9}],"coefficient":0.5,"convert":{"from":3,"to":4}"#,
            "6",
        ),
    ] {
        assert_eq!(
            total(&format!(r#""items":[{{"id":"g","items":[{TWO}],{group}}}]"#), facts),
            expected,
            "{group}"
        );
    }
    let bonus =
        r#""bonus":{"cap":2,"items":[{"id":"c","points":5,"rule":{"kind":"formula","value":"值","floor":0,"cap":5}}]}"#;
    let penalties = r#""penalties":{"cap":"none","items":[{"id":"d","points":5,"rule":{"kind":"formula","value":"值 / 16","floor":0,"cap":5}}]}"#;
    // 11 + 2 − 0.5
    assert_eq!(total(&format!(r#""items":[{TWO}],{bonus},{penalties}"#), facts), "25/2");
    for (rest, expected) in [
        (r#""rounding":{"when":"total","place":0,"mode":"half_even"}"#, "12"),
        (r#""rounding":{"when":"item","place":0,"mode":"half_even"}"#, "13"),
        (r#""total":{"floor":0,"cap":12.25}"#, "49/4"),
        (
            r#""vetoes":[{"id":"v","when":"是","score_at_most":4},{"id":"w","when":"值 > 8","score_zero":true}]"#,
            "4",
        ),
        (
            r#""vetoes":[{"id":"v","when":"是","score_at_most":4},{"id":"w","when":"是","score_zero":true}],"total":{"floor":1,"cap":9}"#,
            "1",
        ),
    ] {
        assert_eq!(
            total(&format!(r#""items":[{TWO}],{bonus},{penalties},{rest}"#), facts),
            expected,
            "{rest}"
        );
    }
}

#[test]
fn ranks_grades_and_quotas_by_hand() {
    let grades =
        r#""grades":{"compare":"full","bands":[{"grade":"优","from":9},{"grade":"良","from":6},{"grade":"差"}]}"#;
    let subjects = [
        r#""值":9,"次":"0.5","是":false"#,
        r#""值":9,"次":0,"是":true"#,
        r#""值":8,"次":"0.96","是":false"#,
        r#""值":9,"次":"0.5","是":true"#,
    ];
    let outcome = |rest: &str| {
        let members =
            format!(r#""items":[{TWO}],"rounding":{{"when":"total","place":1,"mode":"half_up"}},{grades},{rest}"#);
        let outcomes = scored(&scheme(&members), &subjects);
        let one = |outcome: &Outcome| {
            let rank = outcome.rank.map_or(String::new(), |rank| rank.to_string());
            format!("{}{rank}", outcome.grade.clone().unwrap())
        };
        outcomes.iter().map(one).collect::<Vec<_>>().join(" ")
    };
    // 9.5, 9, 8.96 (9.0 rounded), 9.5: the third is below the line, and level with the second.
    assert_eq!(outcome(r#""ranking":{"ties":"shared"}"#), "优1 优3 良3 优1");
    assert_eq!(
        outcome(r#""ranking":{"ties":"broken","then":"是 ? 1 : 0"}"#),
        "优2 优3 良4 优1"
    );
    // Three hold 优; two places.
    assert_eq!(
        outcome(r#""quotas":[{"grade":"优","count":2,"ties":"keep"}]"#),
        "优 良 良 优"
    );
    // One place, shared by two.
    assert_eq!(
        outcome(r#""quotas":[{"grade":"优","count":1,"ties":"keep"}]"#),
        "优 良 良 优"
    );
    assert_eq!(
        outcome(r#""quotas":[{"grade":"优","count":1,"ties":"drop"}]"#),
        "良 良 良 良"
    );
    // 4 × 0.4 = 1.6, rounded up 2; those who drop compete for two places of 良, which two share at 9.0.
    let both = r#""quotas":[{"grade":"优","share":0.4,"rounding":"half_up","ties":"drop"},{"grade":"良","count":1,"ties":"drop"}]"#;
    assert_eq!(outcome(both), "优 差 差 优");
    assert_eq!(
        outcome(r#""vetoes":[{"id":"v","when":"是","grade_down":1},{"id":"w","when":"是","grade_at_most":"差"}]"#),
        "优 差 良 差"
    );
    assert_eq!(
        outcome(
            r#""vetoes":[{"id":"v","when":"是","grade_is":"差"},{"id":"w","when":"total >= 9.5","grade_at_least":"良"}]"#
        ),
        "优 差 良 良"
    );
}
