//! The annual assessment, and what happens after an approval.

use serde_json::json;
use zeren::error::Finding;
use zeren::year::Year;

use crate::Schemes;
use crate::files::tell_ranks;
use crate::host::{Host, Outcome};
use crate::story::Story;
use crate::winter::{draft, tell_draft};

pub fn annual(host: &mut Host, schemes: &Schemes, story: &mut Story) -> Outcome<()> {
    story.chapter("七、折算进年度绩效考核");
    let told = host.enter("15-annual-facts")?;
    story.says(&told);
    let niandu = &schemes.niandu;
    host.issue(niandu, "2024-03-06", None, false)?;
    let mut public = host.publicity(niandu, "2024-03-06", "2024-03-07", "2024-03-13", "final")?;
    // The annual procedure proposes no grades of its own.
    public.remove(0);
    host.act("2024-03-07", public)?;
    let acts = host.approval(niandu, "2024-03-14", "2024-03-15")?;
    host.act("2024-03-15", acts)?;
    story.says("两个责任制各按 10 分折算；责任制只得“合格”的年度至多“良好”，安全生产“不合格”的年度“不合格”。");
    let sheets = host.sheets(niandu, "2024-03-15")?;
    let capped = sheets.iter().flat_map(|sheet| {
        let (name, total) = (host.name(&sheet.subject), sheet.total.zh());
        let passed = sheet.lines.iter().filter(|line| line.rule == "passes");
        passed.map(move |line| format!("{name} {total} 分：{}", line.reason))
    });
    story.list(capped);
    tell_ranks(host, niandu, "2024-03-16", story)?;
    story.keep("annual", &sheets)?;
    let told = host.enter("16-referral")?;
    story.says(&told);
    let view = host.view("2024-03-22")?;
    let standings =
        host.system
            .state()
            .assessment
            .standings(schemes.aqsc.id(), Some("s-songling"), None, view.when())?;
    story.keep("referral", &standings)
}

pub fn redetermination(host: &mut Host, schemes: &Schemes, story: &mut Story) -> Outcome<()> {
    story.chapter("八、审定之后的重新评定");
    let (zrz, niandu) = (&schemes.zrz, &schemes.niandu);
    let drafted = draft(
        host,
        zrz,
        "2024-04-09",
        "s-linjiang",
        &json!({"财政问题数": {"state": "zero", "declared_by": "caizheng-fuzeren"}}),
    )?;
    story.says("决定之前的测算（办法规定：他人重排但不降低，所以被超过的保留原名次和等次）：");
    tell_draft(host, &drafted, story);
    story.keep("redetermination", &drafted)?;
    let told = host.enter("17-redetermination")?;
    story.says(&told);
    let mut moved = vec![drafted.subject.clone()];
    let others = drafted.others.iter().filter(|moved| moved.takes_effect);
    moved.extend(others.map(|moved| moved.subject.clone()));
    host.issue(zrz, "2024-04-11", Some(&moved), true)?;
    let acts = host.approve(zrz, "2024-04-15", &moved, Some("重-1"))?;
    host.act("2024-04-15", acts)?;
    let stale = |host: &Host, day: &str| -> Outcome<Vec<Finding>> {
        let found = Year::new().findings(&host.view(day)?, niandu)?;
        Ok(found
            .into_iter()
            .filter(|finding| finding.code == "year.stale")
            .collect())
    };
    let found = stale(host, "2024-04-16")?;
    story.says("年度绩效考核里以此为依据的结果被标为陈旧，不自动重算：");
    story.findings(host, &found);
    story.keep("stale", &found)?;
    let told = host.enter("18-annual-redetermination")?;
    story.says(&told);
    let own = vec!["s-linjiang".to_owned()];
    host.issue(niandu, "2024-04-19", Some(&own), false)?;
    let acts = host.approve(niandu, "2024-04-22", &own, Some("重-2"))?;
    host.act("2024-04-22", acts)?;
    let left = stale(host, "2024-04-23")?;
    story.keep("stale-after", &left)?;
    let approvals = host
        .course(niandu.id(), "s-linjiang", "2024-04-23")?
        .approvals()
        .count();
    story.says(&format!(
        "临江镇的年度结果有 {approvals} 个审定版本，前一版本原样保留；陈旧标记剩 {} 条。",
        left.len()
    ));
    tell_ranks(host, zrz, "2024-04-23", story)
}
