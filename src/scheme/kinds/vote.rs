//! `vote` (票决计分): Σ weight × votes of a poll, over the ballots that are valid, returned or issued.
//!
//! Points = P × Σ weight × votes / denominator / out_of. Below the quorum (returned / issued), or without ballots, `void`.
//!
//! ```json
//! {"kind": "vote", "ballots": "测评票", "weights": {"优秀": 100, "称职": 80, "基本称职": 60, "不称职": 40}, "out_of": 100,
//!  "denominator": "valid", "void": 0}
//! ```

use super::choice::AmountByWord;
use super::ratio::above_nought;
use super::reading::{Reading, channel, text, value};
use crate::fact::{Kind, Source};
use crate::scheme::amount::Amount;
use crate::scheme::core::{Compare, Core, Lowered, Phrase};

crate::choice! {
    /// What votes are divided by.
    pub enum Denominator {
        /// Valid ballots.
        Valid = "valid" "有效票",
        /// Ballots returned.
        Returned = "returned" "收回票",
        /// Ballots issued.
        Issued = "issued" "发出票",
    }
}

crate::record! {
    /// 票决计分: weighted votes of a poll.
    pub struct Vote {
        /// What is voted on; the item's title when missing.
        pub title: Option<String>,
        /// The declared ballots.
        pub ballots: String,
        /// The weight of every word.
        pub weights: AmountByWord,
        /// The full score: normally the highest weight.
        pub out_of: Amount,
        /// What votes are divided by.
        pub denominator: Option<Denominator>,
        /// The least share of issued ballots that must come back.
        pub quorum: Option<Amount>,
        /// The points of a poll without ballots or below its quorum.
        pub void: Option<Amount>,
    }
}

const DENOMINATOR: &[(&str, &str)] = &[
    ("\"valid\"", "有效票"),
    ("\"returned\"", "收回票"),
    ("\"issued\"", "发出票"),
];

impl Vote {
    pub(super) fn lower(&self, reading: &Reading<'_>) -> Option<Lowered> {
        let (zh, en) = ("以什么票数为分母？", "what are votes divided by?");
        let by = reading.forced("denominator", self.denominator, Denominator::Valid, zh, en, DENOMINATOR);
        let (zh, en) = (
            "没有选票或未达规定回收率时得多少分？",
            "how many points without ballots or below the quorum?",
        );
        let void = reading.forced_amount("void", &self.void, zh, en);
        let ballots = reading.fact("ballots", &self.ballots, Kind::Ballots, "scheme.no_ballots", "票决")?;
        let inputs = reading.names.inputs;
        let words = inputs.declaration(ballots)?.words;
        let rows = self.weights.lower(reading, "weights", &words);
        let out_of = reading.amount(&self.out_of);
        let quorum = match &self.quorum {
            None => Some(None),
            Some(quorum) => reading.amount(quorum).map(Some),
        };
        let (void, rows, out_of, quorum) = (void?, rows?, out_of?, quorum?);
        above_nought(reading, "out_of", &out_of)?;
        let part = |source: Source| inputs.derived(ballots, source).map(Core::Fact);
        let (issued, returned) = (part(Source::Issued)?, part(Source::Returned)?);
        let denominator = match by {
            Denominator::Valid => part(Source::Valid)?,
            Denominator::Returned => returned.clone(),
            Denominator::Issued => issued.clone(),
        };
        let weighted = rows
            .into_iter()
            .map(|(word, weight)| Some(part(Source::Votes(word))?.times(weight)));
        let mean = Core::sum(weighted.collect::<Option<Vec<_>>>()?).over(denominator.clone());
        let scaled = mean.clone().times(reading.points.clone()).over(out_of);
        let mut holds = denominator.clone().compared(Compare::Greater, Core::ZERO);
        if let Some(quorum) = quorum {
            holds = holds.and(returned.compared(Compare::GreaterOrEqual, issued.times(quorum)));
        }
        let title = reading.titled(&self.title);
        let line = channel(
            holds.select(scaled, void),
            vec![text("Σ票数×权重 / "), value(&denominator), text(" = "), Phrase::Points],
            vec![
                text(format!("{title}以{} ", by.zh())),
                value(&denominator),
                text(format!(" 张计，{}，得 ", self.weights.told())),
                Phrase::Points,
                text(" 分"),
            ],
        );
        let quorum = self
            .quorum
            .as_ref()
            .map(|share| format!("，收回不足发出的 {} 的作废", share.zh()));
        let read_back = format!(
            "{title}按票决：{}，除以{}{}，{} 分制折算为 {} 分；无效的得 {} 分",
            self.weights.told(),
            by.zh(),
            quorum.unwrap_or_default(),
            self.out_of.zh(),
            reading.points_zh,
            self.void.as_ref().map_or_else(|| "待明确".to_owned(), Amount::zh)
        );
        Some(Lowered::earned(vec![line], read_back))
    }
}
