//! What is asked, and what comes back.

/// Coverage of the whole tree with unbroken chains, on a day, as known at a position.
pub struct Question {
    pub name: &'static str,
    pub day: &'static str,
    pub known: u32,
}

/// One level below the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub depth: u32,
    pub units: u32,
    pub covered: u32,
    pub unbroken: u32,
}

impl From<[u32; 4]> for Level {
    fn from([depth, units, covered, unbroken]: [u32; 4]) -> Self {
        Level {
            depth,
            units,
            covered,
            unbroken,
        }
    }
}

/// An answer and how long it took.
pub struct Answer {
    pub seconds: f64,
    pub levels: Vec<Level>,
}
