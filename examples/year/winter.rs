//! From self-assessment to approval.

use serde_json::json;
use zeren::document::read;
use zeren::scheme::Scheme;
use zeren::year::{Draft, DraftChange, Year};

use crate::Schemes;
use crate::host::{Host, Outcome};
use crate::story::Story;

/// The files of the twelve scorers, in the order in which they reported.
const VERIFICATIONS: &[&str] = &[
    "1.1-xuanchuan",
    "1.2-zuzhi",
    "1.3-xinfang",
    "1.4-caizheng",
    "1.5-shengtai",
    "1.6-zhengwu",
    "1.7-ducha",
    "2.1-yingji",
    "2.2-xiaofang",
    "2.3-jiaotong",
    "2.5-shichang",
];

pub fn self_assessment_to_delivery(host: &mut Host, schemes: &Schemes, story: &mut Story) -> Outcome<()> {
    story.chapter("三、自评与核验");
    for file in ["08-self-assessment", "09-formal-check"] {
        let told = host.enter(file)?;
        story.says(&told);
    }
    for file in VERIFICATIONS {
        host.enter(&format!("verification/{file}"))?;
    }
    let (told, findings) = host.refused("refused/own-unit")?;
    story.refusal(host, &told, &findings);
    story.keep("refused-own-unit", &findings)?;
    let told = host.enter("10-stand-in")?;
    story.says(&told);

    // The day after the last day: who owes what.
    let view = host.view("2024-01-27")?;
    let roster = Year::roster(&view, schemes.aqsc.id())?;
    let missing = Year::missing(&view, &schemes.aqsc, &roster)?;
    story.says("截止日的次日（1 月 27 日），安全生产责任制还缺：");
    story.list(missing.owed().iter().map(|owed| {
        let unit = owed
            .unit
            .as_deref()
            .map_or("（未指定）".to_owned(), |unit| host.name(unit));
        format!(
            "{unit}：{} 个项目未核验，{} 个事实未报，其中 {} 个逾期",
            owed.unverified, owed.unreported, owed.overdue
        )
    }));
    story.remember("missing", host);
    story.keep("missing", &missing)?;
    let told = host.enter("verification/2.4-zhujian")?;
    story.says(&told);
    let late = host.view("2024-01-30")?.findings();
    let late: Vec<_> = late
        .into_iter()
        .filter(|finding| finding.code.starts_with("assessment."))
        .collect();
    story.findings(host, &late);
    story.keep("late", &late)?;

    let view = host.view("2024-01-30")?;
    let compared = Year::new().compare(&view, &schemes.zrz, &host.scored(schemes.zrz.id(), "2024-01-30")?)?;
    let above: Vec<_> = compared
        .iter()
        .filter(|compared| compared.own.lowest > compared.verified.lowest)
        .collect();
    story.says(&format!("自评与核验对照：{} 个对象的自评高于核验，例如：", above.len()));
    story.list(above.iter().take(3).map(|compared| {
        format!(
            "{}：自评 {} 分，核验 {} 分",
            host.name(&compared.subject),
            compared.own.zh(),
            compared.verified.zh()
        )
    }));
    story.keep("compare", &compared)?;

    story.chapter("四、初评与送达");
    for scheme in [&schemes.zrz, &schemes.aqsc] {
        let issued = host.issue(scheme, "2024-02-01", None, true)?;
        story.says(&format!(
            "2 月 1 日印发并送达《{}》得分表 {} 份。",
            scheme.text().title,
            issued.len()
        ));
    }
    let open: Vec<_> = host
        .sheets(&schemes.aqsc, "2024-02-01")?
        .into_iter()
        .filter(|sheet| !sheet.total.is_single())
        .collect();
    story.says("火灾责任尚未认定的三个对象只能得出区间：");
    story.list(open.iter().map(|sheet| {
        format!(
            "{}：{} 分，待查明 {}",
            host.name(&sheet.subject),
            sheet.total.zh(),
            sheet.open.join("、")
        )
    }));
    story.keep("intervals", &open)?;
    let told = host.enter("11-statement")?;
    story.says(&told);
    Ok(())
}

/// What a decision would move, as it is told.
pub fn tell_draft(host: &Host, draft: &Draft, story: &mut Story) {
    story.says(&format!("{}：{}。", host.name(&draft.subject), draft.difference.zh));
    let place = |standing: &zeren::score::Standing| standing.rank.map_or(String::new(), |rank| rank.zh());
    story.list(
        [(&draft.subject, &draft.difference.before, &draft.difference.after, "")]
            .into_iter()
            .chain(draft.others.iter().map(|moved| {
                let kept = if moved.takes_effect {
                    ""
                } else {
                    "（按办法不予变动）"
                };
                (&moved.subject, &moved.before, &moved.after, kept)
            }))
            .map(|(subject, before, after, kept)| {
                format!(
                    "{}：{} 分、第 {} 名、{} → {} 分、第 {} 名、{}{kept}",
                    host.name(subject),
                    before.total.zh(),
                    place(before),
                    before.grades.join("或"),
                    after.total.zh(),
                    place(after),
                    after.grades.join("或")
                )
            }),
    );
}

pub fn draft(host: &Host, scheme: &Scheme, day: &str, subject: &str, facts: &serde_json::Value) -> Outcome<Draft> {
    let change: DraftChange = read(json!({"subject": subject, "facts": facts}).to_string().as_bytes())?;
    Ok(Year::new().draft(&host.view(day)?, scheme, &change)?)
}

pub fn appeals(host: &mut Host, schemes: &Schemes, story: &mut Story) -> Outcome<()> {
    story.chapter("五、申诉");
    let told = host.enter("12-appeals")?;
    story.says(&told);
    story.says("处理之前先测算：如果照申诉改，会动到谁。");
    let asked = [
        ("申-1", &schemes.zrz, "s-yunxi", json!({"宣讲场次": 12})),
        ("申-2", &schemes.aqsc, "s-beiyuan", json!({"隐患整改率": 98})),
        ("申-3", &schemes.zrz, "s-jiaoyu", json!({"公开迟延天数": 4})),
    ];
    story.remember("appeals", host);
    let mut drafts = Vec::new();
    for (appeal, scheme, subject, facts) in &asked {
        let draft = draft(host, scheme, "2024-02-06", subject, facts)?;
        story.says(&format!("**{appeal}**"));
        tell_draft(host, &draft, story);
        drafts.push(json!({"appeal": appeal, "draft": draft}));
    }
    story.keep("appeals", &drafts)?;
    let told = host.enter("13-decisions")?;
    story.says(&told);

    // Safety is to go public while three results are open.
    let early = host.publicity(&schemes.aqsc, "2024-02-08", "2024-02-09", "2024-02-23", "early")?;
    let findings = host.try_act("2024-02-09", early)?;
    story.refusal(host, "2 月 9 日想公示《示例区安全生产责任制考核办法》的结果", &findings);
    story.keep("refused-publicity", &findings)?;
    let told = host.enter("14-late-data")?;
    story.says(&told);
    for scheme in [&schemes.zrz, &schemes.aqsc] {
        let issued = host.issue(scheme, "2024-02-19", None, true)?;
        let names: Vec<String> = issued.iter().map(|subject| host.name(subject)).collect();
        story.says(&format!(
            "《{}》有变动的得分表重新印发 {} 份：{}。",
            scheme.text().title,
            names.len(),
            names.join("、")
        ));
    }
    let view = host.view("2024-02-20")?;
    let mut versions = Vec::new();
    for (scheme, subject) in [
        (&schemes.zrz, "s-yunxi"),
        (&schemes.zrz, "s-jiaoyu"),
        (&schemes.aqsc, "s-gudu"),
    ] {
        let told = Year::new().versions(&view, scheme, subject)?;
        for version in &told.versions {
            let why = version
                .difference
                .as_ref()
                .map_or("首次印发", |difference| difference.zh.as_str());
            story.says(&format!(
                "{}第 {} 版（{}）：{why}。",
                host.name(subject),
                version.version,
                version.on
            ));
        }
        versions.push(told);
    }
    story.keep("versions", &versions)?;
    let (told, findings) = host.refused("refused/late-appeal")?;
    story.refusal(host, &told, &findings);
    story.keep("refused-late-appeal", &findings)
}

pub fn publicity_and_approval(host: &mut Host, schemes: &Schemes, story: &mut Story) -> Outcome<()> {
    story.chapter("六、公示与审定");
    for scheme in [&schemes.zrz, &schemes.aqsc] {
        let acts = host.publicity(scheme, "2024-02-20", "2024-02-21", "2024-02-27", "final")?;
        host.act("2024-02-21", acts)?;
        let acts = host.approval(scheme, "2024-02-29", "2024-03-01")?;
        host.act("2024-03-01", acts)?;
        host.act(
            "2024-03-04",
            vec![
                json!({"act": "circular.issued", "id": format!("circular-{}", scheme.id()), "effective": "2024-03-04",
                        "scheme": scheme.id(), "unit": "kaohe", "subjects": host.scored(scheme.id(), "2024-03-04")?,
                        "document": {"title": format!("关于{}结果的通报", scheme.text().title), "number": "示考〔2024〕3号"}}),
            ],
        )?;
        story.says(&format!(
            "《{}》2 月 21 日至 27 日公示，无异议；3 月 1 日审定，3 月 4 日通报。",
            scheme.text().title
        ));
        crate::files::tell_ranks(host, scheme, "2024-03-05", story)?;
    }
    let sheets = host.sheets(&schemes.zrz, "2024-03-05")?;
    let merged = sheets.iter().find(|sheet| sheet.subject == "s-qingbai");
    if let Some(merged) = merged {
        story.says(&format!(
            "青白镇承接青石镇、白沙镇，一份得分表：{} 分，第 {} 名；两镇列在“不单独出表”之中。",
            merged.total.zh(),
            merged.rank.map_or(String::new(), |rank| rank.zh())
        ));
    }
    Ok(())
}
