//! The state of a letter, as it follows from what happened up to the day and from the day itself.

use super::{Event, LetterView};
use crate::calendar::Date;

crate::choice! {
    /// The state of a letter on a day.
    pub enum LetterState {
        /// Drafted; its text is not frozen.
        Draft = "draft" "起草",
        /// Its draft is with others for their answer.
        Consultation = "consultation" "征求意见",
        /// It is approved; its text is not frozen.
        Approved = "approved" "已审批",
        /// Its text is frozen, nobody has signed.
        ToBeSigned = "to_be_signed" "待签",
        /// Some have signed.
        PartlySigned = "partly_signed" "部分签署",
        /// Not all have signed, and the last day for it is over.
        Overdue = "overdue" "逾期未签",
        /// All have signed and the period is running or to come.
        InForce = "in_force" "生效",
        /// The period is over.
        Expired = "expired" "到期",
        /// The period is over and the letter was scored.
        Scored = "scored" "已考核",
        /// The period is over and the letter is in the archive.
        Archived = "archived" "已归档",
        /// It was withdrawn.
        Withdrawn = "withdrawn" "撤回",
        /// It was declared void and never bound.
        Void = "void" "作废",
    }
}

impl LetterState {
    /// Whether the letter is out of the way: withdrawn or void.
    pub fn is_dead(self) -> bool {
        matches!(self, LetterState::Withdrawn | LetterState::Void)
    }

    /// Whether the letter is signed by all and its period over.
    pub fn is_over(self) -> bool {
        matches!(self, LetterState::Expired | LetterState::Scored | LetterState::Archived)
    }
}

/// Since when the letter is suspended, while it is.
pub(super) fn suspended(letter: &LetterView<'_>) -> Option<Date> {
    let mut since = None;
    for happening in &letter.happenings {
        match happening.event {
            Event::Suspended { .. } => since = since.or(Some(happening.on)),
            Event::Resumed => since = None,
            _ => {}
        }
    }
    since
}

/// The state on the day.
pub(super) fn state(letter: &LetterView<'_>, day: Date) -> LetterState {
    let happened = |event: fn(&Event) -> bool| letter.events().any(event);
    if happened(|event| matches!(event, Event::Voided { .. })) {
        return LetterState::Void;
    }
    if happened(|event| matches!(event, Event::Withdrawn { .. })) {
        return LetterState::Withdrawn;
    }
    if letter.signed_up().is_some() {
        return match () {
            () if day <= letter.period().to() => LetterState::InForce,
            () if happened(|event| matches!(event, Event::Archived { .. })) => LetterState::Archived,
            () if happened(|event| matches!(event, Event::Scored { .. })) => LetterState::Scored,
            () => LetterState::Expired,
        };
    }
    let last = letter.kind.and_then(|kind| kind.last_day_to_sign(letter.letter.period));
    if last.is_some_and(|last| last < day) {
        return LetterState::Overdue;
    }
    if !letter.signatures.is_empty() {
        return LetterState::PartlySigned;
    }
    let approved = happened(|event| matches!(event, Event::Approved { .. }));
    let consulting = letter.events().any(|event| match event {
        Event::Consulted { until, .. } => until.is_none_or(|until| day <= until),
        _ => false,
    });
    match (approved, letter.letter.text.is_some()) {
        (true, true) => LetterState::ToBeSigned,
        (true, false) => LetterState::Approved,
        (false, _) if consulting => LetterState::Consultation,
        (false, true) => LetterState::ToBeSigned,
        (false, false) => LetterState::Draft,
    }
}
