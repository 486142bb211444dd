//! Prepare, then commit: the host's own transaction decides.

use serde::Serialize;

use super::act::Act;
use super::fold::{State, StateMark};
use super::{Envelope, View};
use crate::calendar::{Date, Timestamp};
use crate::document::{Cursor, MAX_BYTES, Problems, Rereader, Shape, Written};
use crate::error::{Error, ErrorKind, Finding, Result};
use crate::ledger::{Chain, Head, Place, Position, SealedLine};
use crate::progress::{Progress, Watch};

crate::record! {
    /// What a host asks for: acts, and the head of the ledger that it knows.
    pub struct Request {
        /// The head that the host's database shows; a moved head is a conflict.
        pub head: Head,
        /// The ledger time: the moment that the host tells.
        pub time: Timestamp,
        /// Who enters the acts: an opaque id of the host.
        pub operator: String,
        /// The acts, in order; a batch applies whole or not at all.
        pub acts: Vec<Written> => || Shape::List(Act::shape),
    }
}

impl Request {
    /// Reads a request from its text.
    ///
    /// # Errors
    /// All problems of the document at once. Acts are not looked into here.
    pub fn parse(text: &[u8]) -> Result<Self> {
        crate::document::read(text)
    }
}

/// Where an act stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// Host id of the act.
    pub act: String,
    /// Its position.
    pub position: Position,
    /// Whether the ledger held it before this request.
    pub repeated: bool,
}

/// A validated batch that has not happened yet: write its lines, then commit it; drop it to leave everything as it was.
#[derive(Clone, Debug)]
pub struct Prepared {
    base: Head,
    lines: Vec<SealedLine>,
    receipts: Vec<Receipt>,
}

impl Prepared {
    /// The lines to store, in order. None when the ledger held every act already.
    pub fn lines(&self) -> impl ExactSizeIterator<Item = &str> {
        self.lines.iter().map(SealedLine::text)
    }

    /// The head that the lines continue.
    pub fn base(&self) -> &Head {
        &self.base
    }

    /// The head that the lines lead to; `None` when there are none.
    pub fn head(&self) -> Option<Head> {
        let last = self.lines.last()?;
        let mut position = self.base.position;
        for _ in &self.lines {
            position = position.next().unwrap_or(position);
        }
        Some(Head {
            position,
            digest: last.digest().to_owned(),
        })
    }

    /// Where each act of the request stands.
    pub fn receipts(&self) -> &[Receipt] {
        &self.receipts
    }
}

/// A ledger's state, in memory. The lines themselves belong to the host.
#[derive(Clone, Debug)]
pub struct System {
    pub(super) chain: Chain,
    pub(super) state: State,
    pub(super) tried: Option<Tried>,
}

/// What was prepared last still stands in the state, behind the head, where no view looks: committing it is then only
/// moving the head. Whatever else comes takes it back first.
#[derive(Clone, Debug)]
pub(super) struct Tried {
    mark: StateMark,
    /// Digest of its last line, which says that it is this batch and no other.
    digest: Box<str>,
}

/// Whether both are the same ledger in the same state; what was only tried does not count.
impl PartialEq for System {
    fn eq(&self, other: &Self) -> bool {
        let plain = |system: &System| {
            let mut system = system.clone();
            system.take_back();
            system
        };
        match (&self.tried, &other.tried) {
            (None, None) => self.chain == other.chain && self.state == other.state,
            _ => plain(self) == plain(other),
        }
    }
}
impl Eq for System {}

impl System {
    /// An empty ledger of this id; one ledger a tenant.
    pub fn new(ledger: impl Into<String>) -> Self {
        System {
            chain: Chain::start(ledger),
            state: State::default(),
            tried: None,
        }
    }

    /// The state that stored lines lead to.
    ///
    /// # Errors
    /// An integrity error that names the first line that does not hold.
    pub fn open<'t>(ledger: impl Into<String>, lines: impl IntoIterator<Item = &'t str>) -> Result<Self> {
        let mut system = System::new(ledger);
        system.follow(lines)?;
        Ok(system)
    }

    /// The ledger's id.
    pub fn ledger(&self) -> &str {
        self.chain.ledger()
    }

    /// Where the ledger ends.
    pub fn head(&self) -> &Head {
        self.chain.head()
    }

    /// The state, for rooms above, which look at it as known at a position.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The state of affairs on a day, as known at a position (everything, when none is given).
    pub fn view(&self, day: Date, known: Option<Position>) -> View<'_> {
        let head = self.head().position;
        View::new(self, day, known.map_or(head, |known| known.min(head)))
    }

    /// Validates acts against the state and gives the lines to store. Every view stays as it was.
    ///
    /// # Errors
    /// A conflict when the head has moved; a document error or a refusal with all problems of all acts.
    pub fn prepare(&mut self, request: &Request) -> Result<Prepared> {
        self.at_head(&request.head)?;
        self.take_back();
        let problems = Problems::new();
        let mark = self.state.mark();
        let result = self.try_acts(request, &problems);
        let findings = problems.into_findings();
        if let (Ok((lines, _)), true) = (&result, findings.is_empty()) {
            self.tried = lines.last().map(|last| Tried {
                mark,
                digest: last.digest().into(),
            });
        } else {
            self.state.rollback(mark);
        }
        let (lines, receipts) = result?;
        if findings.is_empty() {
            return Ok(Prepared {
                base: request.head.clone(),
                lines,
                receipts,
            });
        }
        let impossible = findings
            .iter()
            .any(|finding| !finding.code.starts_with("document.") && !finding.code.starts_with("calendar."));
        Err(Error::new(
            if impossible {
                ErrorKind::Refused
            } else {
                ErrorKind::Document
            },
            findings,
        ))
    }

    /// Takes a prepared batch over, once its lines are stored.
    ///
    /// # Errors
    /// A conflict when the head has moved since the batch was prepared: other lines came first, so these were not stored.
    pub fn commit(&mut self, prepared: Prepared) -> Result<()> {
        self.at_head(&prepared.base)?;
        let Some(head) = prepared.head() else {
            return Ok(());
        };
        if self.tried.take_if(|tried| *tried.digest == *head.digest).is_none() {
            return self.follow(prepared.lines());
        }
        self.chain.sealed(head);
        Ok(())
    }

    pub(super) fn take_back(&mut self) {
        if let Some(tried) = self.tried.take() {
            self.state.rollback(tried.mark);
        }
    }

    /// Takes over lines that others stored, in order. All of them or none.
    ///
    /// # Errors
    /// An integrity error that names the first line that does not hold.
    pub fn follow<'t>(&mut self, lines: impl IntoIterator<Item = &'t str>) -> Result<()> {
        self.followed(lines, Watch::NOBODY)
    }

    /// As [`System::follow`], under the eyes of whoever waits: a step a line. The lines are gone through twice, first to
    /// count them. A whole ledger is opened so from [`System::new`].
    ///
    /// # Errors
    /// As [`System::follow`]; a refusal when the work was asked to stop.
    pub fn follow_watched<'t>(
        &mut self,
        lines: impl IntoIterator<Item = &'t str, IntoIter: Clone>,
        progress: &Progress,
    ) -> Result<()> {
        let (lines, watch) = (lines.into_iter(), Watch::by(progress));
        watch.expect(lines.clone().count());
        self.followed(lines, watch)
    }

    fn followed<'t>(&mut self, lines: impl IntoIterator<Item = &'t str>, watch: Watch<'_>) -> Result<()> {
        self.take_back();
        let mark = self.state.mark();
        let chain = self.chain.clone();
        let result = self.replay(lines, watch);
        if result.is_err() {
            self.state.rollback(mark);
            self.chain = chain;
        }
        result
    }

    fn replay<'t>(&mut self, lines: impl IntoIterator<Item = &'t str>, watch: Watch<'_>) -> Result<()> {
        let mut acts = Rereader::default();
        for text in lines {
            let line = self.chain.follow(text, &mut acts)?;
            let problems = Problems::new();
            if let Some((envelope, act)) = Act::read(&Cursor::written(&line.payload, &problems)) {
                self.state.apply(line.sequence, "", envelope, act, &problems);
                self.state.seals.push_read(&line);
                self.state.private_use.note(line.sequence, text);
            }
            let findings = problems.into_findings();
            if !findings.is_empty() {
                let at = line.sequence;
                let mut all = vec![
                    Finding::error(
                        "ledger.act_refused",
                        format!("/{}", at.sequence().saturating_sub(1)),
                        format!("第 {at} 行：所载行为不能成立"),
                        format!("line {at}: its act cannot be taken"),
                    )
                    .about(at.to_string()),
                ];
                all.extend(findings);
                return Err(Error::new(ErrorKind::Integrity, all));
            }
            watch.step(1)?;
        }
        self.chain.finish()
    }

    fn at_head(&self, expected: &Head) -> Result<()> {
        if expected == self.head() {
            return Ok(());
        }
        let head = self.head();
        Err(Error::one(
            ErrorKind::Conflict,
            Finding::error(
                "system.head_moved",
                "/head",
                format!("账本已到第 {} 行，请先跟进新行（follow）再重试", head.position),
                format!(
                    "the ledger stands at line {}; follow the new lines, then try again",
                    head.position
                ),
            ),
        ))
    }

    fn try_acts(&mut self, request: &Request, problems: &Problems) -> Result<(Vec<SealedLine>, Vec<Receipt>)> {
        let mut position = self.head().position;
        let mut receipts = Vec::with_capacity(request.acts.len());
        let mut fresh: Vec<(Position, &Written)> = Vec::with_capacity(request.acts.len());
        for (index, payload) in request.acts.iter().enumerate() {
            let pointer = format!("/acts/{index}");
            let own = Problems::new();
            let read = Act::read(&Cursor::written(payload, &own));
            for mut finding in own.into_findings() {
                finding.pointer = finding.pointer.map(|inner| format!("{pointer}{inner}"));
                problems.push(finding);
            }
            let Some((envelope, act)) = read else { continue };
            if let Some(receipt) = self.known(&pointer, &envelope, payload, &fresh, problems) {
                receipts.extend(receipt);
                continue;
            }
            let Some(next) = position.next() else {
                let (zh, en) = ("账本已达行数上限", "the ledger is full");
                return Err(Error::one(
                    ErrorKind::Refused,
                    Finding::error("ledger.full", pointer, zh, en),
                ));
            };
            position = next;
            receipts.push(Receipt {
                act: envelope.id.clone(),
                position,
                repeated: false,
            });
            self.state.apply(position, &pointer, envelope, act, problems);
            fresh.push((position, payload));
        }
        let lines = self.seal(request, &fresh);
        for (line, (position, _)) in lines.iter().zip(&fresh) {
            self.state.private_use.note(*position, line.text());
        }
        // A line is a document too: one that nobody could read again must not reach the host.
        for (line, (position, _)) in lines
            .iter()
            .zip(&fresh)
            .filter(|(line, _)| line.text().len() > MAX_BYTES)
        {
            let own = receipts.iter().find(|receipt| receipt.position == *position);
            problems.push(
                Finding::error(
                    "system.line_too_large",
                    "/acts",
                    format!("行为成为账本行后超过 {MAX_BYTES} 字节上限，请拆分"),
                    format!(
                        "as a ledger line of {} bytes the act is over {MAX_BYTES}; split it",
                        line.text().len()
                    ),
                )
                .about(own.map_or("", |receipt| receipt.act.as_str())),
            );
        }
        Ok((lines, receipts))
    }

    /// An act whose id the ledger holds already: the same content gives its receipt, other content a problem.
    fn known(
        &self,
        pointer: &str,
        envelope: &Envelope,
        payload: &Written,
        fresh: &[(Position, &Written)],
        problems: &Problems,
    ) -> Option<Option<Receipt>> {
        let (position, _) = self.state.act(&envelope.id)?;
        // What came earlier in the same request is not sealed yet.
        let same = self
            .state
            .seals
            .holds(self.ledger(), position, payload)
            .unwrap_or_else(|| {
                let earlier = fresh.iter().find(|(at, _)| *at == position);
                earlier.is_some_and(|(_, earlier)| *earlier == payload)
            });
        if same {
            return Some(Some(Receipt {
                act: envelope.id.clone(),
                position,
                repeated: true,
            }));
        }
        problems.push(Finding::error(
            "act.id_used",
            format!("{pointer}/id"),
            format!("行为“{}”已以其他内容记入第 {position} 行，请换用新的标识", envelope.id),
            format!(
                "act \"{}\" stands in line {position} with other content; use a new id",
                envelope.id
            ),
        ));
        Some(None)
    }

    fn seal(&mut self, request: &Request, fresh: &[(Position, &Written)]) -> Vec<SealedLine> {
        let mut previous = self.head().digest.clone();
        let batch = self.chain.batch().saturating_add(1);
        let count = fresh.len();
        let mut lines = Vec::with_capacity(count);
        for (index, (sequence, payload)) in fresh.iter().enumerate() {
            let place = Place {
                ledger: self.chain.ledger(),
                sequence: *sequence,
                batch,
                last: index.saturating_add(1) == count,
                time: &request.time,
                operator: &request.operator,
                previous: &previous,
            };
            let line = place.seal(payload);
            self.state.seals.push(&place, line.digest());
            previous = line.digest().to_owned();
            lines.push(line);
        }
        lines
    }
}
