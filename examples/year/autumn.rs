//! The year itself: rules, rosters, a vacancy, a merger, inspections.

use serde_json::json;

use crate::Schemes;
use crate::host::{Host, Outcome};
use crate::story::Story;

pub fn rules_and_changes(host: &mut Host, schemes: &Schemes, story: &mut Story) -> Outcome<()> {
    story.chapter("一、名单、规则、分工");
    for file in ["01-registry", "02-rules"] {
        let told = host.enter(file)?;
        story.says(&told);
    }
    let includes = vec![schemes.zrz.id(), schemes.aqsc.id()];
    let adopted = [
        (&schemes.zrz, Vec::new()),
        (&schemes.aqsc, Vec::new()),
        (&schemes.niandu, includes),
    ];
    let adopted = adopted.map(|(scheme, includes)| {
        json!({"act": "scheme.adopted", "id": format!("adopt-{}", scheme.id()), "effective": "2023-01-15",
               "scheme": scheme.id(), "version": scheme.text().version, "year": scheme.text().year,
               "digest": scheme.digest(), "table": scheme.table_digest(), "includes": includes})
    });
    host.act("2023-01-16", adopted.into())?;
    let told = host.enter("03-recusal")?;
    story.says(&told);

    story.chapter("二、年中的变化");
    let told = host.enter("04-vacancy")?;
    story.says(&told);
    let vacant = |host: &Host, day: &str| -> Outcome<Vec<_>> {
        let found = host.view(day)?.findings();
        Ok(found
            .into_iter()
            .filter(|finding| finding.code == "registry.group_head_vacant")
            .collect())
    };
    let found = vacant(host, "2023-05-10")?;
    story.findings(host, &found);
    story.keep("vacancy", &found)?;
    for file in ["05-merger", "06-new-secretary"] {
        let told = host.enter(file)?;
        story.says(&told);
    }
    if !vacant(host, "2023-08-10")?.is_empty() {
        return Err("the seat is still vacant".into());
    }
    let told = host.enter("07-inspection")?;
    story.says(&told);
    let view = host.view("2023-12-31")?;
    let standings = host.system.state().supervision.standings(None, view.when());
    story.list(standings.iter().map(|finding| {
        let off = finding
            .written_off
            .map_or_else(|| "未销号".to_owned(), |day| format!("{day} 销号"));
        format!(
            "{}“{}”：{off}，逾期 {} 天，反弹 {} 次",
            host.name(&finding.unit),
            finding.title,
            finding.late,
            finding.recurred
        )
    }));
    story.keep("rectification", &standings)
}
