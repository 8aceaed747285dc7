//! For each profile a sample whose score sheet is worked out by hand.

mod hunan;
mod sheet;
mod sichuan;
