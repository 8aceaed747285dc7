//! Lines that announce what follows.

use super::marks::texts;
use super::{CASE, lay_out};
use crate::support::Dossier;

#[test]
fn a_line_that_ends_in_a_colon_is_not_the_last_of_a_page() {
    let mut pages = std::collections::BTreeSet::new();
    for lines in 0..12 {
        let text = format!(
            "标题: 结尾\n正文:\n{}  - 改进措施如下：\n  - 列表: [逐月督办, 如期办结]\n",
            "  - 又一段。\n".repeat(lines)
        );
        let dossier = Dossier::copy_of(CASE).write("2023/sections/04-problems.yaml", text);
        let texts = texts(&lay_out(dossier.path(), 2023), false);
        let page = |words: &str| texts.iter().find(|mark| mark.text.contains(words)).map(|mark| mark.page);
        assert_eq!(page("改进措施如下"), page("逐月督办"), "{lines}");
        pages.insert(page("逐月督办"));
    }
    // Over the edge of a page.
    assert_eq!(pages.len(), 2, "{pages:?}");
}
