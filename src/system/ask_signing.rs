//! Questions about signatures.

use super::ask::{of_whom, unknown};
use super::{Query, RuleSetBody, View};
use crate::error::Result;
use crate::letter::{CertificatePage, SignerKey, Statement, ToSign, certificate_page};
use crate::registry::Capacity;

/// What a signer outside signs.
pub(super) fn statement(view: &View<'_>, query: &Query) -> Result<Statement> {
    let (Some(id), Some(manifestation), Some(post), Some(person)) = (
        query.letter.as_deref(),
        query.manifestation.as_deref(),
        query.post.as_deref(),
        query.person.as_deref(),
    ) else {
        return Err(of_whom(
            "",
            "查询签署陈述须给出 letter、manifestation、post 和 person",
            "to ask for a signing statement, give letter, manifestation, post and person",
        ));
    };
    let letters = view.letters();
    let letter = letters
        .named(id)
        .ok_or_else(|| unknown("/letter", ("责任书", "letter"), id))?;
    let to_sign = ToSign {
        ledger: view.system().ledger(),
        amendment: query.amendment.as_deref(),
        manifestation,
        post,
        person,
        capacity: query.capacity.unwrap_or(Capacity::Holder),
        on: query.day,
    };
    letters
        .statement(&letter, to_sign)
        .ok_or_else(|| unknown("/manifestation", ("载体", "manifestation"), manifestation))
}

/// The certificate page, without keys.
pub(super) fn certificate<'a>(
    view: &View<'a>,
    query: &Query,
    rule_sets: &[&RuleSetBody],
) -> Result<CertificatePage<'a>> {
    let Some(id) = query.letter.as_deref() else {
        let (zh, en) = (
            "查询签署证明页须给出 letter",
            "to ask for a certificate page, give letter",
        );
        return Err(of_whom("/letter", zh, en));
    };
    view.certificate_page(id, rule_sets, &[])
}

impl<'a> View<'a> {
    /// The certificate page of a letter, with its findings as the first of the rule sets wants them. With keys, signatures
    /// over signing statements are verified.
    ///
    /// # Errors
    /// Not found when the letter does not exist on the day; else as
    /// [`SignatureQuery::answer`](crate::letter::SignatureQuery::answer) for a key.
    pub fn certificate_page(
        &self,
        letter: &str,
        rule_sets: &[&RuleSetBody],
        keys: &[SignerKey],
    ) -> Result<CertificatePage<'a>> {
        let ledger = self.system().ledger();
        let page = certificate_page(&self.registry(), &self.letters(), (ledger, letter), keys)?;
        let mut page = page.ok_or_else(|| unknown("/letter", ("责任书", "letter"), letter))?;
        page.position = page.position.min(self.system().head().position);
        if let Some(rules) = rule_sets.first() {
            page.findings = rules.wanted(page.findings);
        }
        Ok(page)
    }
}
