//! What the compiler reads of a scheme: constants as ratios, inputs as whole numbers, words as numbers, ladders unrolled.

use num_integer::Integer;

use super::build::{Refused, TOO_LARGE};
use super::steps::Loaded;
use crate::exact::{Exact, Mode, Rounding};
use crate::fact::{Input, Kind};
use crate::scheme::core::{Compare, Core, Ladder};
use crate::scheme::{Cell, Scheme};

/// Every word of a scheme, sorted.
pub(super) fn words(scheme: &Scheme) -> Vec<String> {
    let program = scheme.program();
    let declared = program.inputs.iter().flat_map(|input| input.declaration.words.iter());
    let mut words: Vec<String> = declared.cloned().collect();
    let maps = program.cells.iter().filter_map(|cell| match cell {
        Cell::Map(core) => Some(core),
        Cell::Gather(_) => None,
    });
    let mut open: Vec<&Core> = maps.collect();
    while let Some(core) = open.pop() {
        if let Core::Word(word) = core {
            words.push(word.clone());
        }
        open.extend(core.parts());
    }
    words.sort();
    words.dedup();
    words
}

/// Numerator and denominator.
pub(super) fn ratio(number: &Exact) -> Result<(i128, i128), Refused> {
    let text = number.to_string();
    let denominator = match (text.split_once('/'), text.split_once('.')) {
        (Some((_, below)), _) => below.parse::<i128>().map_err(|_| TOO_LARGE)?,
        (None, Some((_, places))) => {
            let places = u32::try_from(places.len()).map_err(|_| TOO_LARGE)?;
            10_i128.checked_pow(places).ok_or(TOO_LARGE)?
        }
        (None, None) => 1,
    };
    let scale = Exact::ratio(denominator, 1).ok_or(TOO_LARGE)?;
    let numerator = (number * &scale).to_i128().ok_or(TOO_LARGE)?;
    let common = numerator.gcd(&denominator).max(1);
    let part = |part: i128| part.checked_div(common).ok_or(TOO_LARGE);
    Ok((part(numerator)?, part(denominator)?))
}

/// How an input is loaded.
pub(super) fn loaded(input: &Input, words: &[String]) -> Result<Loaded, Refused> {
    let declaration = &input.declaration;
    let whole = |least: i128, greatest: i128| Loaded {
        places: 0,
        least,
        greatest,
        words: Vec::new(),
    };
    match declaration.kind {
        Kind::Events | Kind::Ballots => Err("events and ballots are no columns of numbers"),
        Kind::YesNo => Ok(whole(0, 1)),
        Kind::Choice => {
            let number = |word: &String| words.iter().position(|known| known == word).unwrap_or(0);
            let numbers = declaration.words.iter().map(number);
            let numbers: Vec<i128> = numbers.map(|number| i128::try_from(number).unwrap_or(0)).collect();
            let least = numbers.iter().copied().min().unwrap_or(0);
            Ok(Loaded {
                words: numbers.clone(),
                ..whole(least, numbers.into_iter().max().unwrap_or(0))
            })
        }
        Kind::Count | Kind::Number | Kind::Money | Kind::Date => {
            let places = match declaration.kind {
                Kind::Count | Kind::Date => 0,
                _ => declaration.places.unwrap_or(2),
            };
            let scale = 10_i128.checked_pow(places).and_then(|scale| Exact::ratio(scale, 1));
            let scale = scale.ok_or(TOO_LARGE)?;
            // Ends between two units: every unit inside the range lies between the units next to them.
            let least = (&declaration.least() * &scale).floor().to_i128().ok_or(TOO_LARGE)?;
            let above = (&(&Exact::ZERO - &declaration.greatest()) * &scale).floor();
            let greatest = above.to_i128().and_then(i128::checked_neg).ok_or(TOO_LARGE)?;
            Ok(Loaded {
                places,
                ..whole(least, greatest)
            })
        }
    }
}

/// A ladder without its own operator: each listed place counts where it is taken.
pub(super) fn unrolled(ladder: &Ladder) -> Core {
    let whole = |core: &Core| {
        let above = core.clone().at_least(Core::whole(1));
        match Rounding::to_place(Mode::Down, 0) {
            Some(down) => Core::Round(Box::new(above), down),
            None => above,
        }
    };
    let (place, width) = (whole(&ladder.place), whole(&ladder.width));
    let end = place.clone().plus(width.clone());
    let number = |place: usize| Core::whole(i64::try_from(place).unwrap_or(i64::MAX));
    let taken = ladder.points.iter().enumerate().map(|(at, points)| {
        let at = number(at.saturating_add(1));
        let reached = place.clone().compared(Compare::LessOrEqual, at.clone());
        let within = reached.and(at.compared(Compare::Less, end.clone()));
        within.select(points.clone(), Core::ZERO)
    });
    // Places behind the list: from the later of the first place and the list's end up to the last place.
    let behind = number(ladder.points.len()).plus(Core::whole(1)).at_least(place.clone());
    let behind = end.clone().minus(behind).at_least(Core::ZERO);
    let sum = Core::sum(taken).plus(ladder.beyond.clone().times(behind));
    sum.over(width)
}
