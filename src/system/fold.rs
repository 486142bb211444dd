//! The state: everything the ledger has said.

use super::act::ActKind;
use super::private_use::{PrivateUse, PrivateUseMark};
use super::seals::Seals;
use super::{Act, Envelope, RuleSetRow};
use crate::assessment::{Assessment, AssessmentMark};
use crate::calendar::Date;
use crate::cascade::{CascadeIndex, CascadeIndexMark, Duties, DutiesMark};
use crate::document::Problems;
use crate::ledger::{Key, Mark, Position, Table};
use crate::letter::{Letters, LettersMark};
use crate::plan::{Plan, PlanMark};
use crate::registry::{Context, Registry, RegistryMark};
use crate::supervision::{Supervision, SupervisionMark};

/// An act that the ledger holds, without its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ActRow {
    /// Of which kind.
    pub(super) kind: ActKind,
    /// The day from which it takes effect.
    pub(super) effective: Date,
    /// The act that it corrects.
    pub(super) corrects: Option<Key<ActRow>>,
}
crate::document::kept!(struct ActRow { kind, effective, corrects });

/// The state as a fold over the acts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Units, posts, tenures, responsibilities, groups.
    pub registry: Registry,
    /// Letters.
    pub letters: Letters,
    /// Records, problems, plan items, campaigns, checklists, reported counts.
    pub plan: Plan,
    /// Inspections.
    pub supervision: Supervision,
    /// Breakdowns and duty lists.
    pub duties: Duties,
    /// Subjects, schemes, rosters, facts, results.
    pub assessment: Assessment,
    /// Rule sets.
    pub rule_sets: Table<RuleSetRow>,
    pub(super) acts: Table<ActRow>,
    pub(super) seals: Seals,
    pub(super) private_use: PrivateUse,
    /// What the cascade knows beside the tables.
    pub cascade: CascadeIndex,
}

/// How far the state was filled at some moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct StateMark {
    registry: RegistryMark,
    letters: LettersMark,
    plan: PlanMark,
    supervision: SupervisionMark,
    duties: DutiesMark,
    assessment: AssessmentMark,
    rule_sets: Mark,
    acts: Mark,
    seals: usize,
    private_use: PrivateUseMark,
    cascade: CascadeIndexMark,
}

impl State {
    pub(super) fn mark(&self) -> StateMark {
        StateMark {
            registry: self.registry.mark(),
            letters: self.letters.mark(),
            plan: self.plan.mark(),
            supervision: self.supervision.mark(),
            duties: self.duties.mark(),
            assessment: self.assessment.mark(),
            rule_sets: self.rule_sets.mark(),
            acts: self.acts.mark(),
            seals: self.seals.count(),
            private_use: self.private_use.mark(),
            cascade: self.cascade.mark(),
        }
    }

    pub(super) fn rollback(&mut self, mark: StateMark) {
        let stale = self.cascade.take_back(&self.registry, &self.letters, mark.cascade);
        self.registry.rollback(mark.registry);
        self.letters.rollback(mark.letters);
        self.plan.rollback(mark.plan);
        self.supervision.rollback(mark.supervision);
        self.duties.rollback(mark.duties);
        self.assessment.rollback(mark.assessment);
        self.rule_sets.rollback(mark.rule_sets);
        self.acts.rollback(mark.acts);
        self.seals.rollback(mark.seals);
        self.private_use.rollback(mark.private_use);
        self.cascade.renew(&self.registry, &self.letters, stale);
    }

    /// The position of an act, and of which kind it is.
    pub(super) fn act(&self, id: &str) -> Option<(Position, &ActRow)> {
        let key: Key<ActRow> = self.acts.key(id)?;
        self.acts
            .last(key, Position::END.before())
            .map(|row| (row.from, &row.value))
    }

    /// Applies one act as the line at this position. Problems are told under the pointer.
    pub(super) fn apply(&mut self, at: Position, pointer: &str, envelope: Envelope, act: Act, problems: &Problems) {
        let mut corrects = None;
        let kind = act.kind();
        if let Some(id) = &envelope.corrects {
            match self.act(id) {
                Some((position, row)) if row.kind == kind => corrects = Some(position),
                Some((_, row)) => {
                    let word = row.kind.word();
                    problems.push(crate::error::Finding::error(
                        "act.corrects_other_kind",
                        format!("{pointer}/corrects"),
                        format!("被更正的行为“{id}”是 {word}，须由同类行为更正"),
                        format!("act \"{id}\" is {word}; only an act of the same kind corrects it"),
                    ));
                }
                None => problems.push(crate::error::Finding::error(
                    "act.unknown_reference",
                    format!("{pointer}/corrects"),
                    format!("账本中没有行为“{id}”"),
                    format!("the ledger holds no act \"{id}\""),
                )),
            }
        }
        let context = Context {
            at,
            effective: envelope.effective,
            corrects,
            pointer,
            problems,
        };
        act.apply(self, &context);
        self.cascade.follow(&self.registry, &self.letters);
        let row = ActRow {
            kind,
            effective: envelope.effective,
            corrects: envelope.corrects.and_then(|id| self.acts.key(&id)),
        };
        self.acts.push(at, &envelope.id, row);
    }
}

crate::document::kept!(struct State {
    registry, letters, plan, supervision, duties, assessment, rule_sets, acts, seals, cascade, private_use
});
