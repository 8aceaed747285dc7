//! The whole command and the whole pipeline. One binary: Typst is linked once.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

mod across;
mod audit;
mod batch;
mod charts;
mod checks31;
mod cli;
mod county;
mod county_broken;
mod explanations;
mod generated;
mod input;
mod kept;
mod main_figures;
mod malformed;
mod mutations;
mod others;
mod outputs;
mod pack;
mod pdf;
mod printing;
mod profiles;
mod properties;
mod prove;
mod reader;
mod robust;
mod samples;
mod schema;
mod slips;
mod support;
mod trace;
mod typ;
mod unfilled;
mod validator;
mod vanished;
