//! Random work on both implementations: the same answers.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::views::tables::{Following, MAX_VALUE, MemoryTables};

/// Table number, key, and a value or a delete.
type Row = (u8, Vec<u8>, Option<Vec<u8>>);

#[derive(Debug, Clone)]
enum Op {
    Apply(Vec<Row>, u64),
    Get(u8, Vec<u8>),
    Scan(u8, Vec<u8>, Option<Vec<u8>>, usize),
    Flush,
    Reopen,
}

/// Short keys of few bytes, the last byte of all among them.
fn key() -> impl Strategy<Value = Vec<u8>> {
    vec(
        prop_oneof![Just(0_u8), Just(1), Just(b'a'), Just(254), Just(255)],
        0..4,
    )
}

fn value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        20 => vec(any::<u8>(), 0..40),
        2 => (any::<u8>(), 1_000..20_000_usize).prop_map(|(byte, len)| vec![byte; len]),
        1 => any::<u8>().prop_map(|byte| vec![byte; MAX_VALUE]),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    let row = (0..9_u8, key(), prop::option::weighted(0.7, value()));
    prop_oneof![
        6 => (vec(row, 0..30), 0..4_u64).prop_map(|(rows, on)| Op::Apply(rows, on)),
        4 => (0..9_u8, key()).prop_map(|(table, key)| Op::Get(table, key)),
        4 => (0..9_u8, key(), prop::option::of(key()), 1..30_usize)
            .prop_map(|(table, prefix, from, most)| Op::Scan(table, prefix, from, most)),
        1 => Just(Op::Flush),
        1 => Just(Op::Reopen),
    ]
}

fn table(number: u8) -> Table {
    Table::ALL[usize::from(number)]
}

fn scan(tables: &dyn Tables, op: &Op) -> Vec<(Vec<u8>, Vec<u8>)> {
    let Op::Scan(number, prefix, from, most) = op else {
        return Vec::new();
    };
    let mut seen = Vec::new();
    let mut take = |key: &[u8], value: &[u8]| {
        seen.push((key.to_vec(), value.to_vec()));
        if seen.len() == *most {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    tables
        .scan(table(*number), prefix, from.as_deref(), &mut take)
        .expect("scan");
    seen
}

fn apply(tables: &dyn Tables, rows: &[Row], on: u64) {
    let mut batch = Batch::new();
    for (number, key, value) in rows {
        match value {
            Some(value) => batch.put(table(*number), key, value.clone()),
            None => batch.delete(table(*number), key),
        }
    }
    let position = tables.position().expect("position").unwrap_or(0) + on;
    tables.apply(batch, position).expect("apply");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn sled_and_memory_answer_alike(ops in vec(op(), 1..40)) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("views");
        let memory = MemoryTables::new();
        let following = Following::over(MemoryTables::new()).expect("a thread").with_small(3);
        let mut sled = SledTables::create(&path, STORE, FORMAT).expect("create");
        for op in &ops {
            match op {
                Op::Apply(rows, on) => {
                    apply(&sled, rows, *on);
                    apply(&memory, rows, *on);
                    apply(&following, rows, *on);
                }
                Op::Get(number, key) => {
                    let want = memory.get(table(*number), key).expect("get");
                    prop_assert_eq!(&sled.get(table(*number), key).expect("get"), &want);
                    prop_assert_eq!(&following.get(table(*number), key).expect("get"), &want);
                }
                Op::Scan(..) => {
                    prop_assert_eq!(scan(&sled, op), scan(&memory, op));
                    prop_assert_eq!(scan(&following, op), scan(&memory, op));
                }
                Op::Flush => {
                    sled.flush().expect("flush");
                    following.flush().expect("flush");
                }
                Op::Reopen => {
                    drop(sled);
                    sled = good(&path);
                }
            }
            prop_assert_eq!(sled.position().expect("position"), memory.position().expect("position"));
            prop_assert_eq!(following.position().expect("position"), memory.position().expect("position"));
            prop_assert_eq!(sled.rows().expect("rows"), memory.rows().expect("rows"));
        }
        sled.check().expect("nothing is damaged");
        prop_assert_eq!(content(&sled).expect("content"), content(&memory).expect("content"));
        prop_assert_eq!(content(&following).expect("content"), content(&memory).expect("content"));
    }
}

/// What both must do the same way, told once for each.
fn refusals(tables: &dyn Tables) {
    let mut batch = Batch::new();
    batch.put(Table::Open, b"k", b"v".to_vec());
    tables.apply(batch.clone(), 5).expect("forward");
    tables
        .apply(batch.clone(), 5)
        .expect("the same position again");
    batch.put(Table::Open, b"other", b"v".to_vec());
    let back = tables.apply(batch.clone(), 4);
    assert!(
        matches!(back, Err(TablesError::Backwards { at: 5, to: 4 })),
        "{back:?}"
    );
    assert_eq!(
        tables.position().expect("position"),
        Some(5),
        "a refused batch moves nothing"
    );
    assert_eq!(tables.rows().expect("rows"), 1);
    assert_eq!(tables.get(Table::Open, b"other").expect("get"), None);
    assert_eq!(
        tables.get(Table::Closed, b"k").expect("get"),
        None,
        "tables are apart"
    );
}

#[test]
fn what_is_refused_changes_nothing() {
    let dir = tempfile::tempdir().expect("a folder");
    let sled = SledTables::create(&dir.path().join("views"), STORE, FORMAT).expect("create");
    let memory = MemoryTables::new();
    refusals(&sled);
    refusals(&memory);
    // A row that sled cannot keep is served from memory.
    let mut batch = Batch::new();
    batch.put(Table::Late, b"long", vec![0; MAX_VALUE + 1]);
    let long = sled.apply(batch.clone(), 6);
    let wanted = Some(Table::Late);
    assert!(
        matches!(long, Err(TablesError::TooLarge { table, .. }) if table == wanted),
        "{long:?}"
    );
    assert_eq!(sled.position().expect("position"), Some(5));
    assert_eq!(sled.rows().expect("rows"), 1);
    memory.apply(batch, 6).expect("of any size");
    assert_eq!(memory.rows().expect("rows"), 2);
}

#[test]
fn a_scan_of_many_rows_may_itself_ask_and_write() {
    let dir = tempfile::tempdir().expect("a folder");
    let sled = SledTables::create(&dir.path().join("views"), STORE, FORMAT).expect("create");
    let memory = MemoryTables::new();
    for tables in [&sled as &dyn Tables, &memory] {
        let mut batch = Batch::new();
        for number in 0..700_u64 {
            batch.put(Table::Month, number.to_be_bytes(), vec![1]);
        }
        tables.apply(batch, 1).expect("apply");
        let mut seen = 0;
        let mut touch = |key: &[u8], _: &[u8]| {
            assert!(tables.get(Table::Month, key).expect("get").is_some());
            let mut batch = Batch::new();
            batch.put(Table::Late, key, vec![2]);
            tables.apply(batch, 2).expect("apply");
            seen += 1;
            ControlFlow::Continue(())
        };
        tables
            .scan(Table::Month, &[], None, &mut touch)
            .expect("scan");
        assert_eq!(seen, 700);
        assert_eq!(tables.rows().expect("rows"), 1400);
    }
}
