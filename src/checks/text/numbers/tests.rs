use super::*;

/// The numbers of a text as `value|unit` or `value!why`.
fn shown(text: &str) -> Vec<String> {
    scan(text)
        .iter()
        .map(|number| {
            let unit = match number.measure {
                Measure::Money(unit) => unit.name().to_owned(),
                Measure::Bare(unit) => format!("{}~", unit.name()),
                Measure::Percent => "%".to_owned(),
                Measure::Count(word) => word.to_owned(),
                Measure::Nothing => String::new(),
            };
            match number.skip {
                Some(skip) => format!("{}!{skip:?}", number.value),
                None => format!("{}|{unit}", number.value),
            }
        })
        .collect()
}

#[test]
fn amounts_and_what_is_none() {
    let cases: &[(&str, &[&str])] = &[
        // Amounts.
        ("年初批复收入1113.52万元", &["1113.52|万元"]),
        ("收入 1113.52 万元；", &["1113.52|万元"]),
        ("1,113.52万元", &["1113.52|万元"]),
        ("1,580,130元", &["1580130|元"]),
        ("编制13，298个村", &["13!NoUnit", "298|个"]),
        ("0.14亿元", &["0.14|亿元"]),
        ("费用为0元", &["0|元"]),
        ("收支结余-5.61万元", &["-5.61|万元"]),
        ("收支结余为−5.61万元", &["-5.61|万元"]),
        ("减少 21.99%。", &["21.99|%"]),
        ("满意度94.6％", &["94.6|%"]),
        ("提高2.5个百分点", &["2.5|个百分点"]),
        ("１３人", &["13|人"]),
        ("实有人数12人，雇员3人", &["12|人", "3|人"]),
        ("行政编制13个", &["13|个"]),
        ("接待2批次、13人", &["2|批次", "13|人"]),
        ("298个村级平台", &["298|个"]),
        ("384项通办事项", &["384|项"]),
        ("综合评分为92分", &["92|分"]),
        ("产品150亩", &["150|亩"]),
        ("结余5.61万（其中", &["5.61|万元~"]),
        ("项目25.31万等", &["25.31|万元~"]),
        ("投入3亿，", &["3|亿元~"]),
        ("2.2 万，调减 2.2 万）", &["2.2|万元~", "2.2|万元~"]),
        ("服务2万人", &["2|万人"]),
        ("种植3万亩", &["3|万亩"]),
        ("惠及10万户", &["10|万户"]),
        ("发放3万多元", &["3!Approximate"]),
        ("发放1万册", &["1|万册"]),
        ("访问2万人次", &["2|万人次"]),
        // Years and dates.
        ("2021年", &["2021!Year"]),
        ("2021 年度", &["2021!Year"]),
        ("2021—2023年", &["2021!Year", "2023!Year"]),
        ("2021-2023年度", &["2021!Year", "2023!Year"]),
        ("2019年3月19日", &["2019!Year", "3!Date", "19!Date"]),
        ("12月底", &["12!Date"]),
        ("3年内", &["3!Time"]),
        ("24小时", &["24!Time"]),
        ("7×24小时", &["7!Ratio", "24!Ratio"]),
        ("7*24", &["7!Ratio", "24!Ratio"]),
        ("3个月", &["3!Time"]),
        ("5个工作日", &["5!Time"]),
        ("10时30分", &["10!Time", "30!Time"]),
        ("第3季度", &["3!Ordinal"]),
        ("第2次会议", &["2!Ordinal"]),
        ("元旦前2元旦", &["2!NoUnit"]),
        // Names and numbers of documents.
        ("惠东财监〔2022〕3号", &["2022!DocumentNumber", "3!DocumentNumber"]),
        ("粤府[2021]15号", &["2021!DocumentNumber", "15!DocumentNumber"]),
        ("《关于批复2021年经费预算的通知》", &["2021!Quoted"]),
        ("“1+3”工作", &["1!Quoted", "3!Quoted"]),
        ("12345热线", &["12345!NoUnit"]),
        ("县 12345 政务服务热线", &["12345!NoUnit"]),
        ("拨打12345、110", &["12345!NoUnit", "110!NoUnit"]),
        ("IPv6改造", &["6!Identifier"]),
        ("5G基站", &["5!Identifier"]),
        ("A4纸", &["4!Identifier"]),
        ("COVID-19疫情", &["19!Identifier"]),
        ("GB/T 9704-2012标准", &["9704!Identifier", "2012!Year"]),
        ("版本2.1.3", &["2.1!Identifier", "3!Identifier"]),
        ("电话0752-2288123", &["752!Identifier", "2288123!Range"]),
        ("编号20210035", &["20210035!NoUnit"]),
        ("手机13800138000", &["13800138000!NoUnit"]),
        ("1.总体任务", &["1!ListNumber"]),
        ("1、总体任务", &["1!ListNumber"]),
        ("（1）进一步", &["1!ListNumber"]),
        ("如下：2.重点", &["2!ListNumber"]),
        // Not exact, or two numbers.
        ("3—5个", &["3!Range", "5!Range"]),
        ("10～20万元", &["10!Range", "20!Range"]),
        ("10万元至20万元", &["10!Range", "20!Range"]),
        ("1/3以上", &["1!Ratio", "3!Ratio"]),
        ("约1400万元", &["1400!Approximate"]),
        ("超过1400万元", &["1400!Approximate"]),
        ("1400余万元", &["1400!Approximate"]),
        ("1400万元左右", &["1400!Approximate"]),
        ("13人以内", &["13!Approximate"]),
        ("每次不超过100元", &["100!Approximate"]),
        // Words that begin like a unit.
        ("完成8项目标", &["8!NoUnit"]),
        ("共3部门", &["3!NoUnit"]),
        ("从13人增加到12人", &["13|人", "12|人"]),
        ("没有数字", &[]),
        ("99999999999999999999999999999999元", &[]),
    ];
    assert!(cases.len() >= 60);
    for (text, expected) in cases {
        assert_eq!(shown(text), *expected, "{text}");
    }
}

#[test]
fn offsets_are_those_of_the_text() {
    let text = "支出 1,113.52 万元";
    let number = &scan(text)[0];
    assert_eq!(&text[number.start..number.end], "1,113.52");
    assert_eq!(&text[number.start..number.unit_end], "1,113.52 万元");
    assert_eq!(number.places, 2);
}
