//! A client that leaves while its watch waits at the holder.

use super::*;

#[test]
fn whoever_leaves_ends_its_own_watches_and_asks_on() {
    let folder = tempfile::tempdir().unwrap();
    let store = store();
    let server = serve(folder.path(), &store);
    let client = client(folder.path());
    let watch = request(Ask::Watch {
        since: 3,
        wait_ms: u64::MAX,
    });
    let nothing_new = |told| matches!(told, Ok(Ok(Reply::Position { seq: 3 })));
    thread::scope(|scope| {
        let watcher = scope.spawn(|| client.try_ask(&watch));
        let began = Instant::now();
        while !server.is_busy() {
            assert!(began.elapsed() < LIMIT);
        }
        client.leave();
        assert!(nothing_new(watcher.join().unwrap()));
    });
    assert!(nothing_new(client.try_ask(&watch)));
    assert!(rates(&client));
    // The holder's side of the watch ends too.
    store.seq.store(9, Ordering::SeqCst);
    server.stop(LIMIT);
}
