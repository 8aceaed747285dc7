//! Patterns that tell bars apart in black and white: lines cut to the bar, so that they are even on every screen and
//! printer. They run through the whole drawing: where two bars meet, lines of one kind go on.

use super::super::view::ShapeView;

/// From one slanting line to the next, along the axis.
const SLANT: i64 = 5_000;
/// From one upright or level line to the next.
const LEVEL: i64 = 3_500;
/// From one row of dots to the next.
const DOTS: i64 = 2_000;

/// A line, from one end to the other.
type Line = [i64; 4];

/// A bar with the pattern of a series: neighbours differ as much as they can.
pub(super) fn bar(at: [i64; 2], size: [i64; 2], pattern: usize, into: &mut Vec<ShapeView>) {
    into.push(ShapeView::Bar { at, size, black: pattern == 2 });
    let lines = match pattern {
        0 => rising(at, size),
        3 => dotted(at, size),
        4 => [rising(at, size), falling(at, size)].concat(),
        5 => level(at, size),
        _ => Vec::new(),
    };
    if !lines.is_empty() {
        into.push(ShapeView::Hatch { lines, dots: pattern == 3 });
    }
}

/// The multiples of a distance strictly between two places.
fn steps(from: i64, to: i64, distance: i64) -> impl Iterator<Item = i64> {
    (from.div_euclid(distance) + 1..).map(move |step| step * distance).take_while(move |at| *at < to)
}

/// Lines on which x + y is the same everywhere.
fn rising([left, top]: [i64; 2], [width, height]: [i64; 2]) -> Vec<Line> {
    let (right, bottom) = (left + width, top + height);
    let line = |sum: i64| {
        let (from, to) = (left.max(sum - bottom), right.min(sum - top));
        [from, sum - from, to, sum - to]
    };
    steps(left + top, right + bottom, SLANT).map(line).collect()
}

/// Lines on which y − x is the same everywhere.
fn falling([left, top]: [i64; 2], [width, height]: [i64; 2]) -> Vec<Line> {
    let (right, bottom) = (left + width, top + height);
    let line = |difference: i64| {
        let (from, to) = (left.max(top - difference), right.min(bottom - difference));
        [from, difference + from, to, difference + to]
    };
    steps(top - right, bottom - left, SLANT).map(line).collect()
}

fn level([left, top]: [i64; 2], [width, height]: [i64; 2]) -> Vec<Line> {
    steps(top, top + height, LEVEL).map(|y| [left, y, left + width, y]).collect()
}

/// Rows of dots, every second one shifted by half; each dot keeps off the edges.
fn dotted([left, top]: [i64; 2], [width, height]: [i64; 2]) -> Vec<Line> {
    const EDGE: i64 = 1_000;
    let row = |y: i64| {
        let shift = if (y / DOTS) % 2 == 0 { 0 } else { DOTS };
        let from = (left + EDGE - shift).div_euclid(2 * DOTS) * 2 * DOTS + 2 * DOTS + shift;
        [from, y, left + width - EDGE, y]
    };
    let rows = steps(top + EDGE, top + height - EDGE, DOTS).map(row);
    rows.filter(|[from, _, to, _]| from <= to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_leaves_its_bar_and_lines_of_neighbours_go_on() {
        let (at, size) = ([12_345, 6_789], [30_000, 51_000]);
        for lines in [rising(at, size), falling(at, size), level(at, size), dotted(at, size)] {
            assert!(lines.len() > 10);
            for [x, y, to_x, to_y] in lines {
                assert!([x, to_x].iter().all(|x| (at[0]..=at[0] + size[0]).contains(x)), "{x} {to_x}");
                assert!([y, to_y].iter().all(|y| (at[1]..=at[1] + size[1]).contains(y)), "{y} {to_y}");
            }
        }
        let sums = |lines: Vec<Line>| lines.into_iter().map(|[x, y, ..]| (x + y) % SLANT).collect::<Vec<_>>();
        assert!(sums(rising(at, size)).into_iter().all(|rest| rest == 0));
        assert_eq!(level([0, 0], [10, 0]), Vec::<Line>::new());
    }
}
