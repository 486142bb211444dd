//! The tables of assessments.

use super::appeal::AppealRow;
use super::counted::FactsCounted;
use super::course::StepRow;
use super::facts::{FactRow, TargetRow};
use super::issue::{Decision, Issued};
use super::opening::OpeningRow;
use super::procedure::Procedure;
use super::referral::ReferralRow;
use super::result::Approved;
use super::roster::Roster;
use super::scorers::{Recusal, Scorer};
use super::verification::Verified;
use super::{SchemeAdopted, Subject};
use crate::calendar::{Date, WorkCalendar, WorkCalendars};
use crate::ledger::{Mark, Position, Table};

/// Everything the ledger has said of assessments. What belongs to a scheme and a subject is keyed by both
/// ([`Assessment::pair`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assessment {
    /// Subjects.
    pub subjects: Table<Subject>,
    /// Adopted schemes, by id and version.
    pub schemes: Table<(Date, SchemeAdopted)>,
    /// Rosters, by scheme.
    pub rosters: Table<Roster>,
    /// Procedures of the rule sets, by scheme.
    pub procedures: Table<Procedure>,
    /// Working calendars, by year.
    pub calendars: Table<WorkCalendar>,
    /// Facts, by scheme and subject.
    pub facts: Table<FactRow>,
    /// What subjects claim of themselves, by scheme and subject.
    pub claims: Table<FactRow>,
    /// Targets, by scheme and subject.
    pub targets: Table<TargetRow>,
    /// Values of earlier years, by scheme and subject.
    pub openings: Table<OpeningRow>,
    /// Who scores an item, by scheme and item.
    pub scorers: Table<Scorer>,
    /// Who acts instead of a scorer, by scheme and subject.
    pub recusals: Table<Recusal>,
    /// The steps that were taken, by scheme and subject.
    pub course: Table<StepRow>,
    /// Verified items, by scheme and subject.
    pub verified: Table<Verified>,
    /// Sheets as they were issued, version by version, by scheme and subject.
    pub issued: Table<Issued>,
    /// Objections and appeals, by their ids.
    pub appeals: Table<AppealRow>,
    /// Decisions that may move results, by scheme.
    pub decisions: Table<Decision>,
    /// Facts that are counted from inspections, by scheme.
    pub counted: Table<FactsCounted>,
    /// Referrals and their outside decisions, by their ids.
    pub referrals: Table<ReferralRow>,
    /// Approved results, by scheme and subject.
    pub results: Table<Approved>,
}

macro_rules! tables {
    ($count:literal: $($table:ident)+) => {
        /// How far the tables were filled at some moment.
        #[derive(Clone, Copy, Debug)]
        pub struct AssessmentMark([Mark; $count]);

        impl Assessment {
            /// How far the tables are filled.
            pub fn mark(&self) -> AssessmentMark {
                AssessmentMark([$( self.$table.mark() ),+])
            }

            /// Takes back everything since the mark.
            pub fn rollback(&mut self, mark: AssessmentMark) {
                let AssessmentMark([$( $table ),+]) = mark;
                $( self.$table.rollback($table); )+
            }
        }

        crate::document::kept!(struct Assessment { $($table),+ });
    };
}

tables! {
    19: subjects schemes rosters procedures calendars facts claims targets openings scorers recusals course verified
    issued appeals decisions counted referrals results
}

impl Assessment {
    /// The key of what belongs to a scheme and a subject. Line breaks of the scheme are escaped, so the first one in the
    /// key ends it.
    pub fn pair(scheme: &str, subject: &str) -> String {
        crate::ledger::pair(scheme, subject)
    }

    /// The subject of this id, as known at a position.
    pub fn subject(&self, id: &str, known: Position) -> Option<&Subject> {
        let key = self.subjects.key(id)?;
        self.subjects.last(key, known).map(|row| &row.value)
    }

    /// The procedure that governs a scheme, as known at a position: of several the one adopted last.
    pub fn procedure(&self, scheme: &str, known: Position) -> Option<&Procedure> {
        let key = self.procedures.key(scheme)?;
        self.procedures.last(key, known).map(|row| &row.value)
    }

    /// The working calendars, as known at a position.
    pub fn working_days(&self, known: Position) -> WorkCalendars {
        let mut calendars = WorkCalendars::new();
        for (_, calendar) in self.calendars.latest(known) {
            // One calendar a year: the table is keyed by year.
            let _ = calendars.add(calendar.clone());
        }
        calendars
    }
}
