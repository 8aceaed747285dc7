//! Rules between the keys of one map, which the types do not say.

use schemars::{Schema, json_schema};
use serde_json::{Map, Value, json};

/// A plain decimal.
pub(super) const NUMBER: &str = "^-?[0-9]+(\\.[0-9]+)?$";

/// 得分, 扣, 系数 and 改定 say the same in four ways: one is enough.
pub(crate) fn one_score(schema: &mut Schema) {
    let ways = ["得分", "扣", "系数", "改定"];
    let only = |kept: &str| -> Value {
        let others = ways.iter().filter(|way| **way != kept);
        let absent: Map<String, Value> = others.map(|way| ((*way).to_owned(), json!({"type": "null"}))).collect();
        json!({"properties": absent})
    };
    schema.insert("anyOf".to_owned(), ways.iter().map(|way| only(way)).collect());
}

/// A cover without a date of its own needs the date of the signature.
pub(crate) fn dated_cover(schema: &mut Schema) {
    let undated = json!({"anyOf": [
        {"enum": [true, "true", "是"]},
        {"type": "object", "properties": {"填报日期": {"type": "null"}}},
    ]});
    schema.insert("if".to_owned(), json!({"required": ["封面"], "properties": {"封面": undated}}));
    schema.insert("then".to_owned(), json!({"required": ["落款"], "properties": {"落款": {"type": "object"}}}));
}

/// An attachment holds something.
pub(crate) fn filled_attachment(schema: &mut Schema) {
    let filled = json!([
        {"required": ["内容"], "properties": {"内容": {"not": {"type": "null"}}}},
        {"required": ["正文"], "properties": {"正文": {"type": "array", "minItems": 1}}},
    ]);
    schema.insert("anyOf".to_owned(), filled);
}

/// A main figure has an expression and its unit, or is a share of two others. The brackets keep numbers and booleans out,
/// which other texts may be.
pub(crate) fn main_value(schema: &mut Schema) {
    let expression = json!({"type": ["string"], "pattern": "^\\s*[=＝]"});
    let unit = json!({"not": {"type": "null"}, "pattern": "\\S"});
    let names = json!({"type": "array", "minItems": 2, "maxItems": 2});
    let nothing = json!({"type": "null"});
    let ways = json!([
        {"required": ["值", "单位"], "properties": {"值": expression, "单位": unit, "占比": nothing}},
        {"required": ["占比"], "properties": {"占比": names, "值": nothing, "单位": nothing}},
    ]);
    schema.insert("anyOf".to_owned(), ways);
}

/// A table names its columns, or has the years for columns.
pub(crate) fn columns_or_years(schema: &mut Schema) {
    let nothing = json!({"type": "null"});
    let ways = json!([
        {"required": ["列"], "properties": {"列": {"type": "array"}, "逐年": nothing}},
        {"required": ["逐年"], "properties": {"列": false, "逐年": {"not": nothing}}},
    ]);
    schema.insert("anyOf".to_owned(), ways);
}

/// The row that stands for the main figures. The brackets keep numbers and booleans out.
pub(crate) fn main_figures_row(schema: &mut Schema) {
    *schema =
        json_schema!({"description": "体例的主要数据，一项一行", "type": ["string"], "pattern": "^\\s*主要数据\\s*$"});
}

/// The marks of a numbering style as another keyboard types them, which are read all the same; and the number for which
/// editors take `1.` without quotes.
pub(crate) fn other_marks(schema: &mut Schema) {
    if let Some(Value::Array(styles)) = schema.get_mut("oneOf") {
        styles.push(json!({"description": "同（一）1.（1）", "enum": ["(一)", "1．", "(1)", 1]}));
    }
}

/// Of 数据, 系列 and 项 a chart has exactly one, and a composition has parts.
pub(crate) fn charted_once(schema: &mut Schema) {
    let ways = json!([
        {
            "required": ["数据"],
            "properties": {
                "数据": {"not": {"type": "null"}},
                "类型": {"enum": ["柱形", "折线"]},
                "系列": {"maxItems": 0},
                "项": {"maxItems": 0},
            },
        },
        {
            "required": ["系列"],
            "properties": {"系列": {"minItems": 1}, "数据": {"type": "null"}, "项": {"maxItems": 0}},
        },
        {
            "required": ["项"],
            "properties": {"项": {"minItems": 1}, "数据": {"type": "null"}, "系列": {"maxItems": 0}},
        },
    ]);
    schema.insert("anyOf".to_owned(), ways);
}

/// An item of a chart says what it is, or stands for the members of a group.
pub(crate) fn named_item(schema: &mut Schema) {
    let given = json!({"not": {"type": "null"}});
    let ways = json!([
        {"required": ["逐项"], "properties": {"逐项": given}},
        {"required": ["名称", "值"], "properties": {"名称": given, "值": given}},
    ]);
    schema.insert("anyOf".to_owned(), ways);
}
