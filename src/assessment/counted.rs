//! Facts that are counted from the inspections of the ledger. Which ones is said here; `system` counts them.

use super::Assessment;
use crate::calendar::Date;
use crate::ledger::Position;
use crate::registry::{Context, Registry};

crate::choice! {
    /// What is counted of the inspections of a subject's units.
    pub enum Count {
        /// Inspections that were held there.
        Inspections = "inspections" "督查次数",
        /// What they found.
        Findings = "findings" "督查发现问题数",
        /// Of that, what is written off.
        WrittenOff = "written_off" "已销号问题数",
        /// Of that, what is not written off.
        Open = "open" "未销号问题数",
        /// Of that, what was written off after its last day or is open after it.
        Late = "late" "逾期整改问题数",
        /// The days by which those are late, together.
        DaysLate = "days_late" "逾期整改天数",
        /// How often a last day was moved.
        Extended = "extended" "整改延期次数",
        /// How often something came back after its write-off.
        Recurred = "recurred" "反弹次数",
    }
}
crate::document::kept!(enum Count {
    0 Inspections, 1 Findings, 2 WrittenOff, 3 Open, 4 Late, 5 DaysLate, 6 Extended, 7 Recurred
});

crate::record! {
    /// A fact with what is counted for it.
    pub struct CountedFact {
        /// The fact that the scheme declares.
        pub fact: String,
        /// What is counted.
        pub count: Count,
    }
}
crate::document::kept!(struct CountedFact { fact, count });

crate::record! {
    /// Says which facts of a scheme are counted from the inspections of the ledger, over what was held or found in the
    /// period and as it stands on its last day. What is recorded or verified of such a fact goes before the count. What is
    /// said here takes the place of what was said before.
    pub struct FactsCounted {
        /// The scheme.
        pub scheme: String,
        /// First day.
        pub from: Date,
        /// Last day.
        pub to: Date,
        /// The post that answers for the counts: where nothing is counted, it declares the zero.
        pub post: String,
        /// The facts.
        pub counts: Vec<CountedFact>,
    }
}
crate::document::kept!(struct FactsCounted { scheme, from, to, post, counts });

impl FactsCounted {
    /// Keeps what is to be counted.
    pub fn apply(self, registry: &Registry, assessment: &mut Assessment, act: &Context<'_>) {
        act.reference(&registry.posts, "/post", ("职务", "post"), &self.post);
        act.in_order("/to", self.from, Some(self.to));
        for (index, counted) in self.counts.iter().enumerate() {
            if self.counts.iter().take(index).any(|other| other.fact == counted.fact) {
                act.refuse(
                    format!("/counts/{index}/fact"),
                    "assessment.counted_twice",
                    format!("事实“{}”出现两次，请只保留一处", counted.fact),
                    format!("fact \"{}\" stands twice; keep it once", counted.fact),
                );
            }
        }
        if let Some(key) = assessment.counted.key(&self.scheme) {
            act.supersede(&mut assessment.counted, key);
        }
        let scheme = self.scheme.clone();
        assessment.counted.push(act.at, &scheme, self);
    }
}

impl Assessment {
    /// What is counted for a scheme, as known at a position.
    pub fn counts_of(&self, scheme: &str, known: Position) -> Option<&FactsCounted> {
        let key = self.counted.key(scheme)?;
        self.counted.last(key, known).map(|row| &row.value)
    }
}
