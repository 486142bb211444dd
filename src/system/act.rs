//! The acts (行为): one table from the word in the document to its type and its effect.

use crate::assessment::{
    AppealDecided, AppealFiled, CalendarAdopted, CircularIssued, FactsCounted, FactsRecorded, FormalCheckRecorded,
    GradesProposed, ObjectionFiled, OpeningValuesImported, OutsideDecisionRecorded, PreliminaryIssued, PublicityHeld,
    RecusalRecorded, RedeterminationDecided, ReferralMade, ResultApproved, ResultArchived, ResultDecided,
    ReviewRecorded, RosterAdopted, SchemeAdopted, ScorersAssigned, SelfAssessmentSubmitted, SheetDelivered,
    StatementSubmitted, SubjectsRegistered, TargetsSet, VerificationRecorded,
};
use crate::calendar::Date;
use crate::cascade::{BreakdownFiled, DutiesListed};
use crate::document::{Cursor, Keep, Keeper, Kept, Read, Shape, VariantShape};
use crate::letter::{
    LetterAmended, LetterApproved, LetterArchived, LetterConsulted, LetterDrafted, LetterManifested,
    LetterPartySucceeded, LetterResumed, LetterScored, LetterSigned, LetterSucceeded, LetterSuspended, LetterVoided,
    LetterWithdrawn, LettersRegistered, SignatureVerified,
};
use crate::plan::{
    CampaignClosed, CampaignReached, CampaignsOpened, ChecklistTicked, ChecklistsIssued, CountsReported, ItemsClosed,
    ItemsExtended, PlanItemsRegistered, ProblemsRegistered, RecordsEntered,
};
use crate::registry::{
    Basis, Context, DecisionRecorded, EdgesDeclared, GroupAbolished, GroupChanged, GroupsConfirmed, GroupsFounded,
    GroupsMerged, GroupsReissued, PostChanged, PostsEnded, PostsFounded, Responsibilities, ResponsibilitiesEnded,
    TenureEnded, TenuresBegun, UnitDetached, UnitEnded, UnitPlaced, UnitReclassified, UnitRenamed, UnitSplit,
    UnitsAliased, UnitsFounded, UnitsLocated, UnitsMerged, WorkDivided,
};
use crate::supervision::{
    FindingExtended, FindingRecurred, InspectionHeld, InspectionPlanned, RectificationPlanned, RectificationReached,
    WrittenOff,
};

use super::{RuleSetAdopted, State};

crate::record! {
    /// What every act says besides its own fields. The third date, the ledger time, is the host's and stands in the line.
    pub struct Envelope {
        /// The word for the act.
        pub act: String,
        /// Host id of the act: repeating it with the same content gives back its position, with other content is refused.
        pub id: String,
        /// The day from which it takes effect.
        pub effective: Date,
        /// The day on which it was decided, when it is known.
        pub decided: Option<Date>,
        /// The id of the act that this one corrects; it must be of the same kind.
        pub corrects: Option<String>,
        /// What the act rests on.
        pub basis: Vec<Basis>,
    }
}

macro_rules! acts {
    ($( $word:literal $type:ident in $room:ident $(and $also:ident)? $(with $($other:ident)+)?; )*) => {
        /// An act with its own fields.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Act {
            $(
                #[doc = concat!("`", $word, "`")]
                $type(Box<$type>),
            )*
        }

        /// Every act: its word and its fields beside the envelope.
        pub const ACTS: &[VariantShape] = &[
            $( VariantShape { tag: $word, shape: <$type as Read>::shape }, )*
        ];

        /// Which act it is, without its fields.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum ActKind {
            $( $type, )*
        }

        /// All of them, in the order of the table.
        const KINDS: &[ActKind] = &[ $( ActKind::$type, )* ];

        impl ActKind {
            /// The word for it in a document.
            pub(super) fn word(self) -> &'static str {
                match self {
                    $( ActKind::$type => $word, )*
                }
            }
        }

        impl Act {
            /// Which act it is.
            pub(super) fn kind(&self) -> ActKind {
                match self {
                    $( Act::$type(_) => ActKind::$type, )*
                }
            }

            /// Reads an act with its envelope.
            pub(super) fn read(at: &Cursor<'_>) -> Option<(Envelope, Act)> {
                let fields = at.fields()?;
                let envelope = Envelope::read_fields(&fields);
                let word = at.text_of("act");
                let act = match word {
                    $( Some($word) => <$type>::read_fields(&fields).map(|act| Act::$type(Box::new(act))), )*
                    Some(word) => {
                        let near = crate::document::nearest(word, ACTS.iter().map(|act| act.tag));
                        let hint = near.map(|near| format!("，是否应为“{near}”？")).unwrap_or_default();
                        let _: Option<()> = fields.cursor("act").and_then(|at| {
                            at.problem(
                                "act.unknown_kind",
                                format!("没有名为“{word}”的行为{hint}"),
                                format!("there is no act \"{word}\"{}", near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default()),
                            )
                        });
                        return None;
                    }
                    None => None,
                };
                if word.is_some() {
                    fields.finish();
                }
                Some((envelope?, act?))
            }

            /// Applies the act to the state; problems go to the context.
            pub(super) fn apply(self, state: &mut State, context: &Context<'_>) {
                match self {
                    $( Act::$type(act) => act.apply($($(&state.$other,)+)? &mut state.$room, $(&mut state.$also,)? context), )*
                }
            }
        }
    };
}

acts! {
    "edges.declared" EdgesDeclared in registry;
    "units.founded" UnitsFounded in registry;
    "unit.renamed" UnitRenamed in registry;
    "unit.placed" UnitPlaced in registry;
    "unit.detached" UnitDetached in registry;
    "unit.reclassified" UnitReclassified in registry;
    "units.merged" UnitsMerged in registry;
    "unit.split" UnitSplit in registry;
    "unit.ended" UnitEnded in registry;
    "units.aliased" UnitsAliased in registry;
    "units.located" UnitsLocated in registry;
    "posts.founded" PostsFounded in registry;
    "post.changed" PostChanged in registry;
    "posts.ended" PostsEnded in registry;
    "tenures.begun" TenuresBegun in registry;
    "tenure.ended" TenureEnded in registry;
    "responsibilities.assigned" Responsibilities in registry;
    "responsibilities.ended" ResponsibilitiesEnded in registry;
    "work.divided" WorkDivided in registry;
    "decision.recorded" DecisionRecorded in registry;
    "groups.founded" GroupsFounded in registry;
    "groups.reissued" GroupsReissued in registry;
    "group.changed" GroupChanged in registry;
    "groups.confirmed" GroupsConfirmed in registry;
    "groups.merged" GroupsMerged in registry;
    "group.abolished" GroupAbolished in registry;
    "letter.drafted" LetterDrafted in letters with registry;
    "letter.signed" LetterSigned in letters with registry;
    "letter.manifested" LetterManifested in letters with registry;
    "signature.verified" SignatureVerified in letters with registry;
    "letters.registered" LettersRegistered in letters with registry;
    "letter.consulted" LetterConsulted in letters with registry;
    "letter.approved" LetterApproved in letters with registry;
    "letter.amended" LetterAmended in letters with registry;
    "letter.succeeded" LetterSucceeded in letters with registry;
    "letter.party_succeeded" LetterPartySucceeded in letters with registry;
    "letter.suspended" LetterSuspended in letters;
    "letter.resumed" LetterResumed in letters;
    "letter.scored" LetterScored in letters;
    "letter.archived" LetterArchived in letters;
    "letter.withdrawn" LetterWithdrawn in letters;
    "letter.voided" LetterVoided in letters;
    "breakdown.filed" BreakdownFiled in duties with registry letters;
    "duties.listed" DutiesListed in duties with registry;
    "records.entered" RecordsEntered in plan with registry letters;
    "problems.registered" ProblemsRegistered in plan with registry letters;
    "plan_items.registered" PlanItemsRegistered in plan with registry letters;
    "items.extended" ItemsExtended in plan;
    "items.closed" ItemsClosed in plan;
    "campaigns.opened" CampaignsOpened in plan with registry letters;
    "campaign.reached" CampaignReached in plan;
    "campaign.closed" CampaignClosed in plan;
    "checklists.issued" ChecklistsIssued in plan with registry letters;
    "checklist.ticked" ChecklistTicked in plan;
    "counts.reported" CountsReported in plan with registry;
    "inspection.planned" InspectionPlanned in supervision with registry letters;
    "inspection.held" InspectionHeld in supervision with registry;
    "rectification.planned" RectificationPlanned in supervision with registry;
    "rectification.reached" RectificationReached in supervision;
    "finding.extended" FindingExtended in supervision with registry;
    "finding.written_off" WrittenOff in supervision with registry;
    "finding.recurred" FindingRecurred in supervision;
    "subjects.registered" SubjectsRegistered in assessment with registry;
    "scheme.adopted" SchemeAdopted in assessment;
    "calendar.adopted" CalendarAdopted in assessment;
    "roster.adopted" RosterAdopted in assessment;
    "opening_values.imported" OpeningValuesImported in assessment;
    "targets.set" TargetsSet in assessment with letters;
    "facts.recorded" FactsRecorded in assessment;
    "facts.counted" FactsCounted in assessment with registry;
    "scorers.assigned" ScorersAssigned in assessment with registry;
    "recusal.recorded" RecusalRecorded in assessment with registry;
    "self_assessment.submitted" SelfAssessmentSubmitted in assessment;
    "formal_check.recorded" FormalCheckRecorded in assessment with registry;
    "verification.recorded" VerificationRecorded in assessment with registry;
    "preliminary.issued" PreliminaryIssued in assessment with registry;
    "sheet.delivered" SheetDelivered in assessment with registry;
    "statement.submitted" StatementSubmitted in assessment;
    "review.recorded" ReviewRecorded in assessment with registry;
    "grades.proposed" GradesProposed in assessment with registry;
    "publicity.held" PublicityHeld in assessment with registry;
    "objection.filed" ObjectionFiled in assessment with registry;
    "appeal.filed" AppealFiled in assessment;
    "appeal.decided" AppealDecided in assessment with registry;
    "result.decided" ResultDecided in assessment with registry;
    "result.approved" ResultApproved in assessment with registry;
    "circular.issued" CircularIssued in assessment with registry;
    "result.archived" ResultArchived in assessment with registry;
    "redetermination.decided" RedeterminationDecided in assessment with registry;
    "referral.made" ReferralMade in assessment with registry;
    "outside_decision.recorded" OutsideDecisionRecorded in assessment;
    "rule_set.adopted" RuleSetAdopted in rule_sets and assessment with registry;
}

/// As its place in the table, which is that of one version of the library, as a snapshot is.
impl Keep for ActKind {
    fn keep(&self, to: &mut Keeper) {
        let place = KINDS.iter().position(|kind| kind == self);
        to.length(place.unwrap_or(KINDS.len()));
    }
    fn kept(from: &mut Kept<'_>) -> Option<Self> {
        KINDS.get(usize::kept(from)?).copied()
    }
}

/// The shape of an act is its envelope and the fields of its kind.
impl Read for Act {
    fn read(at: &Cursor<'_>) -> Option<Self> {
        Act::read(at).map(|(_, act)| act)
    }
    fn shape() -> Shape {
        Shape::Enveloped(Envelope::shape, "act", ACTS)
    }
}
