//! What both implementations owe: the same answers, whole batches, no damage
//! taken for truth.

mod damage;
mod differential;
mod folders;
mod kill;

use std::{collections::BTreeMap, ops::ControlFlow, path::Path};

use super::{Batch, Opened, SledTables, Table, Tables, TablesError};

const STORE: &str = "a store";
const FORMAT: u32 = 1;

type Content = BTreeMap<(Table, Vec<u8>), Vec<u8>>;

/// Everything the tables hold.
fn content(tables: &dyn Tables) -> Result<Content, TablesError> {
    let mut content = Content::new();
    for table in Table::ALL {
        tables.scan(table, &[], None, &mut |key, value| {
            content.insert((table, key.to_vec()), value.to_vec());
            ControlFlow::Continue(())
        })?;
    }
    Ok(content)
}

fn open(folder: &Path) -> Opened {
    SledTables::open(folder, STORE, FORMAT).expect("open answers")
}

fn good(folder: &Path) -> SledTables {
    match open(folder) {
        Opened::Good(tables) => tables,
        Opened::Rebuild { reason } => panic!("to be rebuilt: {reason:?}"),
    }
}

/// The next of a row of numbers that look random (xorshift64).
fn next(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

/// The batch that takes a scripted history from `position - 1` to `position`:
/// puts and deletes over all tables, now and then with large values, so that a
/// batch often goes over the end of one of sled's segments.
fn scripted(position: u64) -> Batch {
    let mut seed = position.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    next(&mut seed);
    let large = position.is_multiple_of(7);
    let rows = if large { 120 } else { 8 + next(&mut seed) % 20 };
    let mut batch = Batch::new();
    for _ in 0..rows {
        let table = Table::ALL[(next(&mut seed) % Table::ALL.len() as u64) as usize];
        let key = (next(&mut seed) % 120).to_be_bytes();
        if next(&mut seed).is_multiple_of(4) {
            batch.delete(table, key);
        } else {
            let size = if large { 7_000 } else { 600 };
            let byte = next(&mut seed) as u8;
            batch.put(table, key, vec![byte; (next(&mut seed) % size) as usize]);
        }
    }
    batch
}
