//! Running jobs in parallel, with results in the order of the jobs.

use rayon::prelude::*;

/// The stack of a worker, in bytes: layout nests deeply.
const STACK: usize = 16 << 20;

/// Does the job to every item on `threads` threads (0: as many as there are processors).
///
/// # Errors
/// Threads that cannot be started.
pub fn in_parallel<T: Sync, R: Send>(
    items: &[T],
    threads: usize,
    job: impl Fn(&T) -> R + Sync + Send,
) -> Result<Vec<R>, String> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .stack_size(STACK)
        .build()
        .map_err(|error| format!("线程起不来：{error}"))?;
    Ok(pool.install(|| items.par_iter().map(job).collect()))
}
