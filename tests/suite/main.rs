//! The whole command and the whole pipeline. One binary: Typst is linked once.

mod cli;
mod generated;
mod malformed;
mod pdf;
mod robust;
mod samples;
mod support;
