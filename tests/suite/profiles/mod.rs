//! For each profile a sample whose score sheet is worked out by hand.

mod chongqing;
mod guangdong;
mod hunan;
mod national;
mod sheet;
mod sichuan;
mod small;
