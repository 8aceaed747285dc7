//! The one expression language: formulas, placeholders, identities and score rules are all evaluated here, by rhai.
//!
//! Names are resolved on demand: from the group in which the expression stands outwards to the root. A name whose formula
//! is not computed yet ends the evaluation with [`TroubleKind::Pending`]; the caller computes it first and tries again, so
//! that no chain of formulas, however long, nests calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rhai::{AST, Array, Dynamic, Engine, EvalAltResult, ImmutableString, OptimizationLevel, Position};

use super::{Amount, Book, FigureRef, Printer, Trouble, TroubleKind, Unit};
use crate::diagnostic::Diagnostic;
use crate::dossier::Number;

mod errors;
mod functions;
mod names;
mod operators;
mod scores;

pub use functions::FUNCTIONS;
pub(super) use scores::SCORE_WORDS;
pub use scores::{OtherYears, YearScore, unknown_score};

use errors::{offset, syntax, trouble};
use scores::{Scores, Total};

type Outcome<T> = Result<T, Box<EvalAltResult>>;

/// How many parsed expressions are kept before they are parsed anew.
const EXPRESSIONS_KEPT: usize = 512;

/// How many expressions it is worth parsing ahead at a time.
pub const PARSED_AHEAD: usize = 128;

/// What an expression gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An amount.
    Amount(Amount),
    /// Several amounts, such as those of 历年.
    Amounts(Vec<Amount>),
    /// A text.
    Text(String),
    /// A truth value.
    Truth(bool),
    /// Nothing: a name is absent, which the caller allows.
    Absent,
}

/// A value together with the figures that were read for it, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluated {
    /// The value.
    pub value: Value,
    /// The figures read.
    pub reads: Vec<FigureRef>,
    /// Whether a group that lists only some of its items (列举: 其中) was added up, so that a sum is less than the whole.
    pub partial: bool,
}

/// Where an expression stands: the group in which its names are looked up first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The group.
    pub group: FigureRef,
    /// Whether names that nothing has, and figures that are not given, make the value absent and not an error.
    pub lenient: bool,
}

/// A group of figures inside an expression. 上年 may be read from last year's folder and from this year's block.
#[derive(Debug, Clone)]
struct Group(Vec<FigureRef>);

/// A name that has no value: nothing has it, it is not given, or its own formula failed. 若有( ) takes the first two for 0;
/// whoever computes with it fails for the reason, or in a lenient scope has no value either.
#[derive(Debug, Clone)]
struct Absent {
    reason: TroubleKind,
    lenient: bool,
    /// The year and the path in which other years may have it.
    named: Option<(i32, String)>,
}

impl Absent {
    /// What comes of computing with it. A figure that failed is never passed over: what depends on it must know.
    fn give_up<T>(&self) -> Outcome<T> {
        if self.lenient && !self.failed() { skip() } else { fail(self.reason.clone()) }
    }

    /// What stands below it is absent too, and for the same reason.
    fn below(&self, name: &str) -> Self {
        let named = self.named.as_ref().map(|(year, path)| (*year, format!("{path}.{name}")));
        Self { named, ..self.clone() }
    }

    fn failed(&self) -> bool {
        matches!(self.reason, TroubleKind::Failed(_))
    }

    /// Of two reasons the one that its author can mend here is told: a misspelt name before a figure to fill in before
    /// one that is reported elsewhere.
    fn rank(&self) -> u8 {
        match self.reason {
            TroubleKind::Failed(_) => 2,
            TroubleKind::NotGiven(_) => 1,
            _ => 0,
        }
    }
}

/// What the engine's callbacks share with the caller.
#[derive(Debug)]
struct Frame {
    scope: Option<Scope>,
    reads: Vec<FigureRef>,
    partial: bool,
    words: BTreeMap<String, Value>,
    basis: Vec<String>,
    /// What is wrong with formulas, in the order in which they were computed.
    log: Vec<Diagnostic>,
    /// The other years that were read.
    years: BTreeSet<i32>,
    /// What is known of the scores of the years.
    scores: Scores,
    /// The first year that printed expressions may look back to with 历年; none for all that are at hand.
    begin: Option<i32>,
    /// Whether the expression is asked for by a text, an identity or a score, and is not the formula of a figure.
    asked: bool,
}

#[derive(Debug, Clone)]
struct Shared {
    book: Arc<Book>,
    printer: Printer,
    frame: Arc<Mutex<Frame>>,
}

/// Evaluates expressions over a book.
pub struct Calculator {
    engine: Engine,
    shared: Shared,
    /// Parsed expressions by their text: members of a list share their formulas.
    parsed: Mutex<BTreeMap<String, Expression>>,
}

impl Calculator {
    /// A calculator over a book.
    pub fn new(book: Arc<Book>) -> Self {
        let printer = Printer { money: book.money };
        let frame = Frame {
            scope: None,
            reads: Vec::new(),
            partial: false,
            words: BTreeMap::new(),
            basis: Vec::new(),
            log: Vec::new(),
            years: BTreeSet::new(),
            scores: Scores::default(),
            begin: None,
            asked: false,
        };
        let shared = Shared { book, printer, frame: Arc::new(Mutex::new(frame)) };
        Self { engine: engine(&shared), shared, parsed: Mutex::default() }
    }

    /// The book.
    pub fn book(&self) -> &Arc<Book> {
        &self.shared.book
    }

    /// How amounts are printed.
    pub fn printer(&self) -> Printer {
        self.shared.printer
    }

    /// Defines a word that expressions may use besides the names of figures, such as 年度.
    pub fn define(&self, word: &str, value: Value) {
        self.shared.frame().words.insert(word.to_owned(), value);
    }

    /// Sets the citations that 依据(n) prints.
    pub fn set_basis(&self, citations: Vec<String>) {
        self.shared.frame().basis = citations;
    }

    /// Notes what is wrong with a formula. It is computed once, whoever reads it first.
    pub(super) fn log(&self, finding: Diagnostic) {
        self.shared.frame().log.push(finding);
    }

    /// What is wrong with the formulas that were computed, once.
    pub fn take_log(&self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.shared.frame().log)
    }

    /// The other years that expressions have read.
    pub fn years_read(&self) -> BTreeSet<i32> {
        self.shared.frame().years.clone()
    }

    /// The figures that the expression evaluated last has read, also where it then failed.
    pub fn last_reads(&self) -> Vec<FigureRef> {
        self.shared.frame().reads.clone()
    }

    /// Whether it added up a list that is not complete, also where it then failed.
    pub fn last_was_partial(&self) -> bool {
        self.shared.frame().partial
    }

    /// The sum of a group's members and the figures that were added up, without its 合计 and what is part of another member.
    ///
    /// # Errors
    /// A member without a value, or units that have nothing in common.
    pub fn sum_of_members(&self, group: FigureRef) -> Result<(Amount, Vec<FigureRef>), TroubleKind> {
        self.shared.sum_of_members(group)
    }

    /// The scope of the reported year's root.
    pub fn root(&self, lenient: bool) -> Scope {
        Scope { group: FigureRef { year: self.shared.book.year, node: 0 }, lenient }
    }

    /// Parses an expression.
    ///
    /// # Errors
    /// The place where the text stops making sense.
    pub fn parse(&self, text: &str) -> Result<Expression, Trouble> {
        if let Some(expression) = self.known().get(text) {
            return Ok(expression.clone());
        }
        let expression = self.compile(text)?;
        self.keep([(text, expression.clone())]);
        Ok(expression)
    }

    /// Parses many expressions ahead, on all processors. What is wrong with one is said when it is used.
    pub fn prepare(&self, texts: &BTreeSet<&str>) {
        let unknown: Vec<&str> = {
            let known = self.known();
            texts.iter().copied().filter(|&text| !known.contains_key(text)).collect()
        };
        let parsed: Vec<_> =
            unknown.into_par_iter().filter_map(|text| Some((text, self.compile(text).ok()?))).collect();
        self.keep(parsed);
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Expression>> {
        self.parsed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps parsed expressions; the old ones go when there are too many.
    fn keep<'t>(&self, parsed: impl IntoIterator<Item = (&'t str, Expression)>) {
        let mut known = self.known();
        if known.len() > EXPRESSIONS_KEPT {
            known.clear();
        }
        known.extend(parsed.into_iter().map(|(text, expression)| (text.to_owned(), expression)));
    }

    fn compile(&self, text: &str) -> Result<Expression, Trouble> {
        let text = half_width(text);
        if text.trim().is_empty() {
            return Err(Trouble { kind: TroubleKind::Syntax("表达式是空的".to_owned()), at: None });
        }
        // The engine would pass over comments: a figure behind // would be left out in silence.
        if let Some(at) = text.find("//").or_else(|| text.find("/*")) {
            let kind = TroubleKind::Syntax("公式里不能用 // 或 /*；除号只写一个 /".to_owned());
            return Err(Trouble { kind, at: Some(text[..at].chars().count()) });
        }
        match self.engine.compile_expression(&text) {
            Ok(ast) => Ok(Expression(Arc::new(ast))),
            Err(error) => {
                let kind = TroubleKind::Syntax(syntax(error.err_type()));
                Err(Trouble { kind, at: offset(error.position()) })
            }
        }
    }

    /// Evaluates a parsed formula of a figure.
    ///
    /// # Errors
    /// [`TroubleKind::Pending`] while a figure is to be computed first; else what is wrong.
    pub fn run(&self, expression: &Expression, scope: Scope) -> Result<Evaluated, Trouble> {
        self.run_as(expression, scope, false)
    }

    /// Evaluates a parsed expression that is no figure's formula: it may use the scores of other years, and 历年 begins
    /// where [`Self::begin_at`] says.
    pub(super) fn ask(&self, expression: &Expression, scope: Scope) -> Result<Evaluated, Trouble> {
        self.run_as(expression, scope, true)
    }

    fn run_as(&self, expression: &Expression, scope: Scope, asked: bool) -> Result<Evaluated, Trouble> {
        {
            let mut frame = self.shared.frame();
            frame.scope = Some(scope);
            frame.reads.clear();
            frame.partial = false;
            frame.asked = asked;
            frame.scores.unknown.clear();
            if scope.group.year != self.shared.book.year {
                frame.years.insert(scope.group.year);
            }
        }
        let result = self.engine.eval_ast_with_scope::<Dynamic>(&mut rhai::Scope::new(), &expression.0);
        let (reads, partial) = {
            let frame = self.shared.frame();
            (frame.reads.clone(), frame.partial)
        };
        match result.and_then(|value| self.shared.value(&value)) {
            Ok(value) => Ok(Evaluated { value, reads, partial }),
            Err(error) => {
                trouble(&error).map_or(Ok(Evaluated { value: Value::Absent, reads: Vec::new(), partial }), Err)
            }
        }
    }
}

impl std::fmt::Debug for Calculator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Calculator").field("year", &self.shared.book.year).finish_non_exhaustive()
    }
}

/// A parsed expression, without the place in which its names are looked up.
#[derive(Debug, Clone)]
pub struct Expression(Arc<AST>);

/// The engine: an expression and nothing else, with limits on its size and work.
fn engine(shared: &Shared) -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_fast_operators(false);
    engine.set_fail_on_invalid_map_property(true);
    engine.set_max_operations(1_000_000);
    engine.set_max_expr_depths(256, 0);
    engine.set_max_string_size(16 << 10);
    engine.set_max_array_size(4 << 10);
    engine.disable_symbol("eval");
    operators::register(&mut engine);
    functions::register(&mut engine, shared);
    let names = shared.clone();
    #[expect(deprecated, reason = "rhai marks the resolver as volatile, not as leaving")]
    engine.on_var(move |name, _, _| names.variable(name).map(Some));
    let members = shared.clone();
    engine.register_indexer_get(move |group: &mut Group, name: ImmutableString| members.member(group, &name));
    engine.register_indexer_get(|absent: &mut Absent, name: ImmutableString| absent.below(&name));
    let figures = shared.clone();
    engine.register_indexer_get(move |amount: &mut Amount, name: ImmutableString| figures.below(amount, &name));
    engine
}

impl Shared {
    fn frame(&self) -> MutexGuard<'_, Frame> {
        self.frame.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The result of an expression.
    fn value(&self, value: &Dynamic) -> Outcome<Value> {
        if let Some(text) = value.read_lock::<ImmutableString>() {
            return Ok(Value::Text(text.to_string()));
        }
        if let Ok(flag) = value.as_bool() {
            return Ok(Value::Truth(flag));
        }
        if let Some(items) = value.read_lock::<Array>() {
            return items.iter().map(|item| self.to_amount(item)).collect::<Outcome<_>>().map(Value::Amounts);
        }
        if let Some(total) = value.read_lock::<Total>() {
            return Ok(Value::Text(total.text()));
        }
        if let Some(absent) = value.read_lock::<Absent>() {
            return if absent.lenient && !absent.failed() { Ok(Value::Absent) } else { absent.give_up() };
        }
        self.to_amount(value).map(Value::Amount)
    }

    fn to_amount(&self, value: &Dynamic) -> Outcome<Amount> {
        if let Some(group) = value.read_lock::<Group>() {
            let first = group.0.first().copied();
            let total = group.0.iter().any(|&g| self.member_of(g, "合计").is_some());
            return fail(TroubleKind::Group(first.map(|g| self.book.name(g)).unwrap_or_default(), total));
        }
        operators::amount(value)
    }
}

fn dynamic(value: Value) -> Dynamic {
    match value {
        Value::Amount(amount) => Dynamic::from(amount),
        Value::Amounts(amounts) => Dynamic::from_array(amounts.into_iter().map(Dynamic::from).collect()),
        Value::Text(text) => text.into(),
        Value::Truth(flag) => flag.into(),
        Value::Absent => {
            Dynamic::from(Absent { reason: TroubleKind::NotGiven(String::new()), lenient: true, named: None })
        }
    }
}

/// A name that nothing has, as it is told; and the year and path in which other years may have it.
fn missing(name: &str, near: Option<String>, lenient: bool, named: Option<(i32, String)>) -> Dynamic {
    Dynamic::from(Absent { reason: TroubleKind::Missing(name.to_owned(), near), lenient, named })
}

fn fail<T>(kind: TroubleKind) -> Outcome<T> {
    Err(Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(kind), Position::NONE)))
}

/// The sign that an absent operand makes the whole value absent.
#[derive(Debug, Clone)]
struct Skip;

fn skip<T>() -> Outcome<T> {
    Err(Box::new(EvalAltResult::ErrorRuntime(Dynamic::from(Skip), Position::NONE)))
}

/// The ASCII form of what a Chinese input method types inside an expression, character for character.
fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '×' => '*',
            '÷' => '/',
            '“' | '”' => '"',
            '、' => ',',
            '\u{3000}' | '\u{A0}' => ' ',
            '−' => '-',
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        })
        .collect()
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Amount(Amount::exact(number.0.normalize(), Unit::Plain))
    }
}

#[cfg(test)]
mod tests;
