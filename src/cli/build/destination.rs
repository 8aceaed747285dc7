//! What is to be made, and where it goes.

use std::path::{Path, PathBuf};

use crate::batch::{Product, Products};
use crate::cli::args::{BuildArgs, Product as Format};

/// What is to be made.
pub(super) enum Wanted {
    /// These files of each report.
    Products(Products),
    /// A folder for the plain Typst command.
    Typ,
}

impl Wanted {
    /// What the options ask for: `--format`, else what the name of the file behind `-o` says, else the PDF.
    pub(super) fn of(args: &BuildArgs) -> Result<Self, String> {
        if args.format.contains(&Format::Typ) {
            let alone = args.format.iter().all(|&format| format == Format::Typ);
            return if alone {
                Ok(Self::Typ)
            } else {
                Err("typ 写成文件夹，要单独用 --format typ".to_owned())
            };
        }
        let asked = args.format.iter().filter_map(|&format| product(format, args.ppi));
        let named = args.output.as_deref().and_then(named_product).filter(|_| args.format.is_empty());
        let products: Products = asked.chain(named).collect();
        Ok(Self::Products(if products.iter().next().is_some() { products } else { Products::default() }))
    }
}

fn product(format: Format, ppi: u32) -> Option<Product> {
    match format {
        Format::Pdf => Some(Product::Pdf),
        Format::Docx => Some(Product::Docx),
        Format::Txt => Some(Product::Txt),
        Format::Png => Some(Product::Png(ppi)),
        Format::Svg => Some(Product::Svg),
        Format::Typ => None,
    }
}

/// The product of one file whose name ends like this.
fn named_product(path: &Path) -> Option<Product> {
    let ending = path.extension()?;
    [Product::Pdf, Product::Docx, Product::Txt].into_iter().find(|one| ending.eq_ignore_ascii_case(one.extension()))
}

/// Where the files go.
pub(super) enum Destination {
    /// Each into its dossier.
    Beside,
    /// All into a folder.
    Folder(PathBuf),
    /// The only one to this file.
    File(PathBuf),
    /// The only one to standard output.
    Stdout,
    /// A folder for the plain Typst command.
    Typ(PathBuf),
}

/// Where the files of so many reports go.
pub(super) fn destination(args: &BuildArgs, wanted: &Wanted, reports: usize) -> Result<Destination, String> {
    let Some(path) = &args.output else {
        return match wanted {
            Wanted::Typ => Err("--format typ 要用 -o 写一个文件夹".to_owned()),
            Wanted::Products(_) => Ok(Destination::Beside),
        };
    };
    if path.to_str().is_none() {
        return Err(format!("-o 的文件名认不出（不是 UTF-8）：{}", path.display()));
    }
    let stdout = path == Path::new("-");
    let named = named_product(path).filter(|_| !path.is_dir());
    if !stdout && named.is_none() && !path.is_dir() && path.extension().is_some() {
        return Err(format!("-o 写一个文件夹，或以 .pdf、.docx、.txt 结尾的文件名：{}", path.display()));
    }
    if path.is_file() && named.is_none() {
        return Err(format!("{} 是一个文件，-o 要写一个文件夹，或以 .pdf、.docx、.txt 结尾的文件名", path.display()));
    }
    if stdout && args.manifest.as_deref() == Some(Path::new("-")) {
        return Err("-o 和 --manifest 不能都写到标准输出".to_owned());
    }
    let single = stdout || named.is_some();
    match wanted {
        Wanted::Typ if single => return Err("--format typ 写成文件夹，-o 要写一个文件夹".to_owned()),
        Wanted::Typ => return Ok(Destination::Typ(path.clone())),
        Wanted::Products(products) if single => check_single(products, named, reports)?,
        Wanted::Products(_) => return Ok(Destination::Folder(path.clone())),
    }
    Ok(if stdout { Destination::Stdout } else { Destination::File(path.clone()) })
}

/// One file holds one product of one report. `named`: the product that the file's name tells.
fn check_single(products: &Products, named: Option<Product>, reports: usize) -> Result<(), String> {
    if reports > 1 {
        return Err(format!("共有 {reports} 份报告，-o 要写一个文件夹"));
    }
    let [product] = products.iter().collect::<Vec<_>>()[..] else {
        return Err("要做几种时，-o 要写一个文件夹".to_owned());
    };
    let ending = product.extension();
    if product.is_by_page() {
        return Err(format!("{ending} 一页一张图，-o 要写一个文件夹"));
    }
    match named {
        Some(named) if named != product => {
            Err(format!("--format 要的是 {ending}，-o 的文件名却以 .{} 结尾", named.extension()))
        }
        _ => Ok(()),
    }
}
