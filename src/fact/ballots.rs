//! Admitting the ballots of a poll.

use super::admit::Desk;
use super::{Declaration, Held, HeldBallots, Input, Source, State};
use crate::document::{extend, nearest};
use crate::exact::{Exact, Interval};

/// The ballots, when they add up: no more returned than issued, no more valid than returned, no more votes than valid.
pub(super) fn admit_ballots(
    desk: &mut Desk,
    declaration: &Declaration,
    counts: [u32; 3],
    votes: &[(String, u32)],
) -> (State, Held) {
    let [issued, returned, valid] = counts;
    let (least, most) = (declaration.least(), declaration.greatest());
    let given = Exact::from(issued);
    if given < least || given > most {
        desk.refuse(
            declaration,
            "issued",
            format!("发出 {issued} 票，超出声明的范围 {least} 至 {most}，请核对"),
            format!("{issued} ballots issued, outside the declared range {least} to {most}"),
        );
    }
    if returned > issued {
        desk.refuse(
            declaration,
            "returned",
            format!("收回 {returned} 票，多于发出的 {issued} 票，请核对"),
            format!("{returned} ballots returned of {issued} issued; correct one of them"),
        );
    }
    if valid > returned {
        desk.refuse(
            declaration,
            "valid",
            format!("有效 {valid} 票，多于收回的 {returned} 票，请核对"),
            format!("{valid} valid ballots of {returned} returned; correct one of them"),
        );
    }
    let words = &declaration.words;
    for (word, _) in votes.iter().filter(|(word, _)| !words.contains(word)) {
        let near = nearest(word, words.iter().map(String::as_str));
        let zh = near.map(|near| format!("，是否应为“{near}”？")).unwrap_or_default();
        let en = near
            .map(|near| format!("; did you mean \"{near}\"?"))
            .unwrap_or_default();
        desk.refuse(
            declaration,
            &extend("votes", word),
            format!("“{word}”不在选项之内，应为：{}{zh}", words.join("、")),
            format!("\"{word}\" is not one of: {}{en}", words.join(", ")),
        );
    }
    let cast = votes
        .iter()
        .fold(0_u64, |sum, (_, votes)| sum.saturating_add(u64::from(*votes)));
    if cast > u64::from(valid) {
        desk.refuse(
            declaration,
            "votes",
            format!("各选项共 {cast} 票，多于有效的 {valid} 票，请核对（少于有效票的部分视为弃权）"),
            format!("{cast} votes of {valid} valid ballots; correct one of them (what is valid and voted for nothing is an abstention)"),
        );
    }
    let point = |count: u32| Interval::point(Exact::from(count));
    let of_word = |word: &String| {
        let listed = votes.iter().find(|(listed, _)| listed == word);
        (word.clone(), point(listed.map_or(0, |(_, votes)| *votes)))
    };
    let held = HeldBallots {
        issued: point(issued),
        returned: point(returned),
        valid: point(valid),
        votes: words.iter().map(of_word).collect(),
    };
    (State::Known, Held::Ballots(held))
}

/// All that the declaration allows.
pub(super) fn anything(declaration: &Declaration) -> Held {
    let upto = |least: Exact| Interval::between(least, declaration.greatest());
    Held::Ballots(HeldBallots {
        issued: upto(declaration.least()),
        returned: upto(Exact::ZERO),
        valid: upto(Exact::ZERO),
        votes: declaration
            .words
            .iter()
            .map(|word| (word.clone(), upto(Exact::ZERO)))
            .collect(),
    })
}

/// One count of the ballots.
pub(super) fn part(poll: &Held, input: &Input) -> Held {
    let Held::Ballots(ballots) = poll else {
        return Held::NotApplicable;
    };
    let votes = |word: &String| ballots.votes.iter().find(|(listed, _)| listed == word);
    let count = match &input.source {
        Source::Issued => Some(&ballots.issued),
        Source::Returned => Some(&ballots.returned),
        Source::Valid => Some(&ballots.valid),
        Source::Votes(word) => votes(word).map(|(_, votes)| votes),
        Source::Now | Source::Last(_) | Source::Target | Source::Class => None,
    };
    let whole = Interval::between(input.declaration.least(), input.declaration.greatest());
    Held::Number(count.cloned().unwrap_or(whole))
}

impl Desk {
    fn refuse(&mut self, declaration: &Declaration, place: &str, zh: String, en: String) {
        let name = &declaration.name;
        let pointer = format!("{}/{place}", self.here);
        self.error(
            "fact.ballots",
            pointer,
            format!("“{name}”{zh}"),
            format!("\"{name}\": {en}"),
        );
    }
}
