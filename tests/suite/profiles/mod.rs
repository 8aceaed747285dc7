//! For each profile a sample whose score sheet is worked out by hand.

mod chongqing;
mod national;
mod small;
