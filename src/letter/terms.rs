//! What a letter says beside its parties and its text, and how letters that are entered together share it.

use std::sync::Arc;

use super::{Duty, LetterRow, Terms};
use crate::calendar::Period;
use crate::ledger::Key;
use crate::registry::{Basis, Context};

crate::record! {
    /// What the letters of one act have in common: a letter that does not give one of these fields itself takes it from
    /// here.
    pub struct CommonTerms {
        /// Type: one that the rule set of the first day declares.
        pub kind as "type": Option<String>,
        /// Title.
        pub title: Option<String>,
        /// The days that a letter covers.
        pub period: Option<Period>,
        /// What is asked.
        pub duties: Vec<Duty>,
        /// Whether the text says that it reaches back to the first day of its period when it is signed later.
        pub retroactive: bool,
        /// What a letter rests on.
        pub basis: Vec<Basis>,
        /// Its entry in the yearly plan.
        pub plan_entry: Option<String>,
    }
}

impl CommonTerms {
    fn is_empty(&self) -> bool {
        let CommonTerms {
            kind,
            title,
            period,
            duties,
            retroactive,
            basis,
            plan_entry,
        } = self;
        let texts = [kind, title, plan_entry].into_iter().all(Option::is_none);
        texts && period.is_none() && duties.is_empty() && !retroactive && basis.is_empty()
    }

    /// These terms, with the others where these say nothing.
    fn or(self, other: &CommonTerms) -> CommonTerms {
        let (duties, basis) = (self.duties, self.basis);
        CommonTerms {
            kind: self.kind.or_else(|| other.kind.clone()),
            title: self.title.or_else(|| other.title.clone()),
            period: self.period.or(other.period),
            duties: if duties.is_empty() {
                other.duties.clone()
            } else {
                duties
            },
            retroactive: self.retroactive || other.retroactive,
            basis: if basis.is_empty() { other.basis.clone() } else { basis },
            plan_entry: self.plan_entry.or_else(|| other.plan_entry.clone()),
        }
    }
}

/// The terms of letters that one act brings, each kept once as far as letters that follow each other say the same.
#[derive(Default)]
pub(super) struct SharedTerms {
    common: Option<CommonTerms>,
    /// The common terms alone, once a letter had nothing to add.
    alone: Option<Arc<Terms>>,
    last: Option<Arc<Terms>>,
}

impl SharedTerms {
    pub(super) fn new(common: Option<CommonTerms>) -> Self {
        SharedTerms {
            common,
            ..SharedTerms::default()
        }
    }

    /// The common duties, when they are those of this letter.
    pub(super) fn common_duties(&self, own: &CommonTerms) -> Option<&[Duty]> {
        let common = self.common.as_ref().filter(|_| own.duties.is_empty())?;
        Some(&common.duties)
    }

    /// The terms of one letter. The act is refused when neither the letter nor what is common to all gives title and
    /// period.
    pub(super) fn of(
        &mut self,
        own: CommonTerms,
        supplements: Option<Key<LetterRow>>,
        act: &Context<'_>,
        place: &dyn std::fmt::Display,
    ) -> Option<Arc<Terms>> {
        let plain = supplements.is_none() && self.common.is_some() && own.is_empty();
        if let (true, Some(alone)) = (plain, &self.alone) {
            return Some(alone.clone());
        }
        let whole = match &self.common {
            Some(common) => own.or(common),
            None => own,
        };
        for (missing, name) in [(whole.title.is_none(), "title"), (whole.period.is_none(), "period")] {
            if missing {
                act.refuse(
                    place,
                    "document.missing_field",
                    format!("缺少必填字段“{name}”"),
                    format!("field \"{name}\" is missing"),
                );
            }
        }
        let terms = Terms {
            from: act.effective,
            kind: whole.kind.map(Into::into),
            title: whole.title?.into(),
            period: whole.period?,
            duties: whole.duties,
            retroactive: whole.retroactive,
            basis: whole.basis,
            plan_entry: whole.plan_entry.map(Into::into),
            supplements,
        };
        let terms = match self.last.take().filter(|last| **last == terms) {
            Some(same) => same,
            None => Arc::new(terms),
        };
        self.last = Some(terms.clone());
        if plain {
            self.alone = Some(terms.clone());
        }
        Some(terms)
    }
}
