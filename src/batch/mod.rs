//! Which reports are meant, and working on them in parallel.

mod plan;
mod run;

pub use plan::{PlanError, Target, passed_over, plan};
pub use run::{Job, in_parallel};
