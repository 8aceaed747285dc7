//! What stands between a hostile file and the program: its size when unpacked is known before it is unpacked, and what
//! a library panics on ends the reading and not the run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

use super::limits::Limits;
use super::objects::Objects;
use super::{ReadError, inflate, tree};

/// The name of the threads that read: they panic in silence.
const THREAD: &str = "pdf-reader";

/// The stack of a reading thread. Objects within objects are read by recursion.
const STACK: usize = 256 << 20;

/// How files begin that may hold PDFs and are none: zip, as packs and Office files are, and Office files of old.
const ARCHIVES: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"];

/// Runs what reads a file: a panic in it is an error.
pub(super) fn guarded<T: Send>(read: impl FnOnce() -> Result<T, ReadError> + Send) -> Result<T, ReadError> {
    silence();
    thread::scope(|scope| {
        let builder = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK);
        let run = || catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(ReadError::Broken));
        builder
            .spawn_scoped(scope, run)
            .map_or(Err(ReadError::Broken), |thread| thread.join().unwrap_or(Err(ReadError::Broken)))
    })
}

/// Runs what opens a file, for so long and no longer. If it has not ended by then, its thread goes on until the program
/// ends: nothing can stop it.
pub(super) fn timed<T: Send + 'static>(
    limit: Duration,
    open: impl FnOnce() -> Result<T, ReadError> + Send + 'static,
) -> Result<T, ReadError> {
    silence();
    let (give, take) = mpsc::channel();
    let run = move || {
        let opened = catch_unwind(AssertUnwindSafe(open)).unwrap_or(Err(ReadError::Broken));
        // Nobody takes it who has waited too long.
        drop(give.send(opened));
    };
    let thread = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(run);
    if thread.is_err() {
        return Err(ReadError::Broken);
    }
    match take.recv_timeout(limit) {
        Ok(opened) => opened,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(ReadError::TooSlow(limit.as_secs())),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(ReadError::Broken),
    }
}

/// Lets the threads that read panic without a word on the screen.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(THREAD) {
                before(panic);
            }
        }));
    });
}

/// Refuses a file that is too large, too deep or encrypted, before anything of it is parsed.
pub(super) fn examine(bytes: &[u8], limits: &Limits) -> Result<(), ReadError> {
    if bytes.len() > limits.file {
        return Err(ReadError::TooLarge(format!("文件有{}兆", bytes.len() >> 20)));
    }
    // A pack holds PDFs, whose first words are found within it.
    if ARCHIVES.iter().any(|beginning| bytes.starts_with(beginning)) {
        return Err(ReadError::Archive);
    }
    if !bytes.iter().take(2000).copied().collect::<Vec<_>>().windows(5).any(|window| window == b"%PDF-") {
        return Err(ReadError::NotPdf);
    }
    if is_encrypted(bytes) {
        return Err(ReadError::Encrypted);
    }
    let objects = Objects::find(bytes, limits)?;
    tree::examine(&objects, limits)?;
    inflate::measure(bytes, limits)
}

/// Whether any trailer names an encryption.
fn is_encrypted(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"/Encrypt";
    bytes.windows(KEY.len()).enumerate().filter(|(_, window)| *window == KEY).any(|(at, _)| {
        let rest = bytes.get(at + KEY.len()..).unwrap_or_default();
        let rest = rest.trim_ascii_start();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let reference = rest.get(digits..).unwrap_or_default().trim_ascii_start();
        rest.starts_with(b"<<") || digits > 0 && reference.first().is_some_and(u8::is_ascii_digit)
    })
}
