//! What a rule set asks of the cascade.

use crate::calendar::Date;

crate::record! {
    /// Along which edges letters go down, from where, and who must have what.
    pub struct CascadeRule {
        /// The edge kind from level to level.
        pub edge: String,
        /// The unit at the top.
        pub top: String,
        /// Classes of units that must hold a letter.
        pub letters: Vec<String>,
        /// Classes of units that must have a leadership group of their own.
        pub groups: Vec<String>,
        /// The last day for filing how the duties of a letter are broken down, where its type names none; not asked when
        /// missing.
        pub breakdown_by: Option<Date>,
        /// Within how many days after the last signature something must follow a letter up; not asked when missing.
        pub follow_up_days: Option<u32>,
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
crate::document::kept!(struct CascadeRule { edge, top, letters, groups, breakdown_by, follow_up_days, basis });
