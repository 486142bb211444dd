//! The facts of the job: 53 measured values a unit, the same for every contender and in every year.
//!
//! A unit has a quality that pulls all its values, so that totals spread like real ones do; targets are round numbers,
//! so exact ties at half a hundredth are common: with floats polars gives one unit in twelve another total.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Units that are ranked together.
pub const GROUP: u32 = 250;
/// Measured values a unit.
const VALUES: usize = 53;

/// One measured value of every unit, as integers of the column's own scale.
pub struct Column {
    /// `r01`: the letter says the kind of indicator.
    pub name: String,
    /// Decimal places: 12.50 at two places is 1250.
    pub scale: u32,
    /// Yes or no, kept as 1 or 0.
    pub yes_no: bool,
    pub values: Vec<i64>,
}

/// All units, column by column.
pub struct Facts {
    pub ids: Vec<String>,
    pub groups: Vec<u32>,
    pub columns: Vec<Column>,
}

impl Facts {
    /// The first `units` units.
    pub fn generate(units: u32) -> Self {
        let mut facts = Self {
            ids: Vec::new(),
            groups: Vec::new(),
            columns: columns(),
        };
        for unit in 0..units {
            facts.ids.push(format!("U{unit:07}"));
            facts.groups.push(unit / GROUP);
            for (column, value) in facts.columns.iter_mut().zip(values(u64::from(unit))) {
                column.values.push(value);
            }
        }
        facts
    }

    pub fn units(&self) -> usize {
        self.ids.len()
    }

    /// One object a line, as a host would send them.
    pub fn write_json_lines(&self, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        for (unit, (id, group)) in self.ids.iter().zip(&self.groups).enumerate() {
            write!(out, "{{\"id\":\"{id}\",\"g\":{group}")?;
            for column in &self.columns {
                write!(out, ",\"{}\":{}", column.name, column.text(unit))?;
            }
            out.write_all(b"}\n")?;
        }
        out.flush()
    }

    /// The same with a head line, for those who read tables.
    pub fn write_csv(&self, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        out.write_all(b"id,g")?;
        for column in &self.columns {
            write!(out, ",{}", column.name)?;
        }
        out.write_all(b"\n")?;
        for (unit, (id, group)) in self.ids.iter().zip(&self.groups).enumerate() {
            write!(out, "{id},{group}")?;
            for column in &self.columns {
                write!(out, ",{}", column.text(unit))?;
            }
            out.write_all(b"\n")?;
        }
        out.flush()
    }
}

impl Column {
    /// As JSON writers write it: no trailing zeros.
    fn text(&self, unit: usize) -> String {
        let value = self.values[unit];
        if self.yes_no {
            return (value != 0).to_string();
        }
        let text = decimal(value, self.scale);
        if self.scale == 0 {
            text
        } else {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
    }
}

/// A non-negative integer of a scale with all its places: 1250 at two places is `12.50`.
pub fn decimal(value: i64, scale: u32) -> String {
    let one = 10_i64.pow(scale);
    match scale {
        0 => value.to_string(),
        _ => format!("{}.{:0width$}", value / one, value % one, width = scale as usize),
    }
}

/// The columns, still empty, in the order in which `values` gives them.
fn columns() -> Vec<Column> {
    let mut columns = Vec::new();
    let mut add = |name: String, scale, yes_no| {
        columns.push(Column {
            name,
            scale,
            yes_no,
            values: Vec::new(),
        })
    };
    (1..=10).for_each(|i| add(format!("r{i:02}"), 2, false));
    (1..=5).for_each(|i| add(format!("t{i:02}"), 2, false));
    (1..=8).for_each(|i| add(format!("s{i:02}"), 1, false));
    (1..=6).for_each(|i| add(format!("b{i:02}"), 0, true));
    (1..=10).for_each(|i| add(format!("d{i:02}"), 0, false));
    for award in 1..=4 {
        ["n", "p", "c"]
            .iter()
            .for_each(|level| add(format!("w{award:02}{level}"), 0, false));
    }
    (1..=2).for_each(|i| add(format!("v{i:02}"), 0, true));
    columns
}

/// What one unit measured. The order of the draws is part of the job: change it and every figure is about other facts.
fn values(unit: u64) -> [i64; VALUES] {
    const COMMON_TARGETS: [i64; 5] = [8_000, 9_600, 6_400, 7_500, 12_000];
    let mut random = Random::of(unit);
    let mut values = [0; VALUES];
    let quality = 880 + random.below(220); // in thousandths
    let mut targets = [0; 10];
    for own in &mut targets[..5] {
        *own = 4_000 + 50 * random.below(240);
    }
    targets[5..].copy_from_slice(&COMMON_TARGETS);
    for (value, target) in values[..10].iter_mut().zip(targets) {
        *value = target * (quality - 120 + random.below(240)) / 1_000;
    }
    values[10..15].copy_from_slice(&targets[..5]);
    for value in &mut values[15..23] {
        *value = (quality * (870 + random.below(180)) / 1_000).clamp(0, 1_000);
    }
    for value in &mut values[23..29] {
        *value = i64::from(random.below(1_000) < quality - 60);
    }
    for value in &mut values[29..39] {
        *value = match random.below(100) {
            0..55 => 0,
            55..85 => 1 + random.below(3),
            _ => 1 + random.below(30),
        };
    }
    for value in &mut values[39..51] {
        *value = match random.below(100) {
            0..88 => 0,
            _ => 1 + random.below(3),
        };
    }
    values[51] = i64::from(random.below(1_000) < 2);
    values[52] = i64::from(random.below(1_000) < 10);
    values
}

/// SplitMix64, seeded by the unit alone: any number of units begins with the same ones.
struct Random(u64);

impl Random {
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

    fn of(unit: u64) -> Self {
        Self(Self::mix(unit ^ 0xA5A5_5A5A_1234_5678))
    }

    fn mix(seed: u64) -> u64 {
        let mut z = seed.wrapping_add(Self::STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// At least nought and below `bound`.
    fn below(&mut self, bound: u64) -> i64 {
        self.0 = self.0.wrapping_add(Self::STEP);
        (((Self::mix(self.0) >> 32) * bound) >> 32) as i64
    }
}
