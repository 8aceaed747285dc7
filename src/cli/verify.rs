//! `jibao verify`: whether PDFs are what the data that they carry give.

use serde::Serialize;

use super::Exit;
use super::args::{VerifyArgs, VerifyFormat};
use super::extract::read_pdf;
use super::printer::Printer;
use crate::diagnostic::seen;
use crate::typeset::FontSet;
use crate::verify::{Difference, Proof, Unproven, Verdict, verify};

/// The most differences that are told of one file to people.
const MOST: usize = 30;

pub(super) fn run(args: &VerifyArgs, printer: &Printer) -> Result<Exit, String> {
    let fonts = FontSet::new(&args.fonts.folders, args.fonts.system_fonts)?;
    let mut exit = Exit::Done;
    for path in &args.files {
        let name = path.to_string_lossy().replace('\\', "/");
        let result = read_pdf(path).and_then(|pdf| verify(&pdf, &fonts).map_err(|why: Unproven| why.to_string()));
        printer.result(&match args.format {
            VerifyFormat::Human => human(&name, &result),
            VerifyFormat::Json => json(&name, &result)?,
        });
        exit = exit.max(match &result {
            Err(_) => Exit::Usage,
            Ok(proof) if proof.verdict == Verdict::Identical => Exit::Done,
            // What is not proved is for a person to look at.
            Ok(_) => Exit::Findings,
        });
    }
    Ok(exit)
}

fn human(name: &str, result: &Result<Proof, String>) -> String {
    let proof = match result {
        Err(why) => return format!("{name}：无从证明：{why}\n"),
        Ok(proof) => proof,
    };
    let mut text = match proof.verdict {
        Verdict::Identical => format!("{name}：逐字节相同\n"),
        Verdict::Same => format!("{name}：数字和文字相同，但程序版本或字体不同，版面没有证明\n"),
        Verdict::Different => format!("{name}：不同，{} 处\n", proof.differences.len()),
    };
    let reasons = proof.reasons.iter().map(|reason| format!("  {}\n", seen(reason)));
    let differences =
        proof.differences.iter().take(MOST).map(|difference| format!("  {}\n", seen(&difference.message)));
    text.extend(reasons.chain(differences));
    if proof.differences.len() > MOST {
        let more = proof.differences.len() - MOST;
        text.extend([format!("  另有 {more} 处没有列出，见 --format json\n")]);
    }
    text
}

/// What is said of a file, for programs.
#[derive(Serialize)]
struct Told<'a> {
    schema: u32,
    file: &'a str,
    /// `identical`, `same`, `different` or `unproven`.
    verdict: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i32>,
    /// The version of the program that made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    jibao: Option<&'a str>,
    /// Why nothing can be said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<&'a str>,
    reasons: &'a [String],
    differences: &'a [Difference],
}

fn json(name: &str, result: &Result<Proof, String>) -> Result<String, String> {
    let told = match result {
        Err(why) => Told {
            schema: 1,
            file: name,
            verdict: "unproven",
            year: None,
            jibao: None,
            why: Some(why),
            reasons: &[],
            differences: &[],
        },
        Ok(proof) => Told {
            schema: 1,
            file: name,
            verdict: match proof.verdict {
                Verdict::Identical => "identical",
                Verdict::Same => "same",
                Verdict::Different => "different",
            },
            year: proof.contents.as_ref().map(|contents| contents.year),
            jibao: proof.contents.as_ref().map(|contents| contents.jibao.as_str()),
            why: None,
            reasons: &proof.reasons,
            differences: &proof.differences,
        },
    };
    serde_json::to_string(&told).map(|line| line + "\n").map_err(|error| error.to_string())
}
