//! Which reports are meant, and making them in parallel, the unchanged ones left alone.

mod build;
mod inputs;
mod job;
mod manifest;
pub(crate) mod names;
mod plan;
mod product;
mod ready;
mod run;
mod select;
mod shard;
mod single;
mod standing;
mod store;

pub use build::Builder;
pub(crate) use build::Handed;
pub(crate) use job::Facts;
pub use job::{Job, Options, Outcome, Output, Trouble};
pub use manifest::{Carried, Ending, Entry, FileEntry, Manifest, SCHEMA, Share};
pub use names::{DEFAULT_PATTERN, Pattern, check_apart, check_outside_years, names};
pub use plan::{Plan, PlanError, Selection, Target, files_named, over_years, plan};
pub use product::{Product, Products};
pub use run::{in_parallel, stream};
pub use select::{Only, Years};
pub use shard::{Shard, ShardRequest};
pub(crate) use single::{Unwritten, write_single};
pub(crate) use standing::Standing;
