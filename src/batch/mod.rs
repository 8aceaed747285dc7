//! Which reports are meant, and working on them in parallel.

mod plan;
mod run;

pub use plan::{Plan, PlanError, Target, plan};
pub use run::in_parallel;
