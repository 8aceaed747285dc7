//! What is made of a report: the PDF, and other files of the same model beside it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A kind of file. In the order of their weight: the first one that is asked for stands for the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Product {
    /// The PDF.
    Pdf,
    /// A copy to be edited.
    Docx,
    /// The words alone.
    Txt,
    /// A picture of each page, of so many pixels to the inch.
    Png(u32),
    /// A drawing of each page.
    Svg,
}

impl Product {
    /// How the names of its files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Txt => "txt",
            Self::Png(_) => "png",
            Self::Svg => "svg",
        }
    }

    /// Whether there is a file for each page.
    pub fn is_by_page(self) -> bool {
        matches!(self, Self::Png(_) | Self::Svg)
    }

    /// The name of its file, or of that of a page (from 1) among so many.
    pub(super) fn name(self, stem: &str, page: usize, pages: usize) -> String {
        let ending = self.extension();
        if !self.is_by_page() {
            return format!("{stem}.{ending}");
        }
        // Names sort as pages follow.
        let digits = pages.to_string().len().max(2);
        format!("{stem}-{page:0digits$}.{ending}")
    }
}

/// The products that are asked for; the PDF where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Products(BTreeSet<Product>);

impl Default for Products {
    fn default() -> Self {
        Self(BTreeSet::from([Product::Pdf]))
    }
}

impl FromIterator<Product> for Products {
    fn from_iter<I: IntoIterator<Item = Product>>(products: I) -> Self {
        Self(products.into_iter().collect())
    }
}

impl Products {
    /// They, the weightiest first.
    pub fn iter(&self) -> impl Iterator<Item = Product> {
        self.0.iter().copied()
    }

    /// Whether this one is asked for.
    pub fn has(&self, product: Product) -> bool {
        self.0.contains(&product)
    }

    /// Whether any of them is made from the model itself.
    pub(super) fn need_view(&self) -> bool {
        self.has(Product::Docx) || self.has(Product::Txt)
    }
}

/// A file that is ready to be written.
#[derive(Debug)]
pub(super) struct Ready {
    pub(super) product: Product,
    /// Which page of it, from 1; 1 where it is the whole.
    pub(super) page: usize,
    pub(super) bytes: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered_so_that_names_sort() {
        assert_eq!(Product::Pdf.name("甲/乙-2023", 1, 12), "甲/乙-2023.pdf");
        assert_eq!(Product::Png(144).name("乙", 3, 9), "乙-03.png");
        assert_eq!(Product::Svg.name("乙", 3, 120), "乙-003.svg");
    }

    #[test]
    fn the_weightiest_product_comes_first() {
        let products: Products = [Product::Svg, Product::Txt, Product::Docx].into_iter().collect();
        assert_eq!(products.iter().next(), Some(Product::Docx));
        assert!(products.need_view());
        let plain = Products::default();
        assert!(plain.has(Product::Pdf) && !plain.need_view());
    }
}
