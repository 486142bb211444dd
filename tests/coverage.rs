//! The quick answers of the cascade, held to the slow walk: drawn ledgers with placings, ends, letters with short and
//! long stories, corrections, batches that are dropped or refused, on drawn days and as known at drawn positions.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test that fails should fail loudly"
)]

use zeren::calendar::Date;
use zeren::cascade::{Cascade, CascadeRule, Level, cascade};
use zeren::ledger::Position;
use zeren::system::{Request, System, View};

/// A linear congruential generator: the same draws in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    fn day(&mut self) -> String {
        format!("2022-{:02}-{:02}", 1 + self.below(4), 1 + self.below(28))
    }
}

/// A ledger under way.
struct Ledger {
    system: System,
    lines: Vec<String>,
    units: u64,
    letters: u64,
    acts: u64,
}

impl Ledger {
    fn request(&self, acts: &[String]) -> Request {
        let head = self.system.head();
        let text = format!(
            r#"{{"head":{{"position":{},"digest":"{}"}},"time":"2022-01-04T09:00:00+08:00","operator":"u-1","acts":[{}]}}"#,
            head.position,
            head.digest,
            acts.join(",")
        );
        zeren::document::read(text.as_bytes()).unwrap()
    }

    /// Hands an act in; what is impossible is refused, and stays without trace.
    fn act(&mut self, draw: &mut Draw, word: &str, effective: &str, fields: &str) {
        self.acts += 1;
        let act = format!(
            r#"{{"act":"{word}","id":"a{}","effective":"{effective}",{fields}}}"#,
            self.acts
        );
        let request = self.request(&[act]);
        let Ok(prepared) = self.system.prepare(&request) else {
            return;
        };
        if draw.one_in(8) {
            return;
        }
        self.lines.extend(prepared.lines().map(str::to_owned));
        self.system.commit(prepared).unwrap();
    }

    /// One drawn act.
    fn draw(&mut self, draw: &mut Draw) {
        let day = draw.day();
        let unit = format!("u{}", draw.below(self.units.max(1)));
        let other = format!("u{}", draw.below(self.units.max(1)));
        let edge = if draw.one_in(4) { "guidance" } else { "line" };
        let letter = format!("l{}", draw.below(self.letters.max(1)));
        match draw.below(20) {
            0..=5 => {
                let new = self.units;
                self.units += 1;
                let mut superiors = vec![format!(r#"{{"edge":"line","unit":"{other}"}}"#)];
                if draw.one_in(3) {
                    superiors.push(format!(r#"{{"edge":"guidance","unit":"{unit}"}}"#));
                }
                let superiors = superiors.join(",");
                let founded = if draw.one_in(3) { day.as_str() } else { "2022-01-01" };
                self.act(
                    draw,
                    "units.founded",
                    founded,
                    &format!(r#""units":[{{"id":"u{new}","name":"甲{new}","class":"镇","superiors":[{superiors}]}}]"#),
                );
                self.act(
                    draw,
                    "posts.founded",
                    "2022-01-01",
                    &format!(r#""posts":[{{"id":"p{new}","unit":"u{new}","name":"书记"}}]"#),
                );
            }
            6 => self.act(
                draw,
                "unit.placed",
                &day,
                &format!(r#""unit":"{unit}","superior":{{"edge":"{edge}","unit":"{other}"}}"#),
            ),
            7 if draw.one_in(3) => self.act(draw, "unit.ended", &day, &format!(r#""unit":"{unit}""#)),
            8..=13 => self.letter(draw, &unit, &day),
            14..=16 => {
                let post = draw.below(self.units.max(1));
                self.act(
                    draw,
                    "letter.signed",
                    &day,
                    &format!(
                        r#""letter":"{letter}","signatures":[{{"post":"p{post}","person":"h{post}","capacity":"holder"}}]"#
                    ),
                );
            }
            17 => {
                let word = ["letter.withdrawn", "letter.suspended", "letter.resumed"][usize::try_from(draw.below(3)).unwrap()];
                let reason = if word == "letter.resumed" { "" } else { r#","reason":"重签""# };
                let basis = if word == "letter.suspended" { r#","basis":[{"title":"办法"}]"# } else { "" };
                self.act(draw, word, &day, &format!(r#""letter":"{letter}"{reason}{basis}"#));
            }
            18 => self.act(
                draw,
                "letter.party_succeeded",
                &day,
                &format!(
                    r#""letter":"{letter}","party":{{"unit":"{unit}"}},"by":{{"unit":"{other}","signatories":["p{}"]}}"#,
                    draw_number(&other)
                ),
            ),
            _ => {
                // A correction of an earlier founding moves a post to another unit now and then.
                let post = draw.below(self.units.max(1));
                let corrects = draw.below(self.acts.max(1));
                self.act(
                    draw,
                    "posts.founded",
                    "2022-01-01",
                    &format!(r#""corrects":"a{corrects}","posts":[{{"id":"p{post}","unit":"{other}","name":"书记"}}]"#),
                );
            }
        }
    }

    /// A letter down to a unit, mostly from the unit above it; signed at once or not.
    fn letter(&mut self, draw: &mut Draw, receiver: &str, day: &str) {
        let new = self.letters;
        self.letters += 1;
        let far = Date::from_iso("2022-06-30").unwrap();
        let registry = self.system.view(far, None).registry();
        let tables = registry.registry();
        let superiors = tables
            .edges
            .key("line")
            .zip(tables.units.key(receiver))
            .map(|(edge, unit)| registry.superiors(edge, unit));
        let above = superiors.and_then(|list| list.first().map(|key| tables.units.id(*key).to_owned()));
        let issuer = match above {
            Some(above) if !draw.one_in(8) => above,
            _ => format!("u{}", draw.below(self.units.max(1))),
        };
        let side = |draw: &mut Draw, unit: &str| {
            let post = format!("p{}", draw_number(unit));
            if draw.one_in(4) {
                format!(r#"{{"post":"{post}","signatories":["{post}"]}}"#)
            } else {
                format!(r#"{{"unit":"{unit}","signatories":["{post}"]}}"#)
            }
        };
        let mut receivers = vec![side(draw, receiver)];
        if draw.one_in(6) {
            let second = format!("u{}", draw.below(self.units.max(1)));
            receivers.push(side(draw, &second));
        }
        let signatures: Vec<String> = [issuer.as_str(), receiver]
            .iter()
            .filter(|_| !draw.one_in(10))
            .map(|unit| {
                let post = draw_number(unit);
                let on = format!("2022-0{}-15", 1 + post % 3);
                format!(r#"{{"post":"p{post}","person":"h{post}","capacity":"holder","on":"{on}"}}"#)
            })
            .collect();
        let issuers = side(draw, &issuer);
        let to = if draw.one_in(4) { "2022-03-31" } else { "2022-12-31" };
        let corrects = if draw.one_in(8) {
            format!(r#""corrects":"a{}","#, draw.below(self.acts.max(1)))
        } else {
            String::new()
        };
        self.act(
            draw,
            "letters.registered",
            day,
            &format!(
                r#"{corrects}"letters":[{{"letter":{{"id":"l{new}","title":"责任书","period":{{"from":"2022-01-01","to":"{to}"}},"issuers":[{issuers}],"receivers":[{}],"duties":[],"text":{{"sm3":"{}"}}}},"signatures":[{}]}}]"#,
                receivers.join(","),
                "0".repeat(64),
                signatures.join(",")
            ),
        );
    }
}

fn draw_number(unit: &str) -> u64 {
    unit[1..].parse().unwrap()
}

fn rule(edge: &str, top: &str) -> CascadeRule {
    let text = format!(r#"{{"edge":"{edge}","top":"{top}"}}"#);
    zeren::document::read(text.as_bytes()).unwrap()
}

/// The levels, and the branch of every unit, against the walk. How many units were covered.
fn compare(view: &View<'_>, edge: &str, seen: &str) -> u32 {
    let (registry, letters) = (view.registry(), view.letters());
    let index = &view.system().state().cascade;
    let walk = |top: &str| cascade(&registry, &letters, &rule(edge, top));
    let whole = walk("u0");
    let quick = index.coverage(&registry, &letters, &rule(edge, "u0"));
    assert_eq!(
        quick.as_ref().map(|quick| &quick.levels),
        whole.as_ref().map(|whole| &whole.levels),
        "{seen}"
    );
    let Some(Cascade {
        links,
        proven_depth,
        levels,
        ..
    }) = whole
    else {
        return 0;
    };
    assert_eq!(quick.unwrap().proven_depth, proven_depth);
    for link in links.iter().step_by(3) {
        let branch = index
            .branch(&registry, &letters, &rule(edge, "u0"), &link.unit)
            .unwrap();
        assert_eq!(
            (
                branch.depth,
                branch.superior.as_deref(),
                &branch.letters,
                branch.unbroken
            ),
            (link.depth, Some(link.superior.as_str()), &link.letters, link.unbroken),
            "{seen}, {}",
            link.unit
        );
        assert_eq!(
            branch.levels,
            walk(&link.unit).unwrap().levels,
            "{seen}, below {}",
            link.unit
        );
    }
    levels.iter().map(|level: &Level| level.covered).sum()
}

#[test]
fn quick_answers_are_those_of_the_walk() {
    let (mut covered, mut deep) = (0, 0);
    for seed in 0..250 {
        let mut draw = Draw(seed);
        let mut ledger = Ledger {
            system: System::new("示例"),
            lines: Vec::new(),
            units: 0,
            letters: 0,
            acts: 0,
        };
        let edges = r#""edges":[{"id":"line","name":"隶属","single":true,"acyclic":true},{"id":"guidance","name":"业务指导","acyclic":false}]"#;
        let start = format!(r#"{{"act":"edges.declared","id":"edges","effective":"2022-01-01",{edges}}}"#);
        let top = r#"{"act":"units.founded","id":"top","effective":"2022-01-01","units":[{"id":"u0","name":"甲","class":"县"}]}"#;
        let post = r#"{"act":"posts.founded","id":"top-post","effective":"2022-01-01","posts":[{"id":"p0","unit":"u0","name":"书记"}]}"#;
        let request = ledger.request(&[start, top.to_owned(), post.to_owned()]);
        let prepared = ledger.system.prepare(&request).unwrap();
        ledger.lines.extend(prepared.lines().map(str::to_owned));
        ledger.system.commit(prepared).unwrap();
        ledger.units = 1;
        for _ in 0..120 {
            ledger.draw(&mut draw);
        }
        let replayed = System::open("示例", ledger.lines.iter().map(String::as_str)).unwrap();
        assert_eq!(replayed, ledger.system);
        let head = u64::from(ledger.system.head().position.sequence());
        for _ in 0..8 {
            let day = Date::from_iso(&draw.day()).unwrap();
            let known = Position::new(u32::try_from(draw.below(head + 1)).unwrap());
            let known = if draw.one_in(2) { None } else { Some(known) };
            for edge in ["line", "guidance"] {
                let seen = format!("seed {seed}, {edge}, {day}, {known:?}");
                covered += compare(&ledger.system.view(day, known), edge, &seen);
                compare(&replayed.view(day, known), edge, &seen);
                deep = deep.max(
                    cascade(
                        &replayed.view(day, known).registry(),
                        &replayed.view(day, known).letters(),
                        &rule(edge, "u0"),
                    )
                    .map_or(0, |cascade| cascade.proven_depth),
                );
            }
        }
    }
    // The draws reach what they are for.
    assert!(covered > 2_000 && deep > 3, "{covered} covered, {deep} deep");
}
