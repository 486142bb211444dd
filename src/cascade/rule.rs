//! What a rule set asks of the cascade.

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
        /// The rule that asks for it.
        pub basis: Option<String>,
    }
}
