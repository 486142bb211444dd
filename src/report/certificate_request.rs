//! The certificate page as it is asked for: by a document, in one of three forms.

use super::{Names, PaperFormat, PersonName, letter_certificate};
use crate::calendar::Date;
use crate::error::Result;
use crate::ledger::Position;
use crate::letter::SignerKey;
use crate::system::{System, answer_text};

crate::record! {
    /// Asks for the certificate page of a letter.
    pub struct CertificateRequest {
        /// The letter.
        pub letter: String,
        /// The day looked at.
        pub day: Date,
        /// What was known: acts up to this position; everything when missing.
        pub known: Option<Position>,
        /// In which form; data when missing.
        pub format: Option<PaperFormat>,
        /// What people are called, for Markdown and HTML; host keys stand for whom is missing.
        pub names: Vec<PersonName>,
        /// Keys of signers, with which signatures over signing statements are verified.
        pub keys: Vec<SignerKey>,
    }
}

impl CertificateRequest {
    /// The page. The same state and question give the same bytes.
    ///
    /// # Errors
    /// Not found when the letter does not exist on the day; for a key, a document error, or unsupported in a build without
    /// the feature `sign`.
    pub fn answer(&self, system: &System) -> Result<String> {
        let view = system.view(self.day, self.known);
        let page = view.certificate_page(&self.letter, &view.rule_sets(), &self.keys)?;
        let names: Names = self
            .names
            .iter()
            .map(|one| (one.person.clone(), one.name.clone()))
            .collect();
        match self.format.unwrap_or(PaperFormat::Data) {
            PaperFormat::Data => answer_text(&page),
            PaperFormat::Markdown => Ok(letter_certificate(&page, &names).markdown()),
            PaperFormat::Html => Ok(letter_certificate(&page, &names).html()),
        }
    }
}
