//! Pages → pictures and drawings.

use typst::utils::Scalar;
use typst_layout::Page;
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

use crate::diagnostic::{Code, Diagnostic};

/// Pixels to the inch that pictures of pages may have. A page of A4 takes 140 MB at the most while it is drawn.
pub const PPI_RANGE: std::ops::RangeInclusive<u32> = 36..=600;

/// Pixels to the inch where nothing is said: twice what a screen shows, and still read when sent on.
pub const USUAL_PPI: u32 = 144;

/// A picture of a page with so many pixels to the inch, held within [`PPI_RANGE`].
///
/// # Errors
/// A picture that cannot be written; none is known.
#[expect(clippy::result_large_err, reason = "a finding is what callers want, and none is known")]
pub fn png(page: &Page, ppi: u32) -> Result<Vec<u8>, Diagnostic> {
    let ppi = f64::from(ppi.clamp(*PPI_RANGE.start(), *PPI_RANGE.end()));
    #[expect(clippy::float_arithmetic, reason = "a scale of drawing")]
    let scale = Scalar::new(ppi / 72.0);
    let picture = typst_render::render(page, &RenderOptions { pixel_per_pt: scale, ..RenderOptions::default() });
    picture.encode_png().map_err(|error| Diagnostic::new(Code::JB6001, format!("图片写不成：{error}")))
}

/// A page as a drawing, its characters as outlines: it looks the same where no font is.
pub fn svg(page: &Page) -> String {
    typst_svg::svg(page, &SvgOptions::default())
}
