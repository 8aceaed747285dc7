//! The schema of figures.yaml: a free tree, in which the profile knows some names.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::rules::NUMBER;
use crate::profile::{ExpectedFigure, Profile};

/// What begins a formula; a full-width sign is read as the other.
const FORMULA: &str = "^\\s*[=＝]";
/// A name: no digit first, none of the marks that expressions and YAML use.
const NAME: &str = "^[^0-9\\s.,，、。；;：:（）()“”\"'+*/=＝%-][^\\s.,，、。；;：:（）()“”\"'+*/=＝%-]*$";

/// The schema for the figures that a profile expects, open to all others.
pub(super) fn schema(profile: &Profile) -> Value {
    let names = known_names(profile);
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "description": "一年的数据：每个数只写一次，别处引用；名称自己取，层次自己定",
        "allOf": [{"$ref": "#/definitions/Names"}],
        "properties": with_attributes(&json!({
            "上年": {
                "description": "上年的数；有上年文件夹的不用写",
                "allOf": [{"$ref": "#/definitions/Entry"}, {"$ref": "#/definitions/Names"}],
            },
            "年度": false, "上年度": false, "单位名称": false, "总分": false, "等级": false, "指标得分率": false,
            "本项": false, "本项名称": false,
        })),
        "propertyNames": {"pattern": NAME},
        "additionalProperties": {"$ref": "#/definitions/Entry"},
        "definitions": {
            "Names": names,
            "Entry": entry(),
            "Value": value(),
            "Figure": figure(),
            "Group": group(),
        },
    })
}

/// A figure written short, a figure with its description, or a group.
fn entry() -> Value {
    json!({
        "if": {"type": "object"},
        "then": {
            "if": {"anyOf": [{"required": ["值"]}, {"required": ["填报"]}, {"required": ["公式"]}]},
            "then": {"$ref": "#/definitions/Figure"},
            "else": {"$ref": "#/definitions/Group"},
        },
        "else": {"$ref": "#/definitions/Value"},
    })
}

fn value() -> Value {
    json!({
        "description": "普通小数（如 1113.52）、以 = 开头的公式，或 ~（未填，不是 0）",
        "type": ["number", "string", "null"],
        "pattern": format!("{FORMULA}|{NUMBER}"),
    })
}

fn figure() -> Value {
    let number = json!({"type": ["number", "string", "null"], "pattern": NUMBER});
    let formula = json!({"type": ["string", "null"], "pattern": FORMULA});
    let value = |description: &str| described(description, "Value");
    json!({
        "type": "object",
        "properties": with_attributes(&json!({
            "值": value("数，或 =公式"),
            "填报": value("另有出处的数，与公式核对"),
            "公式": value("怎样算，以 = 开头"),
        })),
        "additionalProperties": false,
        "not": {"required": ["值", "填报"]},
        "anyOf": [
            {"not": {"required": ["公式"]}},
            {"not": {"anyOf": [{"required": ["值"]}, {"required": ["填报"]}]}},
            {"properties": {"值": number, "填报": number, "公式": formula}},
        ],
    })
}

fn group() -> Value {
    json!({
        "type": "object",
        "properties": with_attributes(&json!({})),
        "propertyNames": {"pattern": NAME},
        "additionalProperties": {"$ref": "#/definitions/Entry"},
    })
}

/// The keys of a figure or group that are no figures themselves.
fn with_attributes(properties: &Value) -> Value {
    let text = |description: &str| json!({"description": description, "type": ["string", "number", "boolean", "null"]});
    let mut all = json!({
        "单位": {
            "description": "单位，如 万元、人、个、%；组的单位传给下面各项",
            "type": ["string", "boolean", "null"],
            "pattern": "^\\s*[^0-9\\s\"'“”（）()]+\\s*$",
            "not": {"enum": ["万", "亿", "千元", "百万元", "圆", "万圆"]},
        },
        "名称": text("印出的全称，可以带标点和数字"),
        "口径": text("口径，如 决算数；往下传"),
        "来源": text("数的出处，只作记录"),
        "说明": text("只作记录"),
        "小数位": {"description": "印几位小数：0 到 6", "enum": [0, 1, 2, 3, 4, 5, 6, "0", "1", "2", "3", "4", "5", "6", null]},
        "舍入": {"description": "印出时怎样舍入", "enum": ["四舍五入", "截断", "四舍六入五成双", null]},
        "列举": {"description": "组里各项列全了没有：全部（之和等于总数）、其中（不超过总数）", "enum": ["全部", "其中"]},
        "列举总数": text("与组里各项之和比的总数，是公式；不写则用组里的合计"),
        "属于": text("这一项含在同组的哪一项里：求和时不重复计"),
    });
    if let (Some(all), Some(own)) = (all.as_object_mut(), properties.as_object()) {
        all.extend(own.clone());
    }
    all
}

fn described(description: &str, definition: &str) -> Value {
    json!({"description": description, "allOf": [{"$ref": format!("#/definitions/{definition}")}]})
}

/// The names that the profile knows, nested as they are written, each with what it is. They describe and forbid nothing.
fn known_names(profile: &Profile) -> Value {
    let mut root = Branch::default();
    for (path, figure) in &profile.figures.0 {
        root.add(path, describe(&figure.value));
    }
    for (path, figure) in &profile.derived.0 {
        let derived = &figure.value;
        root.add(path, format!("{}；不写则按公式算：{}", derived.note, derived.formula.value));
    }
    root.schema()
}

fn describe(figure: &ExpectedFigure) -> String {
    let mut parts = vec![figure.note.clone()];
    parts.extend(figure.group.then(|| "一组，里面的名称自定".to_owned()));
    parts.extend(figure.unit.as_ref().map(|unit| format!("单位：{unit}")));
    parts.extend(figure.basis.as_ref().map(|basis| format!("口径：{basis}")));
    parts.extend(figure.required.then(|| "必填".to_owned()));
    parts.retain(|part| !part.is_empty());
    parts.join("；")
}

/// A part of the tree of names.
#[derive(Default)]
struct Branch {
    description: Option<String>,
    members: BTreeMap<String, Branch>,
}

impl Branch {
    fn add(&mut self, path: &str, description: String) {
        let at = path.split('.').fold(self, |branch, name| branch.members.entry(name.to_owned()).or_default());
        at.description = Some(description);
    }

    fn schema(self) -> Value {
        let mut schema = Map::new();
        schema.extend(self.description.map(|text| ("description".to_owned(), text.into())));
        if !self.members.is_empty() {
            let members: Map<String, Value> =
                self.members.into_iter().map(|(name, branch)| (name, branch.schema())).collect();
            schema.insert("properties".to_owned(), members.into());
        }
        schema.into()
    }
}
