//! The certificate page as it is asked for: by a document, in one of three forms.

use super::{Names, letter_certificate};
use crate::calendar::Date;
use crate::error::Result;
use crate::ledger::Position;
use crate::letter::SignerKey;
use crate::system::{System, answer_text};

crate::choice! {
    /// In which form a paper is wanted.
    pub enum CertificateForm {
        /// Its contents as JSON.
        Data = "data" "数据",
        /// Markdown.
        Markdown = "markdown" "Markdown",
        /// One page of HTML that prints on A4.
        Html = "html" "HTML",
    }
}

crate::record! {
    /// What a person is called, for the time of a question; it is not kept.
    pub struct KnownAs {
        /// Host key of the person.
        pub person: String,
        /// The name.
        pub name: String,
    }
}

crate::record! {
    /// Asks for the certificate page of a letter.
    pub struct CertificateRequest {
        /// The letter.
        pub letter: String,
        /// The day looked at.
        pub day: Date,
        /// What was known: acts up to this position; everything when missing.
        pub known: Option<Position>,
        /// The form; data when missing.
        pub form: Option<CertificateForm>,
        /// What people are called, for Markdown and HTML; host keys stand for whom is missing.
        pub names: Vec<KnownAs>,
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
        match self.form.unwrap_or(CertificateForm::Data) {
            CertificateForm::Data => answer_text(&page),
            CertificateForm::Markdown => Ok(letter_certificate(&page, &names).markdown()),
            CertificateForm::Html => Ok(letter_certificate(&page, &names).html()),
        }
    }
}
