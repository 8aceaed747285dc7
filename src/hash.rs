//! Sums of contents (SHA-256), by which what is unchanged is known. Times of files are never trusted: copies and
//! checkouts set them anew.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

use sha2::{Digest, Sha256};

/// The largest file that is summed, in bytes. What is larger is none of ours.
const LARGEST: u64 = 256 << 20;

/// How much of a file is read at once, in bytes.
const PIECE: usize = 1 << 16;

/// A sum of parts, each set apart from the next.
#[derive(Default)]
pub(crate) struct Sum(Sha256);

impl Sum {
    /// Adds a part.
    pub(crate) fn add(&mut self, part: &[u8]) {
        self.0.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_le_bytes());
        self.0.update(part);
    }

    /// Adds a file's contents. `None` where there is no plain file that can be read.
    pub(crate) fn add_file(&mut self, path: &Path) -> Option<()> {
        self.add(&contents(path)?);
        Some(())
    }

    pub(crate) fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The sum of one stretch of bytes: that of the file that holds them.
pub(crate) fn sum_of(data: &[u8]) -> String {
    hex(&Sha256::digest(data))
}

/// The length and the sum of what is in a file from its beginning on, read piece by piece: it may be large.
///
/// # Errors
/// Whatever the file system says.
pub(crate) fn sum_of_file(file: &mut File) -> std::io::Result<(u64, String)> {
    file.rewind()?;
    let (mut sum, mut length, mut piece) = (Sha256::new(), 0u64, vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((length, hex(&sum.finalize())));
        }
        sum.update(piece.get(..read).unwrap_or_default());
        length = length.saturating_add(u64::try_from(read).unwrap_or_default());
    }
}

/// A file's contents; none where it is no plain file, too large, or cannot be read.
pub(crate) fn contents(path: &Path) -> Option<Vec<u8>> {
    // Asked before opening: a pipe would wait for somebody who writes.
    let metadata = path.metadata().ok()?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return None;
    }
    let file = File::open(path).ok()?;
    let mut data = Vec::new();
    file.take(LARGEST).read_to_end(&mut data).ok()?;
    Some(data)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_set_apart() {
        let sum = |parts: &[&str]| {
            let mut sum = Sum::default();
            for part in parts {
                sum.add(part.as_bytes());
            }
            sum.finish()
        };
        assert_ne!(sum(&["ab", "c"]), sum(&["a", "bc"]));
        assert_ne!(sum(&[""]), sum(&[]));
        // FIPS 180-4's own example.
        assert_eq!(sum_of(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
