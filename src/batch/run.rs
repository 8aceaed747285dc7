//! Running jobs in parallel: in the order of the jobs, results handed over in that order as soon as they are there.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use rayon::ThreadPool;

/// The stack of a worker, in bytes: layout nests deeply.
const STACK: usize = 16 << 20;

/// A pool of `threads` threads (0: as many as there are processors).
fn pool(threads: usize) -> Result<ThreadPool, String> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build()
        .map_err(|error| format!("线程起不来：{error}"))
}

/// Does the job to every item and returns the results in the order of the items.
///
/// # Errors
/// Threads that cannot be started.
pub fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    job: impl Fn(&T) -> R + Sync + Send,
) -> Result<Vec<R>, String> {
    let mut results = Vec::with_capacity(items.len());
    stream(items, threads, &AtomicBool::new(false), job, |_, result| results.push(result))?;
    Ok(results)
}

/// Does the job to the items, the first ones first, and hands each result with the number of its item to `sink`, on the
/// caller's thread and in the order of the items. Once `stop` is set no further item is begun; those begun are finished.
/// A result waits for those before it: where results are small, what is kept does not grow with the items.
///
/// # Errors
/// Threads that cannot be started.
pub fn stream<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    stop: &AtomicBool,
    job: impl Fn(&T) -> R + Sync + Send,
    mut sink: impl FnMut(usize, R),
) -> Result<(), String> {
    // Threads beyond the items would only take room.
    let pool = pool(if items.is_empty() { 1 } else { threads.min(items.len()) })?;
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let work = |sender: mpsc::Sender<(usize, R)>| {
        while !stop.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(number) else { return };
            if sender.send((number, job(item))).is_err() {
                return;
            }
        }
    };
    pool.in_place_scope(|scope| {
        for _ in 0..pool.current_num_threads() {
            let (sender, work) = (sender.clone(), &work);
            scope.spawn(move |_| work(sender));
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, result) in receiver {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&due) {
                sink(due, result);
                due += 1;
            }
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items_whatever_finishes_first() {
        let items: Vec<u64> = (0..50).collect();
        let slow_first = |&item: &u64| {
            std::thread::sleep(std::time::Duration::from_millis(if item % 7 == 0 { 3 } else { 0 }));
            item * 2
        };
        for threads in [1, 4] {
            let doubled = in_parallel(&items, threads, slow_first).unwrap();
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_is_begun_after_the_stop() {
        let stop = AtomicBool::new(false);
        let items: Vec<usize> = (0..100).collect();
        let mut seen = Vec::new();
        let job = |&item: &usize| {
            if item == 3 {
                stop.store(true, Ordering::Relaxed);
            }
            item
        };
        stream(&items, 1, &stop, job, |number, _| seen.push(number)).unwrap();
        assert_eq!(seen, [0, 1, 2, 3]);
    }
}
