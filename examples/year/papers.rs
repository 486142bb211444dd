//! The papers of the year, each asked for as a host asks: by a request, for an audience, as of a day.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use zeren::document::read;
use zeren::report::{PaperRequest, paper};
use zeren::scheme::Scheme;

use crate::Schemes;
use crate::host::{Host, Outcome};
use crate::story::Story;

const OFFICE: &str = "示例区考核办公室";

pub fn write(folder: &Path, host: &Host, schemes: &Schemes, story: &Story) -> Outcome<()> {
    let Schemes { zrz, aqsc, niandu } = schemes;
    for scheme in [zrz, aqsc] {
        for subject in host.scored(scheme.id(), "2024-02-01")? {
            let request = json!({"kind": "score_feedback", "day": "2024-02-02", "subject": subject,
                "audience": {"who": "subject", "subject": subject}, "issuer": OFFICE});
            page(
                &folder.join(scheme.id()),
                &format!("feedback-{subject}"),
                host,
                Some(scheme),
                request,
            )?;
        }
        let known = story.look("missing");
        let asked = [
            (
                "missing",
                json!({"kind": "missing_data", "day": "2024-01-27", "known": known, "issuer": OFFICE}),
            ),
            (
                "publicity",
                json!({"kind": "publicity", "day": "2024-02-21", "audience": {"who": "public"}, "issuer": OFFICE}),
            ),
            (
                "approval",
                json!({"kind": "approval", "day": "2024-03-01", "issuer": OFFICE}),
            ),
            (
                "ranking",
                json!({"kind": "ranking", "day": "2024-03-04", "issuer": OFFICE}),
            ),
            (
                "leaders",
                json!({"kind": "leaders_page", "day": "2024-02-06", "known": story.look("appeals"),
                       "since": {"day": "2024-01-27", "known": known}, "audience": {"who": "leaders"}, "issuer": OFFICE}),
            ),
        ];
        for (name, request) in asked {
            page(&folder.join(scheme.id()), name, host, Some(scheme), request)?;
        }
    }
    for (appeal, scheme) in [("申-1", zrz), ("申-2", aqsc), ("申-3", zrz)] {
        let receipt = json!({"kind": "appeal_receipt", "day": "2024-02-06", "appeal": appeal, "issuer": OFFICE});
        page(
            &folder.join(scheme.id()),
            &format!("receipt-{appeal}"),
            host,
            Some(scheme),
            receipt,
        )?;
        let answer = json!({"kind": "appeal_answer", "day": "2024-02-20", "appeal": appeal, "issuer": "示例区委"});
        page(
            &folder.join(scheme.id()),
            &format!("answer-{appeal}"),
            host,
            Some(scheme),
            answer,
        )?;
    }
    for (name, request) in [
        (
            "publicity",
            json!({"kind": "publicity", "day": "2024-03-07", "audience": {"who": "public"}, "issuer": OFFICE}),
        ),
        (
            "ranking",
            json!({"kind": "ranking", "day": "2024-04-30", "issuer": OFFICE}),
        ),
        (
            "approval-s-linjiang",
            json!({"kind": "approval", "day": "2024-04-22", "subject": "s-linjiang", "issuer": OFFICE}),
        ),
    ] {
        page(&folder.join(niandu.id()), name, host, Some(niandu), request)?;
    }
    let notice = json!({"kind": "rectification_notice", "day": "2023-07-10", "finding": "x-2"});
    page(folder, "rectification-changpo", host, None, notice)
}

fn page(folder: &Path, name: &str, host: &Host, scheme: Option<&Scheme>, request: Value) -> Outcome<()> {
    let request: PaperRequest = read(request.to_string().as_bytes())?;
    let paper = paper(&host.system, scheme, &request).map_err(|error| format!("{name}:\n{error}"))?;
    fs::create_dir_all(folder)?;
    fs::write(folder.join(format!("{name}.html")), paper.html())?;
    fs::write(folder.join(format!("{name}.md")), paper.markdown())?;
    Ok(())
}
