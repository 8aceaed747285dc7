//! The formulas of the form: sums and the grade.

use std::ops::Range;

use rust_decimal::Decimal;
use rust_xlsxwriter::utility::row_col_to_cell;

use super::super::{Cell, float, plain};
use crate::profile::Band;
use crate::scoring::SCORE_PLACES;

/// The sum of these rows of a column. It is rounded as scores are: binary floats do not add up to the digits they show.
pub(super) fn sum(column: u16, parts: &[Range<u32>], result: Decimal) -> Cell {
    if float(result).is_none() {
        return Cell::Number(result);
    }
    let one = |rows: &Range<u32>| {
        let (first, last) = (row_col_to_cell(rows.start, column), row_col_to_cell(rows.end.saturating_sub(1), column));
        if first == last { first } else { format!("{first}:{last}") }
    };
    let cells: Vec<String> = parts.iter().map(one).collect();
    Cell::Formula(format!("=ROUND(SUM({}),{})", cells.join(","), result.normalize().scale().max(SCORE_PLACES)), result)
}

/// The grade of a total, as a formula: the highest band whose lower bound it reaches. None where a bound is no number that a
/// cell holds.
pub(super) fn look_up(bands: &[Band], total: &str) -> Option<String> {
    let mut formula = "\"\"".to_owned();
    for band in bands.iter().rev() {
        float(band.at_least.value.0)?;
        formula = format!("IF({total}>={},{},{formula})", plain(band.at_least.value.0), quoted(&band.name));
    }
    Some(formula)
}

/// A text in a formula.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_band_that_is_reached_is_looked_up_first() {
        let bands: Vec<Band> = serde_yaml::from_str("[{名称: 优, 至少: 90}, {名称: '“良\"', 至少: 79.5}]").unwrap();
        let formula = look_up(&bands, "G9").unwrap();
        assert_eq!(formula, "IF(G9>=90,\"优\",IF(G9>=79.5,\"“良\"\"\",\"\"))");
    }

    #[test]
    fn a_sum_is_rounded_and_names_each_stretch_of_rows() {
        let score = "89.50".parse().unwrap();
        let expected = Cell::Formula("=ROUND(SUM(C3:C5,C7),2)".to_owned(), score);
        assert_eq!(sum(2, &[2..5, 6..7], score), expected);
    }
}
