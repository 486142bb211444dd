//! Linking: named values become cells, cells are put in the order of what uses what.

use std::collections::BTreeMap;

use super::applies::{Defined, applies};
use super::core::{Core, Gathered};
use super::program::{Cell, Gather};
use crate::document::{Problems, Value, extend};
use crate::error::Finding;

/// Cells under construction. A cell may read cells that are added later; [`Cells::link`] finds the order.
#[derive(Debug, Default)]
pub(super) struct Cells {
    cells: Vec<Cell>,
    /// What a person would call the cell, for the path of a cycle.
    names: Vec<String>,
    /// When the definitions apply.
    applying: Defined,
    /// Where the document asks for an item, by its id.
    asked: BTreeMap<String, String>,
    /// Cells that several readers may share.
    shared: Vec<usize>,
    items: BTreeMap<String, usize>,
    defined: BTreeMap<String, usize>,
    total: Option<usize>,
    full_total: Option<usize>,
}

/// How many shared cells are compared with a new one.
const COMPARED: usize = 256;

/// The linked cells, and where each cell went.
pub(super) struct Linked {
    /// The cells in order.
    pub cells: Vec<Cell>,
    /// Where each cell went.
    pub moved: Vec<usize>,
}

impl Cells {
    /// Cells of this document: it says where `item("id")` stands, which the core form does not keep.
    pub(super) fn of(document: &Value) -> Self {
        let mut asked = BTreeMap::new();
        let mut open = vec![(document, String::new())];
        while let Some((value, pointer)) = open.pop() {
            match value {
                Value::Object(members) => {
                    let below = members.iter().rev();
                    open.extend(below.map(|(name, value)| (value, extend(&pointer, name))));
                }
                Value::List(items) => {
                    let below = items.iter().enumerate().rev();
                    open.extend(below.map(|(place, value)| (value, extend(&pointer, &place.to_string()))));
                }
                Value::Text(text) => {
                    for asks in text.split("item(\"").skip(1) {
                        let id = asks.split('"').next().unwrap_or("");
                        asked.entry(id.to_owned()).or_insert_with(|| pointer.clone());
                    }
                }
                _ => {}
            }
        }
        Cells {
            asked,
            ..Cells::default()
        }
    }

    /// A new cell.
    pub(super) fn add(&mut self, name: &str, core: Core) -> usize {
        self.push(name, Cell::Map(core))
    }

    /// Gives a mapped cell another meaning.
    pub(super) fn replace(&mut self, cell: usize, core: Core) {
        if let Some(place) = self.cells.get_mut(cell) {
            *place = Cell::Map(core);
        }
    }

    fn push(&mut self, name: &str, cell: Cell) -> usize {
        self.cells.push(cell);
        self.names.push(name.to_owned());
        self.cells.len().saturating_sub(1)
    }

    /// Makes a cell what `item("id")` reads.
    pub(super) fn name_item(&mut self, id: &str, cell: usize) {
        self.items.insert(id.to_owned(), cell);
    }

    /// Makes a definition, over those before it, what its name reads: the cell, and when it applies. Each is worked out
    /// once, however often it is named.
    pub(super) fn define(&mut self, name: &str, core: &Core) -> (usize, Core) {
        let cell = self.add(name, core.clone());
        let condition = match applies(core, &self.applying) {
            always @ Core::Truth(_) => always,
            condition => Core::Cell(self.add(&format!("{name}（是否适用）"), condition)),
        };
        self.applying.insert(name.to_owned(), condition.clone());
        self.defined.insert(name.to_owned(), cell);
        (cell, condition)
    }

    /// Makes cells what `total` reads: rounded, and before rounding.
    pub(super) fn name_total(&mut self, total: usize, full_total: usize) {
        (self.total, self.full_total) = (Some(total), Some(full_total));
    }

    /// Puts cells for the symbols of a core, and gives the core over cells.
    pub(super) fn resolve(&mut self, core: &Core, problems: &Problems) -> Core {
        core.replaced(&mut |core| match core {
            Core::Item(id) => Some(match self.items.get(id) {
                Some(cell) => Core::Cell(*cell),
                None => {
                    let zh = format!("item(\"{id}\")：没有编号为“{id}”的项目");
                    let en = format!("item(\"{id}\"): there is no such item");
                    let at = self.asked.get(id).cloned().unwrap_or_default();
                    problems.push(Finding::error("scheme.unknown_item", at, zh, en));
                    Core::ZERO
                }
            }),
            Core::Defined(name) => self.defined.get(name).map(|cell| Core::Cell(*cell)),
            Core::Total => self.total.map(Core::Cell),
            Core::FullTotal => self.full_total.map(Core::Cell),
            Core::Gathered(gathered) => Some(self.gather(gathered, problems)),
            _ => None,
        })
    }

    /// A gathered value as a cell of its own; the same question twice is one cell.
    fn gather(&mut self, gathered: &Gathered, problems: &Problems) -> Core {
        // Those to whom the value does not apply take no part, whatever branch of it would be taken.
        let takes_part = applies(&gathered.value, &self.applying);
        let condition = gathered.when.clone().unwrap_or(Core::Truth(true));
        let condition = takes_part.and(condition);
        let mut part = |core: &Core| {
            let core = self.resolve(core, problems);
            match core {
                Core::Cell(cell) => cell,
                core => self.shared("同类组取值", Cell::Map(core)),
            }
        };
        let value = part(&gathered.value);
        let then = gathered.then.as_ref().map(&mut part);
        let when = (condition != Core::Truth(true)).then(|| part(&condition));
        let gather = Gather {
            how: gathered.how,
            scope: gathered.scope,
            value,
            then,
            when,
        };
        Core::Cell(self.shared("同类组汇总", Cell::Gather(gather)))
    }

    fn shared(&mut self, name: &str, cell: Cell) -> usize {
        // Only the latest are compared, so that a scheme of very many ranks stays linear.
        let mut known = self.shared.iter().rev().take(COMPARED);
        if let Some(place) = known.find(|place| self.cells.get(**place) == Some(&cell)) {
            return *place;
        }
        let place = self.push(name, cell);
        self.shared.push(place);
        place
    }

    /// Resolves every symbol and orders the cells by what uses what; as few moves as needed.
    pub(super) fn link(mut self, problems: &Problems) -> Option<Linked> {
        let before = problems.count();
        let mut next = 0;
        while let Some(cell) = self.cells.get(next).cloned() {
            if let Cell::Map(core) = cell {
                let resolved = self.resolve(&core, problems);
                if let Some(place) = self.cells.get_mut(next) {
                    *place = Cell::Map(resolved);
                }
            }
            next = next.saturating_add(1);
        }
        if problems.count() > before {
            return None;
        }
        let order = self.order(problems)?;
        let mut moved = vec![0; order.len()];
        for (place, cell) in order.iter().enumerate() {
            if let Some(slot) = moved.get_mut(*cell) {
                *slot = place;
            }
        }
        let mut cells = Vec::with_capacity(order.len());
        for old in order {
            cells.push(renumbered(self.cells.get(old)?, &moved));
        }
        Some(Linked { cells, moved })
    }

    /// Depth-first with a stack of our own; a cycle is told with its path.
    fn order(&self, problems: &Problems) -> Option<Vec<usize>> {
        let reads: Vec<Vec<usize>> = self.cells.iter().map(reads).collect();
        let mut order = Vec::with_capacity(self.cells.len());
        // 0 not seen, 1 on the way, 2 done.
        let mut state = vec![0_u8; self.cells.len()];
        let set = |state: &mut Vec<u8>, cell: usize, to: u8| {
            if let Some(slot) = state.get_mut(cell) {
                *slot = to;
            }
        };
        for root in 0..self.cells.len() {
            let mut path: Vec<(usize, usize)> = vec![(root, 0)];
            if state.get(root) != Some(&0) {
                continue;
            }
            set(&mut state, root, 1);
            while let Some((cell, child)) = path.last().copied() {
                match reads.get(cell).and_then(|reads| reads.get(child)).copied() {
                    None => {
                        set(&mut state, cell, 2);
                        order.push(cell);
                        path.pop();
                    }
                    Some(read) => {
                        if let Some(top) = path.last_mut() {
                            top.1 = child.saturating_add(1);
                        }
                        match state.get(read) {
                            Some(0) => {
                                set(&mut state, read, 1);
                                path.push((read, 0));
                            }
                            Some(1) => return self.cycle(&path, read, problems),
                            _ => {}
                        }
                    }
                }
            }
        }
        Some(order)
    }

    fn cycle<T>(&self, path: &[(usize, usize)], again: usize, problems: &Problems) -> Option<T> {
        let from = path.iter().position(|(cell, _)| *cell == again).unwrap_or(0);
        let mut told: Vec<&str> = Vec::new();
        for (cell, _) in path.iter().skip(from) {
            if let Some(name) = self.names.get(*cell)
                && told.last() != Some(&name.as_str())
            {
                told.push(name);
            }
        }
        if let Some(first) = told.first().copied()
            && told.last() != Some(&first)
        {
            told.push(first);
        }
        let told = told.join(" → ");
        let zh = format!("计算互相引用，无法确定先后：{told}；请改其中一处引用");
        let en = format!("values refer to each other in a circle: {told}; change one of them");
        problems.push(Finding::error("scheme.cycle", "", zh, en));
        None
    }
}

/// The cells that a cell reads.
fn reads(cell: &Cell) -> Vec<usize> {
    match cell {
        Cell::Map(core) => core.cells(),
        Cell::Gather(gather) => {
            let mut reads = vec![gather.value];
            reads.extend(gather.then);
            reads.extend(gather.when);
            reads
        }
    }
}

fn renumbered(cell: &Cell, moved: &[usize]) -> Cell {
    let to = |cell: usize| moved.get(cell).copied().unwrap_or(cell);
    match cell {
        Cell::Map(core) => Cell::Map(renumber(core, moved)),
        Cell::Gather(gather) => Cell::Gather(Gather {
            how: gather.how,
            scope: gather.scope,
            value: to(gather.value),
            then: gather.then.map(to),
            when: gather.when.map(to),
        }),
    }
}

/// The same core over moved cells.
pub(super) fn renumber(core: &Core, moved: &[usize]) -> Core {
    core.replaced(&mut |core| match core {
        Core::Cell(cell) => moved.get(*cell).map(|cell| Core::Cell(*cell)),
        _ => None,
    })
}
