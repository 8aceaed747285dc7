//! The catalogue of findings. A code, once published, keeps its meaning.

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops the build.
    Error,
    /// Shown; stops the build with `--deny-warnings`.
    Warning,
    /// A remark that needs no action.
    Hint,
}

impl Severity {
    /// The word shown to the user.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "错误",
            Self::Warning => "警告",
            Self::Hint => "提示",
        }
    }

    /// The word in machine-readable output.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident $severity:ident $title:literal,)+) => {
        /// The stable code of a kind of finding.
        ///
        /// JB1: files and their form. JB2: figures. JB3: identities. JB4: scores. JB5: text.
        /// JB6: page and PDF. JB7: the page against the standard, and print. JB8: evidence and submission. JB9:
        /// acknowledgements.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The severity that the code has by itself.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// A short Chinese name of the kind of finding.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }

            /// The code as written: `JB2001`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)+ }
            }

            /// What the code means, why it matters and how to mend it, with examples: Markdown, in Chinese.
            pub fn explanation(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("explanations/", stringify!($name), ".md")),)+
                }
            }
        }
    };
}

codes! {
    /// A file or folder that must be there is not, or cannot be read.
    JB1001 Error "读不到文件",
    /// A file leads out of the dossier (a symbolic link, `..`), or is too large.
    JB1002 Error "文件不可用",
    /// The file is not UTF-8: GBK and UTF-16 are recognised.
    JB1003 Error "文件编码不对",
    /// The file begins with a byte order mark, which is harmless and skipped.
    JB1004 Hint "文件带 BOM",
    /// The YAML cannot be parsed.
    JB1005 Error "YAML 语法不通",
    /// A full-width colon stands where YAML needs `: `.
    JB1006 Error "全角冒号",
    /// A full-width comma separates entries of `{ }` or `[ ]`.
    JB1007 Error "全角逗号",
    /// A tab indents a line.
    JB1008 Error "制表符缩进",
    /// The space after `-` or `:` is missing.
    JB1009 Error "缺少空格",
    /// A text begins with `{{` and is not quoted.
    JB1010 Error "占位符要加引号",
    /// YAML that the dossier format does not use: anchors, aliases, tags, several documents, deep nesting.
    JB1011 Error "用了不支持的 YAML 写法",
    /// The same key stands twice in one map.
    JB1012 Error "键重复",
    /// A key that the format does not know.
    JB1013 Error "不认识的键",
    /// A key that must be given is missing.
    JB1014 Error "缺少必填的键",
    /// A value of the wrong kind: a list where text belongs, and the like.
    JB1015 Error "值的类型不对",
    /// A value that the key does not allow.
    JB1016 Error "值不在允许范围",
    /// A number that is not written as a plain decimal.
    JB1018 Error "数字写法不对",
    /// A `#` behind a space cuts off the rest of a text, which YAML takes for a comment.
    JB1019 Warning "井号后面的文字不会印出",
    /// A file in `sections/` that is not read, because its name does not end in .yaml.
    JB1020 Warning "文件没有读",
    /// Two section files begin with the same number: a copy left behind, or an order that nobody chose.
    JB1021 Warning "文件序号相同",
    /// A profile that contradicts itself: weights that do not add up, bands out of order, a base that it does not have.
    JB1022 Error "体例不成立",

    /// A stated value differs from its formula by more than rounding can explain.
    JB2001 Error "填报数与公式不符",
    /// A stated value differs from its formula within the rounding of what was added up.
    JB2002 Warning "填报数与公式有尾差",
    /// A formula or placeholder cannot be parsed or computed.
    JB2003 Error "公式算不出来",
    /// A name that no figure has.
    JB2004 Error "没有这个数据项",
    /// Formulas that depend on each other in a ring.
    JB2005 Error "公式循环引用",
    /// Amounts of different units are added or compared.
    JB2006 Error "单位不一致",
    /// The name of a figure cannot be used in formulas.
    JB2007 Error "数据项名称不合规",
    /// A figure is printed or needed but not given (`~`).
    JB2008 Error "数据项未填",
    /// Last year's folder and this year's block 上年 disagree.
    JB2009 Error "上年数与上年卷宗不一致",
    /// A figure is not given that the profile requires, or without which a stated total or an identity is not checked.
    JB2010 Warning "应填的数据项没有填",
    /// A figure's unit or basis is not the one that the profile expects.
    JB2011 Error "数据项与体例的规定不符",

    /// An identity of the profile does not hold.
    JB3001 Error "勾稽关系不符",
    /// An identity holds only within the rounding of what was added up.
    JB3002 Warning "勾稽关系有尾差",
    /// An identity that is a matter of judgement does not hold.
    JB3003 Warning "勾稽关系存疑",
    /// This year's opening and last year's closing figures, or a restated figure and last year's report, differ.
    JB3004 Error "跨年不衔接",
    /// A figure is possible but not plausible, and nobody says why.
    JB3005 Warning "数据不合常理",

    /// The weights of an index system do not add up to its total.
    JB4001 Error "分值合计不对",
    /// A score is negative or above its weight.
    JB4002 Error "得分超出分值",
    /// The stated total or grade differs from the computed one.
    JB4003 Error "总分或等级不符",
    /// A row has no score: its figures are not given and nobody scored it.
    JB4004 Error "指标没有得分",
    /// A given score differs from the score that the rule computes.
    JB4005 Warning "填报得分与规则不符",
    /// A score is given without its grounds.
    JB4006 Warning "得分缺少依据",
    /// People overrode a computed score and gave their reason.
    JB4007 Hint "人工改定得分",
    /// A row scores below its weight and nobody says why.
    JB4008 Warning "失分没有写原因",
    /// Rows of which exactly one must be chosen, or a row declared not to apply that must apply.
    JB4009 Error "指标选用不对",
    /// The score of another year is asked for, and its score sheet or figures are wrong.
    JB4010 Warning "往年的评分算不出来",

    /// A placeholder in text is left open or empty.
    JB5001 Error "占位符写法不对",
    /// A table has rows of different lengths, or a standard table that the profile does not have.
    JB5002 Error "表格不成形",
    /// A number typed in front of a heading or list item, which the program numbers.
    JB5003 Warning "手工编号",
    /// Characters that do not print (control characters) are left out of the page.
    JB5004 Warning "不可见字符",
    /// A unit is printed behind a number that has another unit.
    JB5005 Error "文中单位与数据项不符",
    /// A number typed in the text equals a figure, which will not follow when the figure changes.
    JB5006 Hint "手写的数可以引用",
    /// A number typed in the text contradicts the figure that it names.
    JB5007 Warning "手写的数与数据项不符",
    /// 万 without 元 behind an amount, or several units of money in one paragraph.
    JB5008 Warning "金额单位混用",
    /// The numbers of one column have different digits behind the point.
    JB5009 Hint "小数位不一致",
    /// A phrase of the template, or an instruction to the author, was left in the text.
    JB5010 Warning "模板用语未改",
    /// An attachment is named in the text and is not there, or is there and is named nowhere.
    JB5011 Warning "附件与正文不符",
    /// The text claims what the figures contradict: 账账相符, 收支平衡, 无结余.
    JB5012 Warning "说法与数据不符",
    /// One item stands under two names.
    JB5013 Warning "同一事项名称不一",
    /// The year in a title or text is not the year of the report.
    JB5014 Warning "年份与年度不符",
    /// A chart that cannot be drawn: too much for its room, or not of the kind of numbers that it shows.
    JB5015 Error "图画不成",
    /// An amount that is not zero is printed as zero.
    JB5016 Warning "不是零的数印成了零",

    /// Typst could not lay the page out.
    JB6001 Error "排版失败",
    /// Typst laid the page out with a warning.
    JB6002 Warning "排版有疑问",
    /// The data of a report cannot be carried in its PDF.
    JB6004 Error "源数据附不进",

    /// No face has a character: it would come out as an empty box.
    JB7001 Error "字体缺字",
    /// A hanzi is printed in the face of another role.
    JB7002 Hint "别的字体代印",
    /// A text, table or chart reaches out of the type area.
    JB7003 Error "超出版心",
    /// A text is larger than its cell.
    JB7004 Error "超出单元格",
    /// A page has more than 22 lines, or a line more than 28 characters.
    JB7005 Error "行数或字数超过国标",
    /// A page number is missing, wrong or out of place.
    JB7006 Error "页码不对",
    /// A row of a table is cut by the end of a page.
    JB7007 Error "表格的行被分页截断",
    /// The head of a table is not repeated on a later page.
    JB7008 Error "续表没有表头",
    /// The layout did not settle.
    JB7009 Error "排版没有定下来",
    /// A heading is the last thing on a page.
    JB7010 Hint "标题落在页末",
    /// The last line of a paragraph is a single character.
    JB7011 Hint "末行只有一个字",
    /// A last page has under three lines.
    JB7012 Hint "末页不足三行",
    /// A page holds the signature and no text.
    JB7013 Warning "落款页没有正文",
    /// The lines of a title have a bad shape.
    JB7014 Hint "题目的断行不好看",
    /// The number of a document is not of the form that the standard gives.
    JB7021 Warning "发文字号写法不对",
    /// The number of a document is of another year than its date.
    JB7022 Warning "发文字号与成文日期不符",
    /// A document is printed before it is issued.
    JB7023 Warning "印发日期早于成文日期",
    /// A part of the red head or of the imprint is longer than the page has room for.
    JB7024 Error "红头或版记太长",

    /// A file of evidence is named and is not in the folder evidence.
    JB8001 Error "佐证材料缺失",
    /// Evidence is named by its title alone and no file goes by it: nothing of it is submitted.
    JB8002 Warning "佐证材料没有文件",
    /// Evidence of a kind that is not submitted: a program, an archive, a document with macros.
    JB8003 Error "佐证材料的类型不收",
    /// Evidence that does not lie in the folder evidence: `..`, a path, a link that leads out.
    JB8004 Error "佐证材料不在 evidence 里",
    /// An empty file of evidence.
    JB8005 Error "佐证材料是空的",
    /// A file of evidence, or all of them together, is too large.
    JB8006 Error "佐证材料太大",
    /// Two files of evidence have the same name but for the case of letters.
    JB8007 Warning "佐证材料重名或重号",
    /// A PDF among the evidence cannot be read.
    JB8008 Warning "佐证材料读不出",

    /// An acknowledgement matches no finding.
    JB9001 Error "已知差异落空",
    /// An acknowledgement gives no reason.
    JB9002 Error "已知差异缺理由",
    /// An acknowledgement of a kind of finding that must be mended.
    JB9003 Error "不能登记的发现",
}

impl Code {
    /// Whether a finding of this kind may stand as a known difference: only where two numbers disagree. What is broken
    /// (a formula, a missing score) must be mended.
    pub fn is_difference(self) -> bool {
        matches!(
            self,
            Self::JB2001
                | Self::JB2002
                | Self::JB2009
                | Self::JB3001
                | Self::JB3002
                | Self::JB3003
                | Self::JB3004
                | Self::JB3005
                | Self::JB4003
                | Self::JB4005
        )
    }

    /// What the code means, in one sentence: the first paragraph of its explanation.
    pub fn meaning(self) -> &'static str {
        let mut lines = self.explanation().lines();
        lines.find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default()
    }

    /// The code with this name, such as `JB2001`.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_found_by_name() {
        assert!(Code::ALL.windows(2).all(|w| w[0].as_str() < w[1].as_str()));
        for code in Code::ALL {
            assert_eq!(Code::parse(code.as_str()), Some(*code));
        }
        assert_eq!(Code::parse("JB0000"), None);
    }
}
