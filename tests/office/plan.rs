//! What an office plans in a drawn year beside its letters: more time, campaigns, checklists, reports, breakdowns.

use super::{TOWNS, VILLAGES, Year, unit};

impl Year<'_> {
    pub(super) fn plan(&mut self) {
        for town in TOWNS {
            self.extension(town);
            self.duty_list(town);
            self.report(town);
            self.breakdown(town);
        }
        self.campaign();
        self.checklist();
    }

    fn extension(&mut self, town: &str) {
        let item = [format!("item/事-{town}")];
        for _ in 0..self.below(3) {
            let (day, to) = (self.day(3, 11), self.day(8, 12));
            let fields = format!(r#""items":["事-{town}"],"to":"{to}""#);
            self.act("items.extended", &day, &fields, &[], &item, &item);
        }
    }

    fn duty_list(&mut self, town: &str) {
        let list = [format!("list/{town}")];
        for title in ["信息公开", "环境整治"] {
            if self.coin() {
                let day = self.day(1, 10);
                let fields = format!(r#""unit":"{town}","duties":[{{"title":"{title}"}}]"#);
                self.act("duties.listed", &day, &fields, &[], &unit(&[town]), &list);
            }
        }
    }

    fn report(&mut self, town: &str) {
        for report in ["半年", "全年"] {
            let (day, count) = (self.day(6, 12), self.below(4));
            let fields = format!(
                r#""report":"{town}{report}","unit":"{town}","period":{{"from":"2022-01-01","to":"2022-12-31"}},
                   "counts":[{{"record":"宣讲","count":{count}}},{{"record":"自查","may_overlap":["宣讲"]}}]"#
            );
            self.act(
                "counts.reported",
                &day,
                &fields,
                &[format!("report/{town}{report}")],
                &unit(&[town]),
                &[],
            );
        }
    }

    /// The town's breakdown of the letter that it received, if there is one, and a later one in its place.
    fn breakdown(&mut self, town: &str) {
        let letter = format!("书-区-{town}");
        let object = [format!("letter/{letter}")];
        if !self.acts.iter().any(|act| act.brings.contains(&object[0])) {
            return;
        }
        for how in ["sum", "each", "kept"] {
            if self.coin() {
                let day = self.day(3, 11);
                let fields = format!(r#""letter":"{letter}","duties":[{{"duty":"d-1","how":"{how}"}}]"#);
                self.act("breakdown.filed", &day, &fields, &[], &object, &object);
            }
        }
    }

    fn campaign(&mut self) {
        let campaign = ["campaign/创".to_owned()];
        let (day, by) = (self.day(2, 3), self.day(5, 8));
        let fields = format!(
            r#""campaigns":[{{"id":"创","unit":"区","title":"示范创建",
               "stages":[{{"id":"申报","name":"申报","by":"{by}"}},{{"id":"验收","name":"验收"}}]}}]"#
        );
        self.act("campaigns.opened", &day, &fields, &campaign, &unit(&["区"]), &[]);
        for stage in ["申报", "验收"] {
            if self.coin() {
                let day = self.day(4, 9);
                let fields = format!(r#""campaign":"创","stage":"{stage}""#);
                self.act("campaign.reached", &day, &fields, &[], &campaign, &campaign);
            }
        }
        if self.coin() {
            let day = self.day(10, 12);
            let fields = r#""campaign":"创","outcome":"not_reached""#;
            self.act("campaign.closed", &day, fields, &[], &campaign, &campaign);
        }
    }

    fn checklist(&mut self) {
        let checklist = ["checklist/六进".to_owned()];
        let village = VILLAGES[0];
        let (day, by) = (self.day(2, 3), self.day(7, 11));
        let fields = format!(
            r#""checklists":[{{"id":"六进","unit":"{village}","title":"六进","by":"{by}",
               "items":[{{"id":"学校","title":"进学校"}},{{"id":"企业","title":"进企业"}}]}}]"#
        );
        self.act("checklists.issued", &day, &fields, &checklist, &unit(&[village]), &[]);
        for item in ["学校", "企业"] {
            if self.coin() {
                let day = self.day(4, 12);
                let fields = format!(
                    r#""checklist":"六进","items":["{item}"],"evidence":[{{"reference":"档-{item}","kind":"照片"}}]"#
                );
                self.act("checklist.ticked", &day, &fields, &[], &checklist, &checklist);
            }
        }
    }
}
