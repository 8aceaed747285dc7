//! The engine's word on what is wrong, in Chinese.

use rhai::{EvalAltResult, LexError, ParseErrorType, Position};

use super::{FUNCTIONS, Skip};
use crate::figures::{Trouble, TroubleKind};

/// What an error of the engine means; `None` for an absent operand.
pub(super) fn trouble(error: &EvalAltResult) -> Option<Trouble> {
    let at = offset(error.position());
    let kind = match error.unwrap_inner() {
        EvalAltResult::ErrorRuntime(payload, _) if payload.is::<Skip>() => return None,
        EvalAltResult::ErrorRuntime(payload, _) => match payload.clone().try_cast::<TroubleKind>() {
            Some(kind) => kind,
            None => TroubleKind::Syntax(payload.to_string()),
        },
        EvalAltResult::ErrorFunctionNotFound(signature, _) => TroubleKind::Syntax(unknown_function(signature)),
        EvalAltResult::ErrorVariableNotFound(name, _) => TroubleKind::Missing(name.clone(), None),
        EvalAltResult::ErrorTooManyOperations(_) => TroubleKind::Syntax("算得太久，表达式可能写错了".to_owned()),
        other => TroubleKind::Syntax(format!("算不出来（{other}）")),
    };
    Some(Trouble { kind, at })
}

/// The engine's word on an expression that it cannot parse, in Chinese.
pub(super) fn syntax(error: &ParseErrorType) -> String {
    match error {
        ParseErrorType::UnexpectedEOF => "没有写完".to_owned(),
        ParseErrorType::MissingToken(token, _) => format!("少了“{token}”，或多了别的符号"),
        ParseErrorType::BadInput(LexError::UnexpectedInput(input)) => {
            format!("不认识“{}”；名称之间用半角点“.”，如 支出.合计", input.trim())
        }
        ParseErrorType::BadInput(_) => "有不认识的符号".to_owned(),
        ParseErrorType::PropertyExpected => "点“.”的后面少了名称".to_owned(),
        ParseErrorType::Reserved(word) => format!("“{word}”不能用作名称"),
        ParseErrorType::AssignmentToInvalidLHS(_) | ParseErrorType::AssignmentToConstant(_) => {
            "“=”只写在最前面；比较相等用“==”".to_owned()
        }
        ParseErrorType::ExprTooDeep => "括号嵌套太深".to_owned(),
        _ => "写法不对；可以用 + - * / 、括号、数据项的名称和函数".to_owned(),
    }
}

fn unknown_function(signature: &str) -> String {
    let name = signature.split([' ', '(']).next().unwrap_or(signature);
    if FUNCTIONS.contains(&name) {
        return format!("函数“{name}”的参数个数或种类不对");
    }
    if name.chars().all(|c| c.is_ascii_punctuation()) {
        return format!("这里不能用“{name}”");
    }
    format!("没有“{name}”这个函数；可用的函数：{}", FUNCTIONS.join("、"))
}

pub(super) fn offset(position: Position) -> Option<usize> {
    position.position().map(|column| column - 1)
}
