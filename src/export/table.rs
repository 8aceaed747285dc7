//! Rows as JSON and as CSV.

use serde::Serialize;

/// As a JSON array, one row a line.
pub(super) fn as_json_lines<T: Serialize>(rows: &[T]) -> String {
    let lines: Vec<String> =
        rows.iter().filter_map(|row| serde_json::to_string(row).ok()).map(|line| format!("  {line}")).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

/// As CSV with a byte order mark, by which Excel knows UTF-8.
pub(super) fn as_csv<const N: usize>(
    head: &[&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> Result<String, String> {
    let mut writer = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
    writer.write_record(head).map_err(|e| e.to_string())?;
    for row in rows {
        writer.write_record(&row).map_err(|e| e.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|e| e.to_string())?;
    String::from_utf8(bytes).map_err(|e| e.to_string())
}
