//! `department-overall` with its Guangdong-type index system: the score sheet of `samples/demo`, worked out by hand.

use super::sheet::{card, passes, score, scores};
use crate::support::Dossier;

const YEAR: i32 = 2023;
const FIGURES: &str = "2023/figures.yaml";

fn with(from: &str, to: &str) -> Dossier {
    Dossier::copy_of("samples/demo").replace(FIGURES, from, to)
}

#[test]
fn the_sample_and_a_new_dossier_pass() {
    passes("samples/demo", "department-overall");
}

#[test]
fn every_row_is_what_is_worked_out_by_hand() {
    let card = card(&Dossier::copy_of("samples/demo"), YEAR);
    let expected = [
        ("bz1", "4.5"), // 5 − 0.5
        ("bz2", "5"),
        ("mb1", "5"),
        ("mb2", "4.5"),  // 5 − 0.5
        ("zj1", "5.98"), // 6 × 3299.60 ÷ 3310.00 = 5.9811…
        ("zj2", "3"),    // 39.60 ÷ 3310.00 = 1.2 %, not above 10 %
        ("zj3", "2.94"), // 3 × 846.72 ÷ 864.00 = 2.94
        ("zj4", "4"),
        ("zj5", "4"),
        ("xm1", "3"),
        ("xm2", "2.5"), // 3 − 0.5
        ("zc1", "3"),
        ("zc2", "3"), // 1398.20 ÷ 1426.35 = 98.0 %, not below 90 %
        ("ry1", "2"), // 40 ÷ 42, not above 1
        ("ry2", "2"), // 2 ÷ (2 + 40) = 4.76 %, below 5 %
        ("zd1", "4"),
        ("jj1", "3"),    // 119.10 ÷ 128.00, not above 1
        ("jj2", "3"),    // 18.10 ÷ 21.50, not above 1
        ("xl1", "5"),    // 12 ÷ 12
        ("xl2", "4.78"), // 5 × 44 ÷ 46 = 4.7826…
        ("xl3", "3.43"), // 4 × 6 ÷ 7 = 3.4285…
        ("xg1", "11"),
        ("gp1", "3"),
        ("gp2", "4"), // 94.6 %, from 90 %
    ];
    assert_eq!(scores(&card), expected.map(|(id, score)| (id, score.to_owned())));
    // 19 + 5.98 + 3 + 2.94 + 8 + 5.5 + 6 + 4 + 4 + 6 + 5 + 4.78 + 3.43 + 11 + 3 + 4
    assert_eq!((card.total.to_string().as_str(), card.grade.as_deref()), ("95.63", Some("优")));
}

#[test]
fn bounds_of_steps_belong_to_the_better_step() {
    // 95 % is the first step of satisfaction, 94.9 % the second.
    assert_eq!(score(&with("满意度: {值: 94.6", "满意度: {值: 95"), YEAR, "gp2"), "5");
    assert_eq!(score(&with("满意度: {值: 94.6", "满意度: {值: 94.9"), YEAR, "gp2"), "4");
    // 42 of 42 is full, one more is none.
    assert_eq!(score(&with("行政实有: 40", "行政实有: 42"), YEAR, "ry1"), "2");
    assert_eq!(score(&with("行政实有: 40", "行政实有: 43"), YEAR, "ry1"), "0");
    // 2 ÷ (2 + 38) = 5 % is not below 5 %.
    assert_eq!(score(&with("行政实有: 40", "行政实有: 38"), YEAR, "ry2"), "1");
}
