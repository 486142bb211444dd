//! `rank` (名次计分): points by place within the cohort.
//!
//! The place is 1 + how many are better. Points come from a list by place, from a list from the last, or fall by a step.
//! `ties` answers what equal values get: `shared` (the better place, the next is left out), `mean` (the mean of the places
//! they take), `broken` by a further expression (those that are equal in it too share), `void` (a tie anywhere makes the
//! item not apply to anybody). With `when` only subjects for which it holds are ranked.
//!
//! ```json
//! {"kind": "rank", "value": "全年得分", "order": "descending", "points": [60, 57, 54, 51, 48], "ties": "shared"}
//! ```

use super::ratio::above_nought;
use super::reading::{Reading, channel, text, value};
use crate::scheme::amount::{Amount, Formula};
use crate::scheme::applies::applies;
use crate::scheme::core::{Compare, Core, Gathered, Gathering, Ladder, Lowered, Phrase, Scope};

crate::choice! {
    /// Which value is first.
    pub enum Order {
        /// The highest.
        Descending = "descending" "由高到低",
        /// The lowest.
        Ascending = "ascending" "由低到高",
    }
}

crate::choice! {
    /// What equal values get.
    pub enum Ties {
        /// The better place; the next is left out.
        Shared = "shared" "并列的取同一名次",
        /// The mean of the points of the places they take.
        Mean = "mean" "并列的取所占名次的平均分",
        /// A further expression decides.
        Broken = "broken" "并列的再比一次",
        /// The item does not apply to anybody.
        Void = "void" "出现并列的取消本项",
    }
}

crate::record! {
    /// 名次计分: points by place within the cohort.
    pub struct Rank {
        /// What is ranked; the item's title when missing.
        pub title: Option<String>,
        /// The value.
        pub value: Formula,
        /// Which value is first.
        pub order: Order,
        /// Points of the first, second, … place.
        pub points: Vec<Amount>,
        /// Points of the last, last but one, … place.
        pub from_last: Vec<Amount>,
        /// Points of the first place, where points fall by a step.
        pub first: Option<Amount>,
        /// How many points fewer each further place gets.
        pub step: Option<Amount>,
        /// The least, where points fall by a step; nought when missing.
        pub at_least: Option<Amount>,
        /// Points of a place without points of its own; nought when missing.
        pub beyond: Option<Amount>,
        /// Who is ranked; everybody when missing.
        pub when: Option<Formula>,
        /// Points of who is not ranked; nought when missing.
        pub otherwise: Option<Amount>,
        /// What equal values get.
        pub ties: Option<Ties>,
        /// What breaks ties: more is better.
        pub then: Option<Formula>,
    }
}

const TIES: &[(&str, &str)] = &[
    ("\"shared\"", "并列取同一名次"),
    ("\"mean\"", "取所占名次平均分"),
    ("\"void\"", "出现并列取消本项"),
];

/// How many are ahead, behind and level within the cohort.
struct Places<'a> {
    value: &'a Core,
    then: Option<Core>,
    when: Option<Core>,
    ahead: Gathering,
    behind: Gathering,
}

impl Places<'_> {
    fn count(&self, how: Gathering) -> Core {
        self.counted(how, self.then.clone())
    }

    /// How many are behind: of those that are level, those with less of what breaks ties.
    fn behind(&self) -> Core {
        let less = self.then.clone().map(|then| Core::ZERO.minus(then));
        self.counted(self.behind, less)
    }

    fn counted(&self, how: Gathering, then: Option<Core>) -> Core {
        Core::Gathered(Box::new(Gathered {
            how,
            scope: Scope::Cohort,
            value: self.value.clone(),
            then,
            when: self.when.clone(),
        }))
    }
}

impl Rank {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (zh, en) = ("名次并列时如何计分？", "what do equal values get?");
        let ties = reading.forced("ties", self.ties, Ties::Shared, zh, en, TIES);
        if (ties == Ties::Broken) != self.then.is_some() {
            let (zh, en) = (
                "ties 为 broken 时须写 then，其他情形不写",
                "\"then\" goes with ties \"broken\"",
            );
            return reading.problem("then", "scheme.rank_then", zh, en);
        }
        let ranked = reading.number(&self.value);
        let then = match &self.then {
            None => Some(None),
            Some(then) => reading.number(then).map(Some),
        };
        let when = match &self.when {
            None => Some(None),
            Some(when) => reading.truth(when).map(Some),
        };
        let beyond = reading.amount_or(&self.beyond, Core::ZERO);
        let otherwise = reading.amount_or(&self.otherwise, Core::ZERO);
        let (ranked, then, when, beyond, otherwise) = (ranked?, then?, when?, beyond?, otherwise?);
        let (ahead, behind) = match self.order {
            Order::Descending => (Gathering::Higher, Gathering::Lower),
            Order::Ascending => (Gathering::Lower, Gathering::Higher),
        };
        let places = Places {
            value: &ranked,
            then,
            // Whom the condition does not apply to is not ranked.
            when: when.clone().map(|when| applies(&when, reading.defined).and(when)),
            ahead,
            behind,
        };
        let place = places.count(places.ahead).plus(Core::whole(1));
        let width = if ties == Ties::Mean {
            places.count(Gathering::Equal).plus(Core::whole(1))
        } else {
            Core::whole(1)
        };
        let mut points = self.points(reading, &places, &place, &width, beyond)?;
        if let Some(when) = when {
            points = when.select(points, otherwise);
        }
        let no_tie = (ties == Ties::Void).then(|| places.count(Gathering::Tied).compared(Compare::Equal, Core::ZERO));
        let title = reading.titled(&self.title);
        let line = channel(
            points,
            vec![text("第 "), value(&place), text(" 名 = "), Phrase::Points],
            vec![
                text(format!("{title}为 ")),
                value(&ranked),
                text(format!("，{}排第 ", self.order.zh())),
                value(&place),
                text(" 名，得 "),
                Phrase::Points,
                text(" 分"),
            ],
        );
        Some(Lowered {
            applies: no_tie,
            ..Lowered::earned(vec![line], self.told(&title, ties))
        })
    }

    fn points(
        &self,
        reading: &Reading<'_>,
        places: &Places<'_>,
        place: &Core,
        width: &Core,
        beyond: Core,
    ) -> Option<Core> {
        let list = |amounts: &[Amount]| {
            amounts
                .iter()
                .map(|amount| reading.amount(amount))
                .collect::<Option<Vec<_>>>()
        };
        let ladder = |place: Core, width: Core, points: Vec<Core>, beyond: Core| {
            Core::Ladder(Box::new(Ladder {
                place,
                width,
                points,
                beyond,
            }))
        };
        match (
            self.points.as_slice(),
            self.from_last.as_slice(),
            &self.first,
            &self.step,
        ) {
            ([], [], Some(first), Some(step)) => {
                let (first, step) = (reading.amount(first)?, reading.amount(step)?);
                let least = reading.amount_or(&self.at_least, Core::ZERO)?;
                let before = place.clone().minus(Core::whole(1));
                let own = first.clone().minus(before.clone().times(step.clone()));
                if *width == Core::whole(1) {
                    return Some(own.at_least(least));
                }
                above_nought(reading, "step", &step)?;
                // So many places give the least or more; of those taken, so many are among them, and their points fall
                // evenly from the own place's.
                let above = first.minus(least.clone());
                let reach = above.clone().at_least(Core::ZERO).over(step.clone()).whole_steps();
                let reach = above
                    .compared(Compare::GreaterOrEqual, Core::ZERO)
                    .select(reach.plus(Core::whole(1)), Core::ZERO);
                let inside = reach.minus(before).at_least(Core::ZERO).at_most(width.clone());
                let fall = inside
                    .clone()
                    .times(inside.clone().minus(Core::whole(1)))
                    .over(Core::whole(2));
                let falling = inside.clone().times(own).minus(fall.times(step));
                let rest = width.clone().minus(inside).times(least);
                Some(falling.plus(rest).over(width.clone()))
            }
            ([], [], _, _) => reading.problem(
                "",
                "scheme.rank_points",
                "名次分应写 points 或 from_last，或写 first 和 step",
                "give points or from_last, or first and step",
            ),
            (points, from_last, None, None) => {
                let (points, from_last) = (list(points)?, list(from_last)?);
                let counted = points.len();
                if from_last.is_empty() {
                    return Some(ladder(place.clone(), width.clone(), points, beyond));
                }
                // From the last: how many are behind decides. The front list comes first where both reach.
                let last = places.behind().plus(Core::whole(1));
                if points.is_empty() {
                    return Some(ladder(last, width.clone(), from_last, beyond));
                }
                let counted = Core::whole(i64::try_from(counted).ok()?);
                if *width == Core::whole(1) {
                    let front = place.clone().compared(Compare::LessOrEqual, counted);
                    let behind = ladder(last, width.clone(), from_last, beyond);
                    return Some(front.select(ladder(place.clone(), width.clone(), points, Core::ZERO), behind));
                }
                // A tie may reach over the end of the front list: its later places are told from the last.
                let inside = counted.plus(Core::whole(1)).minus(place.clone());
                let inside = inside.at_least(Core::ZERO).at_most(width.clone());
                let rest = width.clone().minus(inside.clone());
                let wide = |number: &Core| number.clone().at_least(Core::whole(1));
                let front = ladder(place.clone(), wide(&inside), points, Core::ZERO).times(inside);
                let back = ladder(last, wide(&rest), from_last, beyond).times(rest);
                Some(front.plus(back).over(width.clone()))
            }
            _ => reading.problem(
                "",
                "scheme.rank_points",
                "points、from_last 与 first、step 不能并用",
                "points and from_last do not go with first and step",
            ),
        }
    }

    fn told(&self, title: &str, ties: Ties) -> String {
        let list = |amounts: &[Amount]| amounts.iter().map(Amount::zh).collect::<Vec<_>>().join("、");
        let mut told = vec![format!("{title}按{}排名", self.order.zh())];
        if !self.points.is_empty() {
            told.push(format!("第 1 名起依次得 {} 分", list(&self.points)));
        }
        if !self.from_last.is_empty() {
            told.push(format!("倒数第 1 名起依次得 {} 分", list(&self.from_last)));
        }
        if let (Some(first), Some(step)) = (&self.first, &self.step) {
            let least = self.at_least.as_ref().map_or_else(|| "0".to_owned(), Amount::zh);
            told.push(format!(
                "第 1 名得 {} 分，每后移一名少 {} 分，最低 {least} 分",
                first.zh(),
                step.zh()
            ));
        }
        if let Some(beyond) = &self.beyond {
            told.push(format!("其余名次得 {} 分", beyond.zh()));
        }
        if let Some(when) = &self.when {
            let rest = self.otherwise.as_ref().map_or_else(|| "0".to_owned(), Amount::zh);
            told.push(format!("“{}”的才参加排名，否则得 {rest} 分", when.zh()));
        }
        if self.ties.is_some() {
            told.push(ties.zh().to_owned());
        }
        told.join("，")
    }
}
