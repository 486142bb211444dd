//! A drawn year of an invented district's office: who came and went, what was signed, recorded and inspected.

mod plan;
mod structure;

use crate::random::Random;
use structure::STRUCTURE_RULES;
pub use structure::STRUCTURE_VIEWS;

/// An act with what decides when it may arrive.
pub struct Act {
    pub id: String,
    pub text: String,
    day: String,
    /// Objects that it brings into the ledger.
    brings: Vec<String>,
    /// Objects that it refers to.
    needs: Vec<String>,
    /// Objects that it says something of.
    of: Vec<String>,
}

impl Act {
    /// Whether this act must not arrive before the other, which happened earlier in the office.
    pub fn follows(&self, earlier: &Act) -> bool {
        let refers = self.needs.iter().any(|object| earlier.brings.contains(object));
        let same_day = self.day == earlier.day && self.of.iter().any(|object| earlier.of.contains(object));
        refers || same_day
    }
}

/// The questions that are put to every state.
pub const VIEWS: &[&str] = &[
    r#""view":"findings""#,
    r#""view":"cascade""#,
    r#""view":"obligations""#,
    r#""view":"letters""#,
    r#""view":"due""#,
    r#""view":"due","until":"2023-01-31","unit":"甲镇""#,
    r#""view":"burden""#,
    r#""view":"duties""#,
    r#""view":"branches""#,
    r#""view":"campaigns""#,
    r#""view":"checklists""#,
    r#""view":"facts","scheme":"办法","subject":"考-甲镇""#,
];

const TOWNS: [&str; 3] = ["甲镇", "乙镇", "丙镇"];
const VILLAGES: [&str; 4] = ["一村", "二村", "三村", "四村"];
const OFFICES: [&str; 2] = ["宣传部", "财政局"];
const POSTS: [&str; 2] = ["书记", "主任"];
const KINDS: [&str; 3] = ["专题会议", "宣讲", "自查"];

struct Year<'r> {
    random: &'r mut Random,
    acts: Vec<Act>,
}

/// Draws a year in the order in which it happened.
pub fn year(random: &mut Random) -> Vec<Act> {
    let mut year = Year {
        random,
        acts: Vec::new(),
    };
    year.found();
    year.staff();
    year.groups();
    year.letters();
    year.work();
    year.reorganise();
    year.restructure();
    year.assess();
    year.acts
}

impl Year<'_> {
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.random.below(bound as u64)).unwrap()
    }

    fn coin(&mut self) -> bool {
        self.random.below(2) == 0
    }

    /// A drawn day of these months.
    fn day(&mut self, from: usize, to: usize) -> String {
        let month = from + self.below(to - from + 1);
        format!("2022-{month:02}-{:02}", 1 + self.below(28))
    }

    fn person(&mut self) -> String {
        format!("p-{}", self.below(12))
    }

    /// One more act. Objects are told as `table/id`; what is brought is spoken of too.
    fn act(&mut self, word: &str, day: &str, fields: &str, brings: &[String], needs: &[String], of: &[String]) {
        let id = format!("{word}-{}", self.acts.len());
        let text = format!(r#"{{"act":"{word}","id":"{id}","effective":"{day}",{fields}}}"#);
        self.acts.push(Act {
            id,
            text,
            day: day.to_owned(),
            brings: brings.to_vec(),
            needs: needs.to_vec(),
            of: of.iter().chain(brings).cloned().collect(),
        });
    }

    fn found(&mut self) {
        let edges =
            r#""edges":[{"id":"line","name":"隶属","single":true,"acyclic":true},{"id":"guidance","name":"业务指导"}]"#;
        self.act("edges.declared", "2022-01-01", edges, &["edge".into()], &[], &[]);
        self.unit("区", "区", None);
        for town in TOWNS {
            self.unit(town, "镇", Some("区"));
        }
        for office in OFFICES {
            self.unit(office, "部门", Some("区"));
        }
        for village in VILLAGES {
            let town = *self.random.pick(&TOWNS);
            self.unit(village, "村", Some(town));
        }
        let rules = r#""rule_set":{"kind":"rule_set","format":1,"id":"rs","version":"1","title":"示例规则集",
            "period":{"from":"2022-01-01","to":"2023-12-31"},
            "cascade":{"edge":"line","top":"区","letters":["镇","村"],"groups":["镇"],
                "breakdown_by":"2022-04-30","follow_up_days":60},
            "burden":[{"classes":["镇"],"letters":0,"inspections":0}],
            "letter_types":[{"id":"年度","name":"年度责任书","receivers":["镇"],"edge":"line","unique":"receiver",
                "signatories":{"receivers":2},"consultation":true,"approval":true,"sign_by":"06-30",
                "window":{"from":"07-01","to":"08-31"},"amendment_signed_by":"both","retroactive_explicit":true,
                "acyclic":true,"suspended_days":30,"scored_within":20,"archived_within":30}],
            "obligations":[{"id":"o-1","record":"专题会议","owing":"groups","times":2,"evidence":["会议纪要"]},
                           {"id":"o-2","record":"宣讲","owing":"units","classes":["镇"],"times":1},
                           {"id":"o-3","record":"自查","owing":"units","times":1,"every":"quarter","due_days":10}],
            STRUCTURE "loop":["group","letters","records","inspection","assessment"]}"#;
        let rules = rules.replace("STRUCTURE", STRUCTURE_RULES);
        self.act(
            "rule_set.adopted",
            "2022-01-01",
            &rules,
            &[],
            &unit(&["区"]),
            &["rules".into()],
        );
    }

    fn unit(&mut self, id: &str, class: &str, superior: Option<&str>) {
        let above = superior.map_or_else(String::new, |above| format!(r#"{{"edge":"line","unit":"{above}"}}"#));
        let fields = format!(r#""units":[{{"id":"{id}","name":"{id}","class":"{class}","superiors":[{above}]}}]"#);
        let needs: Vec<String> = superior
            .iter()
            .map(|above| format!("unit/{above}"))
            .chain(["edge".into()])
            .collect();
        self.act("units.founded", "2022-01-01", &fields, &unit(&[id]), &needs, &[]);
    }

    fn staff(&mut self) {
        for unit_id in ["区"].iter().chain(&TOWNS).chain(&VILLAGES[..2]) {
            for post in POSTS {
                let id = format!("{unit_id}{post}");
                let fields = format!(r#""posts":[{{"id":"{id}","unit":"{unit_id}","name":"{post}"}}]"#);
                self.act(
                    "posts.founded",
                    "2022-01-01",
                    &fields,
                    &[format!("post/{id}")],
                    &unit(&[unit_id]),
                    &[],
                );
                self.tenures(&id);
            }
            let (id, post) = (format!("责-{unit_id}"), format!("{unit_id}书记"));
            let fields = format!(
                r#""responsibilities":[{{"id":"{id}","unit":"{unit_id}","responsibility":"first","post":"{post}"}}]"#
            );
            let needs = [format!("unit/{unit_id}"), format!("post/{post}")];
            self.act("responsibilities.assigned", "2022-01-01", &fields, &[id], &needs, &[]);
        }
    }

    /// One holder, and perhaps another after a gap that somebody bridged.
    fn tenures(&mut self, post: &str) {
        let first = self.tenure(post, "holder", "2022-01-01");
        if self.coin() {
            return;
        }
        let end = self.day(3, 8);
        let fields = format!(r#""tenure":"{first}""#);
        let object = [format!("tenure/{first}")];
        self.act("tenure.ended", &end, &fields, &[], &object, &object);
        let capacity = *self.random.pick(&["holder", "acting", "presiding"]);
        let begin = self.day(9, 11);
        self.tenure(post, capacity, &begin);
    }

    fn tenure(&mut self, post: &str, capacity: &str, from: &str) -> String {
        let (id, person) = (format!("t-{}", self.acts.len()), self.person());
        let fields =
            format!(r#""tenures":[{{"id":"{id}","post":"{post}","person":"{person}","capacity":"{capacity}"}}]"#);
        let brings = [format!("tenure/{id}")];
        self.act("tenures.begun", from, &fields, &brings, &[format!("post/{post}")], &[]);
        id
    }

    fn groups(&mut self) {
        for owner in ["区"].iter().chain(&TOWNS) {
            if *owner != "区" && self.coin() {
                continue;
            }
            let id = format!("组-{owner}");
            let document = if self.coin() {
                r#""document":{"issued":"2022-01-05"},"#
            } else {
                ""
            };
            let seats = format!(
                r#"{document}"changes":[{{"policy":"head_approved"}}],"members":[{{"role":"head","post":"{owner}书记"}},{{"role":"member","post":"{owner}主任"}}]"#
            );
            let fields = format!(r#""groups":[{{"id":"{id}","name":"领导小组","unit":"{owner}",{seats}}}]"#);
            let needs = [
                format!("unit/{owner}"),
                format!("post/{owner}书记"),
                format!("post/{owner}主任"),
            ];
            let day = self.day(1, 2);
            self.act("groups.founded", &day, &fields, &[format!("group/{id}")], &needs, &[]);
            if self.coin() {
                let person = self.person();
                let fields = format!(
                    r#""groups":[{{"id":"{id}","name":"领导小组","unit":"{owner}","office":"宣传部",
                       "members":[{{"role":"head","person":"{person}"}},{{"role":"deputy","described":"分管负责人"}}]}}]"#
                );
                let needs = [format!("unit/{owner}"), "unit/宣传部".into(), format!("group/{id}")];
                let day = self.day(5, 10);
                self.act("groups.reissued", &day, &fields, &[], &needs, &[format!("group/{id}")]);
            }
        }
    }

    fn letters(&mut self) {
        for town in TOWNS {
            if self.below(4) > 0 {
                self.letter("区", town);
            }
        }
        for village in &VILLAGES[..2] {
            let town = *self.random.pick(&TOWNS);
            self.letter(town, village);
        }
    }

    fn letter(&mut self, issuer: &str, receiver: &str) {
        let letter = format!("书-{issuer}-{receiver}");
        let digest = "0123456789abcdef".repeat(4);
        let kind = if self.coin() { r#""type":"年度","# } else { "" };
        let (times, basis) = (
            1 + self.below(5),
            if self.coin() {
                r#""basis":[{"title":"责任制办法"}],"#
            } else {
                ""
            },
        );
        let above = format!("letter/书-区-{issuer}");
        let from = if self.acts.iter().any(|act| act.brings.contains(&above)) && self.coin() {
            format!(r#","from":{{"letter":"书-区-{issuer}","duty":"d-1"}}"#)
        } else {
            String::new()
        };
        let fields = format!(
            r#""letter":"{letter}","title":"责任书",{kind}{basis}"period":{{"from":"2022-01-01","to":"2022-12-31"}},
               "issuers":[{{"unit":"{issuer}","signatories":["{issuer}书记"]}}],
               "receivers":[{{"unit":"{receiver}","signatories":["{receiver}书记","{receiver}主任"]}}],
               "duties":[{{"id":"d-1","title":"信息公开","target":{{"value":{times},"unit":"次"}}{from}}}],
               "text":{{"sm3":"{digest}"}}"#
        );
        let needs: Vec<String> = [issuer, receiver]
            .iter()
            .map(|id| format!("unit/{id}"))
            .chain(
                [
                    format!("{issuer}书记"),
                    format!("{receiver}书记"),
                    format!("{receiver}主任"),
                ]
                .map(|id| format!("post/{id}")),
            )
            .chain((!from.is_empty()).then_some(above))
            .collect();
        let object = [format!("letter/{letter}")];
        let day = self.day(1, 2);
        self.act("letter.drafted", &day, &fields, &object, &needs, &[]);
        for post in [
            format!("{issuer}书记"),
            format!("{receiver}书记"),
            format!("{receiver}主任"),
        ] {
            if self.below(8) == 0 {
                continue;
            }
            let (day, person) = (self.day(3, 9), self.person());
            let capacity = *self.random.pick(&["holder", "holder", "acting", "authorised"]);
            let fields = format!(
                r#""letter":"{letter}","signatures":[{{"post":"{post}","person":"{person}","capacity":"{capacity}"}}]"#
            );
            let needs = [object[0].clone(), format!("post/{post}")];
            self.act("letter.signed", &day, &fields, &[], &needs, &object);
        }
        self.life(&letter, receiver);
        if self.below(6) == 0 {
            let word = *self.random.pick(&["letter.withdrawn", "letter.voided"]);
            let (day, fields) = (self.day(10, 12), format!(r#""letter":"{letter}","reason":"重新起草""#));
            self.act(word, &day, &fields, &[], &object, &object);
        }
    }

    /// What else happens to a letter before its end.
    fn life(&mut self, letter: &str, receiver: &str) {
        let object = [format!("letter/{letter}")];
        let receiver_known = [format!("unit/{receiver}"), object[0].clone()];
        let signatory_known = [format!("post/{receiver}书记"), object[0].clone()];
        if self.coin() {
            let (day, fields) = (
                self.day(1, 3),
                format!(r#""letter":"{letter}","with":[{{"unit":"{receiver}"}}]"#),
            );
            self.act("letter.consulted", &day, &fields, &[], &receiver_known, &object);
        }
        if self.coin() {
            let fields = format!(r#""letter":"{letter}","by":{{"unit":"{receiver}"}},"plan_entry":"第1项""#);
            let day = self.day(1, 5);
            self.act("letter.approved", &day, &fields, &[], &receiver_known, &object);
        }
        for _ in 0..self.below(3) {
            let times = self.below(9);
            let fields = format!(
                r#""letter":"{letter}","reason":"调整目标","text":{{"sm3":"{}"}},
                   "duties":[{{"id":"d-1","title":"信息公开","target":{{"value":{times},"unit":"次"}}}}]"#,
                "fedcba9876543210".repeat(4)
            );
            let (amendment, day) = (self.acts.len(), self.day(6, 9));
            let brings = [format!("amendment/{amendment}")];
            self.act("letter.amended", &day, &fields, &brings, &object, &object);
            if self.coin() {
                let (id, day, person) = (self.acts[amendment].id.clone(), self.day(7, 9), self.person());
                let fields = format!(
                    r#""letter":"{letter}","amendment":"{id}","signatures":[
                       {{"post":"{receiver}书记","person":"{person}","capacity":"holder"}}]"#
                );
                let needs = [signatory_known.as_slice(), &brings].concat();
                self.act("letter.signed", &day, &fields, &[], &needs, &object);
            }
        }
        for word in ["letter.suspended", "letter.resumed"] {
            if self.below(3) == 0 {
                let reason = if word == "letter.suspended" {
                    r#","reason":"机构调整""#
                } else {
                    ""
                };
                let (day, fields) = (self.day(4, 9), format!(r#""letter":"{letter}"{reason}"#));
                self.act(word, &day, &fields, &[], &object, &object);
            }
        }
        if self.coin() {
            let (from, to) = (self.person(), self.person());
            let fields = format!(r#""letter":"{letter}","post":"{receiver}书记","from":"{from}","to":"{to}""#);
            let day = self.day(5, 9);
            self.act("letter.succeeded", &day, &fields, &[], &signatory_known, &object);
        }
        if self.coin() {
            let fields = format!(r#""letter":"{letter}","number":"2022-17""#);
            let day = *self.random.pick(&["2022-12-30", "2023-01-10", "2023-02-09"]);
            self.act("letter.archived", day, &fields, &[], &object, &object);
        }
    }

    fn work(&mut self) {
        for number in 0..8 {
            let (unit_id, kind) = (*self.random.pick(&TOWNS), *self.random.pick(&KINDS));
            let evidence = if self.coin() {
                r#"{"reference":"档-1","kind":"会议纪要"}"#
            } else {
                ""
            };
            let doer = if self.coin() {
                ("group", "组-区".to_owned())
            } else {
                ("unit", unit_id.to_owned())
            };
            let fields = format!(
                r#""records":[{{"id":"记-{number}","kind":"{kind}","{}":"{}","evidence":[{evidence}]}}]"#,
                doer.0, doer.1
            );
            let day = self.day(1, 12);
            self.act(
                "records.entered",
                &day,
                &fields,
                &[],
                &[format!("{}/{}", doer.0, doer.1)],
                &[],
            );
        }
        for town in TOWNS {
            let (problem, item) = (format!("problem/问-{town}"), format!("item/事-{town}"));
            let (day, deadline) = (self.day(2, 6), self.day(7, 12));
            let cause = if self.coin() { r#""cause":"人手不足","# } else { "" };
            let fields = format!(
                r#""problems":[{{"id":"问-{town}","unit":"{town}","title":"更新不及时",{cause}"deadline":"{deadline}"}}]"#
            );
            self.act(
                "problems.registered",
                &day,
                &fields,
                std::slice::from_ref(&problem),
                &unit(&[town]),
                &[],
            );
            let fields = format!(
                r#""items":[{{"id":"事-{town}","unit":"{town}","title":"增配人员","problems":["问-{town}"],"owner":"{town}主任"}}]"#
            );
            let needs = [format!("unit/{town}"), format!("post/{town}主任"), problem.clone()];
            let day = self.day(3, 7);
            self.act(
                "plan_items.registered",
                &day,
                &fields,
                std::slice::from_ref(&item),
                &needs,
                &[],
            );
            if self.coin() {
                let fields = format!(r#""problems":["问-{town}"],"items":["事-{town}"]"#);
                let day = self.day(8, 12);
                let objects = [problem, item];
                self.act("items.closed", &day, &fields, &[], &objects, &objects);
            }
        }
        self.inspect();
        self.plan();
    }

    fn inspect(&mut self) {
        let fields = r#""title":"督查","unit":"区","period":{"from":"2022-05-01"},"scope":{"classes":["镇","村"]}"#;
        let planned = self.acts.len();
        let day = self.day(2, 4);
        self.act(
            "inspection.planned",
            &day,
            fields,
            &["inspection".into()],
            &unit(&["区"]),
            &[],
        );
        let (inspection, town) = (self.acts[planned].id.clone(), *self.random.pick(&TOWNS));
        let fields = format!(
            r#""inspection":"{inspection}","units":["{town}"],"findings":[{{"id":"现-1","unit":"{town}","title":"台账不全"}}]"#
        );
        let needs = [format!("unit/{town}"), "inspection".into()];
        let day = self.day(5, 8);
        self.act("inspection.held", &day, &fields, &["found".into()], &needs, &[]);
        if self.coin() {
            let fields = format!(r#""finding":"现-1","rectified_by":"{town}","confirmed_by":"区""#);
            let needs = [format!("unit/{town}"), "unit/区".into(), "found".into()];
            let day = self.day(9, 12);
            self.act("finding.written_off", &day, &fields, &[], &needs, &["found".into()]);
        }
    }

    fn reorganise(&mut self) {
        for _ in 0..3 {
            let unit_id = *self.random.pick(&VILLAGES);
            let (day, town) = (self.day(2, 11), *self.random.pick(&TOWNS));
            let fields = format!(r#""unit":"{unit_id}","superior":{{"edge":"line","unit":"{town}"}}"#);
            let needs = [format!("unit/{unit_id}"), format!("unit/{town}"), "edge".into()];
            self.act("unit.placed", &day, &fields, &[], &needs, &unit(&[unit_id]));
            let unit_id = *self.random.pick(&TOWNS);
            let (day, name) = (self.day(2, 11), *self.random.pick(&["新镇", "街道", "示范镇"]));
            let fields = format!(r#""unit":"{unit_id}","name":"{name}""#);
            self.act("unit.renamed", &day, &fields, &[], &unit(&[unit_id]), &unit(&[unit_id]));
        }
        if self.coin() {
            let day = self.day(9, 12);
            self.act(
                "unit.ended",
                &day,
                r#""unit":"四村""#,
                &[],
                &unit(&["四村"]),
                &unit(&["四村"]),
            );
        }
    }

    fn assess(&mut self) {
        for town in TOWNS {
            let subject = format!("考-{town}");
            let fields =
                format!(r#""subjects":[{{"id":"{subject}","name":"{town}","class":"镇","units":["{town}"]}}]"#);
            let brings = [format!("subject/{subject}")];
            self.act(
                "subjects.registered",
                "2022-01-01",
                &fields,
                &brings,
                &unit(&[town]),
                &[],
            );
            for fact in ["会议次数", "宣讲场次"] {
                let count = self.below(9);
                let fields = format!(r#""scheme":"办法","subject":"{subject}","facts":{{"{fact}":{count}}}"#);
                let day = self.day(12, 12);
                self.act("facts.recorded", &day, &fields, &[], &brings, &[]);
            }
        }
    }
}

fn unit(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| format!("unit/{id}")).collect()
}
