//! The first few of many names.

/// How many are named.
const NAMED: usize = 5;

/// Names in a row, the first few of many: `甲.svg、乙.svg 等 12 个`.
pub(crate) fn some_of<S: AsRef<str>>(names: &[S]) -> String {
    let more = if names.len() > NAMED { format!(" 等 {} 个", names.len()) } else { String::new() };
    names.iter().take(NAMED).map(AsRef::as_ref).collect::<Vec<_>>().join("、") + more.as_str()
}
