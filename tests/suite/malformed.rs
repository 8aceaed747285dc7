//! One mistake of each kind.
