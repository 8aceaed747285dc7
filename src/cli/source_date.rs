//! The environment variable by which builds are dated.

use crate::compose::DateView;

/// The date that `SOURCE_DATE_EPOCH` (seconds since 1970, <https://reproducible-builds.org>) sets for a file's properties
/// in place of the issue date. What is printed on the page is not touched.
pub(super) fn source_date() -> Result<Option<DateView>, String> {
    let Some(value) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) else { return Ok(None) };
    let seconds = value.to_str().and_then(|text| text.parse::<i64>().ok());
    let date = seconds.and_then(|seconds| time::OffsetDateTime::from_unix_timestamp(seconds).ok());
    let date = date.ok_or("环境变量 SOURCE_DATE_EPOCH 不是秒数")?;
    Ok(Some(DateView { year: date.year(), month: date.month().into(), day: date.day() }))
}
