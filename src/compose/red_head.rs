//! 红头 and 版记 as they are printed, and what is wrong with them (GB/T 9704-2012, 7.2 and 7.4).

use std::sync::LazyLock;

use regex::Regex;

use super::view::{ImprintView, RedHeadView};
use crate::diagnostic::{Code, Diagnostic};
use crate::dossier::{Date, Imprint, RedHead};
use crate::source::Spanned;

/// 机关代字, year, number: 惠东政数〔2022〕3号.
static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[^〔〕\s0-9]+〔([0-9]{4})〕[1-9][0-9]*号$").ok());
/// The same, loosely written: any brackets, 第, zeros in front, no 号.
static LOOSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?<code>\D+?)\s*[〔\[［（(【〈<]\s*(?<year>[0-9]{4})\s*年?\s*[〕\]］）)】〉>]\s*第?\s*0*(?<number>[1-9][0-9]*)\s*号?$").ok()
});

/// The head, with its texts filled in. `fill` makes what is printed of what is written.
pub(super) fn red_head(head: &RedHead, mut fill: impl FnMut(&Spanned<String>) -> String) -> RedHeadView {
    let signers = head.signers.as_ref().map(&mut fill).unwrap_or_default();
    let names = signers.split(['、', '，', ',', ' ', '　']).map(str::trim).filter(|name| !name.is_empty());
    RedHeadView { mark: fill(&head.mark), number: fill(&head.number), signers: names.map(str::to_owned).collect() }
}

/// The line under the title: `某某县财政局：` (7.3.2).
pub(super) fn addressee(text: &str) -> String {
    format!("{}：", text.trim().trim_end_matches(['：', ':']))
}

/// The imprint. `unit` and `issued` stand in for what is not given.
pub(super) fn imprint(
    imprint: &Imprint,
    unit: &str,
    issued: Option<Date>,
    mut fill: impl FnMut(&Spanned<String>) -> String,
) -> ImprintView {
    let copies: Vec<String> = imprint.copies.iter().map(&mut fill).collect();
    let copies =
        copies.iter().map(|name| name.trim().trim_end_matches(['，', '、', '。'])).collect::<Vec<_>>().join("，");
    let date = imprint.date.as_ref().map(|date| date.value).or(issued);
    ImprintView {
        copies: (!copies.is_empty()).then(|| format!("{copies}。")),
        office: imprint.office.as_ref().map_or_else(|| unit.to_owned(), &mut fill),
        date: date.map(|date| format!("{}印发", date.chinese())),
    }
}

/// Reports a 发文字号 that is given and not of the form of 7.2.5, or of another year than the issue date.
pub(super) fn check_number(
    number: &Spanned<String>,
    printed: &str,
    issued: Option<Date>,
    findings: &mut Vec<Diagnostic>,
) {
    let printed = printed.trim();
    if printed.is_empty() {
        return;
    }
    let Some(year) = FORM.as_ref().and_then(|form| Some(form.captures(printed)?.get(1)?.as_str())) else {
        let finding = Diagnostic::new(Code::JB7021, format!("发文字号“{printed}”的写法不对"));
        findings.push(finding.hint(better(printed)).at(number.place));
        return;
    };
    let Some(date) = issued.filter(|date| date.0.year().to_string() != year) else { return };
    let finding = Diagnostic::new(Code::JB7022, format!("发文字号的年份是{year}，成文日期是{}", date.chinese()));
    findings.push(finding.hint("发文字号按成文的年份编；核对两者").at(number.place));
}

/// The most characters of 发文机关标志: more would be pressed narrower than half a character (7.2.4).
const LONGEST_MARK: usize = 24;
/// The most characters of 发文字号 beside a signer on one line (7.2.5, 7.2.6).
const LONGEST_NUMBER: usize = 18;
/// The most signers, two to a line: the first page must show text (7.3.3).
const MOST_SIGNERS: usize = 6;
/// The most characters of 抄送, which must leave room on its page (7.4.2).
const LONGEST_COPIES: usize = 400;

/// Reports what the head has no room for.
pub(super) fn check_head(head: &RedHead, view: &RedHeadView, findings: &mut Vec<Diagnostic>) {
    let mut long = |name: &str, count: usize, most: usize, what: &str, place| {
        if count > most {
            let text = format!("{name}有 {count} {what}，最多排得下 {most} {what}");
            findings.push(Diagnostic::new(Code::JB7024, text).hint("用规范化简称，或少列几项").at(place));
        }
    };
    long("发文机关标志", view.mark.chars().count(), LONGEST_MARK, "个字", head.mark.place);
    long("发文字号", view.number.chars().count(), LONGEST_NUMBER, "个字", head.number.place);
    let place = head.signers.as_ref().and_then(|signers| signers.place);
    long("签发人", view.signers.len(), MOST_SIGNERS, "人", place);
}

/// Reports more 抄送 than a page has room for.
pub(super) fn check_copies(imprint: &Imprint, view: &ImprintView, findings: &mut Vec<Diagnostic>) {
    let count = view.copies.as_ref().map_or(0, |copies| copies.chars().count());
    if count > LONGEST_COPIES {
        let text = format!("抄送共 {count} 个字，最多排得下 {LONGEST_COPIES} 个字");
        let place = imprint.copies.first().and_then(|copy| copy.place);
        findings.push(Diagnostic::new(Code::JB7024, text).hint("合并写，如“各乡镇人民政府”").at(place));
    }
}

/// Reports an imprint that is older than the document.
pub(super) fn check_date(date: &Spanned<Date>, issued: Option<Date>, findings: &mut Vec<Diagnostic>) {
    let Some(issued) = issued.filter(|issued| date.value < *issued) else { return };
    let text = format!("印发日期{}早于成文日期{}", date.value.chinese(), issued.chinese());
    findings.push(Diagnostic::new(Code::JB7023, text).hint("印发在成文之后；核对两个日期").at(date.place));
}

/// How the number is to be written.
fn better(number: &str) -> String {
    let ascii: String = number.chars().map(to_ascii_digit).collect();
    let found = LOOSE.as_ref().and_then(|loose| loose.captures(&ascii));
    let part = |name| found.as_ref().and_then(|found| found.name(name)).map_or("", |part| part.as_str());
    match (part("code"), part("year"), part("number")) {
        (_, _, "") => "写成“机关代字〔2026〕3号”：年份四位，用六角括号；不加“第”，不编虚位".to_owned(),
        (code, year, number) => format!("写成“{code}〔{year}〕{number}号”"),
    }
}

fn to_ascii_digit(c: char) -> char {
    let digit = u32::from(c).checked_sub(u32::from('０')).and_then(|value| char::from_digit(value, 10));
    digit.unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(number: &str) -> Option<String> {
        let mut findings = Vec::new();
        check_number(&number.to_owned().into(), number, None, &mut findings);
        findings.pop().map(|finding| finding.hints.concat())
    }

    #[test]
    fn a_number_of_the_right_form_is_let_be() {
        for number in ["惠东政数〔2022〕3号", "云岭农发〔2024〕118号"] {
            assert_eq!(found(number), None, "{number}");
        }
    }

    #[test]
    fn each_slip_is_told_with_what_is_meant() {
        for number in [
            "惠东政数[2022]3号",
            "惠东政数（2022）3号",
            "惠东政数【2022】3号",
            "惠东政数〔2022〕第3号",
            "惠东政数〔2022〕03号",
            "惠东政数〔２０２２〕３号",
            "惠东政数〔2022〕3",
            "惠东政数〔2022年〕3号",
            "惠东政数 〔2022〕 3 号",
        ] {
            assert_eq!(found(number).as_deref(), Some("写成“惠东政数〔2022〕3号”"), "{number}");
        }
        for number in ["3号", "惠东政数〔22〕3号", "惠东政数〔2022〕零号", "惠东政数2022-3"] {
            assert!(found(number).is_some_and(|hint| hint.contains("六角括号")), "{number}");
        }
    }

    #[test]
    fn the_addressee_has_one_colon() {
        assert_eq!(addressee("县财政局"), "县财政局：");
        assert_eq!(addressee("县财政局: "), "县财政局：");
    }
}
