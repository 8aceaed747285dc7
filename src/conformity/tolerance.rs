//! How far a measure may be off. Those of the standard are its own; the others say where they come from.

use crate::reader::MM;

/// 5.1: the trimmed sheet, ±2 mm.
pub(super) const SHEET: f64 = 2.0 * MM;

/// 5.2.1: top margin and binding margin, ±1 mm.
pub(super) const MARGIN: f64 = 1.0 * MM;

/// What a face adds to a measured edge: the character's box is taken as 0.88 of the size above the baseline and 0.12
/// below it, and faces differ from that by some hundredths.
pub(super) const FACE: f64 = 0.4 * MM;

/// Sizes in points: 三号 is 16 in Word and 15.75 in metal type; 156 mm / 28 is 15.79.
pub(super) const SIZE: f64 = 0.3;

/// 7.5: the dash lies 7 mm below the type area; its height above the baseline is the face's affair.
pub(super) const FOLIO_DROP: f64 = 1.0 * MM;

/// How high the dash of the page number lies above its baseline, in sizes: 0.25 to 0.38 in common faces.
pub(super) const DASH_HEIGHT: f64 = 0.3;

/// 7.5: 空一字 at the side; a character of 四号 or one of the grid.
pub(super) const FOLIO_SIDE: f64 = 1.5 * MM;

/// Indents and centring, by eye.
pub(super) const PLACE: f64 = 2.0 * MM;
