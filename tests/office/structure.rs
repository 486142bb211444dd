//! How the units, posts, teams and groups of the drawn year change.

use super::{OFFICES, TOWNS, VILLAGES, Year, unit};

/// The questions about structure whose answers name no positions.
pub const STRUCTURE_VIEWS: &[&str] = &[
    r#""view":"units""#,
    r#""view":"answers","unit":"区","field":"文化""#,
    r#""view":"answers","unit":"区""#,
    r#""view":"answers","unit":"甲镇""#,
    r#""view":"answers","unit":"财政局","field":"安全""#,
    r#""view":"answers","system":"编制","id":"7""#,
    r#""view":"answers","decision":"会-1""#,
];

/// What the rule set asks of structure.
pub const STRUCTURE_RULES: &str = r#"
    "responsibilities":[{"id":"主体","classes":["区","镇","街道"],"responsibility":"body"},
                        {"id":"直接","classes":["镇"],"posts":["主任","镇长"],"responsibility":"direct"}],
    "capacities":[{"capacity":"acting","needs_basis":true,"longest":60}],
    "division":{"classes":["区"],"edge":"line","led":["部门","镇"]},
    "groups":{"confirmed_by":"05-31"},"#;

impl Year<'_> {
    pub(super) fn restructure(&mut self) {
        self.units();
        self.posts();
        self.teams();
        self.group_changes();
    }

    /// One act about this unit, between these months.
    fn about(&mut self, word: &str, id: &str, fields: &str, needs: &[&str]) {
        let day = self.day(2, 11);
        let needs = [unit(&[id]), unit(needs), vec!["edge".into()]].concat();
        self.act(word, &day, fields, &[], &needs, &unit(&[id]));
    }

    fn units(&mut self) {
        for _ in 0..2 {
            let town = *self.random.pick(&TOWNS);
            let class = *self.random.pick(&["街道", "新镇", "镇"]);
            let fields = format!(r#""unit":"{town}","class":"{class}""#);
            self.about("unit.reclassified", town, &fields, &[]);
            let name = *self.random.pick(&["一号楼", "便民中心"]);
            let fields = format!(r#""units":[{{"unit":"{town}","places":[{{"name":"{name}"}}]}}]"#);
            self.about("units.located", town, &fields, &[]);
            let fields = format!(r#""aliases":[{{"unit":"{town}","system":"编制","id":"7","to":"2022-12-31"}}]"#);
            self.about("units.aliased", town, &fields, &[]);
            let (from, to) = (*self.random.pick(&VILLAGES[2..]), *self.random.pick(&VILLAGES[..2]));
            let fields = format!(r#""units":["{from}"],"into":"{to}""#);
            self.about("units.merged", from, &fields, &[to]);
            let fields = format!(r#""unit":"{from}","into":["{to}"]"#);
            self.about("unit.split", from, &fields, &[to]);
        }
        if self.coin() {
            let office = *self.random.pick(&OFFICES);
            let fields = format!(r#""unit":"{office}","superior":{{"edge":"line","unit":"区"}}"#);
            self.about("unit.detached", office, &fields, &["区"]);
        }
    }

    fn posts(&mut self) {
        for _ in 0..2 {
            let post = format!("{}主任", self.random.pick(&TOWNS));
            let object = [format!("post/{post}")];
            let change = *self
                .random
                .pick(&[r#""name":"镇长""#, r#""seats":2"#, r#""name":"主任","seats":1"#]);
            let day = self.day(2, 11);
            let fields = format!(r#""post":"{post}",{change}"#);
            self.act("post.changed", &day, &fields, &[], &object, &object);
        }
        if self.coin() {
            let post = format!("{}主任", self.random.pick(&TOWNS));
            let object = [format!("post/{post}")];
            let day = self.day(6, 11);
            let fields = format!(r#""posts":["{post}"]"#);
            self.act("posts.ended", &day, &fields, &[], &object, &object);
        }
        if self.coin() {
            let object = ["责-区".to_owned()];
            let day = self.day(6, 11);
            self.act(
                "responsibilities.ended",
                &day,
                r#""responsibilities":["责-区"]"#,
                &[],
                &object,
                &object,
            );
        }
    }

    fn teams(&mut self) {
        for _ in 0..2 {
            let (office, town) = (*self.random.pick(&OFFICES), *self.random.pick(&TOWNS));
            let fields = format!(
                r#""unit":"区","members":[{{"post":"区书记","units":["{office}"],"fields":["文化"]}},
                   {{"post":"区主任","units":["{town}","财政局"],"fields":["安全"]}}]"#
            );
            let needs = [unit(&["区", office, town, "财政局"]), seats(&["区书记", "区主任"])].concat();
            let day = self.day(2, 11);
            self.act("work.divided", &day, &fields, &[], &needs, &["division/区".into()]);
        }
        let person = self.person();
        let fields = format!(
            r#""decision":"会-1","unit":"区","field":"文化","attended":[{{"post":"区书记"}},{{"person":"{person}"}}],
               "dissented":[{{"person":"{person}"}}]"#
        );
        let needs = [unit(&["区"]), seats(&["区书记"])].concat();
        let day = self.day(2, 11);
        self.act("decision.recorded", &day, &fields, &["decision".into()], &needs, &[]);
    }

    fn group_changes(&mut self) {
        let object = ["group/组-区".to_owned()];
        for _ in 0..3 {
            let town = *self.random.pick(&TOWNS);
            let way = *self.random.pick(&["added", "removed"]);
            let fields =
                format!(r#""group":"组-区","{way}":[{{"role":"member","post":"{town}书记"}}],"approved_by":"区书记""#);
            let needs = [object.to_vec(), seats(&["区书记"]), vec![format!("post/{town}书记")]].concat();
            let day = self.day(3, 11);
            self.act("group.changed", &day, &fields, &[], &needs, &object);
        }
        if self.coin() {
            let day = self.day(3, 11);
            self.act("groups.confirmed", &day, r#""groups":["组-区"]"#, &[], &object, &object);
        }
        if self.coin() {
            let day = self.day(6, 12);
            self.act("group.abolished", &day, r#""group":"组-区""#, &[], &object, &object);
        }
    }
}

fn seats(posts: &[&str]) -> Vec<String> {
    posts.iter().map(|post| format!("post/{post}")).collect()
}
