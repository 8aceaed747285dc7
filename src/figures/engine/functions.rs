//! The functions of the expression language.

use rhai::{Array, Dynamic, Engine, INT, ImmutableString};

use super::operators::amount;
use super::scores::{TOTAL, Total};
use super::{Absent, Group, Outcome, Shared, TroubleKind, fail};
use crate::dossier::{MoneyUnit, Rounding};
use crate::figures::{Amount, Computed, Display, FigureRef, MOST_PLACES, NodeKind, change};

/// The names of the functions, for messages and documentation.
pub const FUNCTIONS: &[&str] = &[
    "合计",
    "平均",
    "占比",
    "增减",
    "增减幅",
    "同比",
    "历年",
    "若有",
    "绝对值",
    "保留",
    "元",
    "万元",
    "亿元",
    "依据",
    "汇总",
];

pub(super) fn register(engine: &mut Engine, shared: &Shared) {
    register_sums(engine, shared);
    register_changes(engine, shared);
    register_display(engine);
    engine.register_fn("占比", |part: Dynamic, whole: Dynamic| -> Outcome<Amount> {
        amount(&part)?.share(&amount(&whole)?).or_else(fail)
    });
    engine.register_fn("绝对值", |value: Dynamic| -> Outcome<Amount> { Ok(amount(&value)?.abs()) });
    engine.register_fn("若有", |value: Dynamic| -> Outcome<Dynamic> {
        let absent = value.read_lock::<Absent>().map(|absent| absent.clone());
        match absent {
            Some(absent) if absent.failed() => absent.give_up(),
            Some(_) => Ok(Dynamic::from_int(0)),
            None => Ok(value),
        }
    });
    let years = shared.clone();
    engine.register_fn("历年", move |value: Dynamic| years.series(&value));
    let members = shared.clone();
    engine.register_fn("汇总", move |group: Dynamic, path: ImmutableString| members.sum_of_each(&group, &path));
    let basis = shared.clone();
    engine.register_fn("依据", move |number: INT| basis.citation(number));
}

/// 合计 and 平均, of up to twelve values, lists or groups.
fn register_sums(engine: &mut Engine, shared: &Shared) {
    macro_rules! register_for {
        ($(($($arg:ident),+))+) => {$(
            let this = shared.clone();
            engine.register_fn("合计", move |$($arg: Dynamic),+| this.sum(&[$($arg),+]));
            let this = shared.clone();
            engine.register_fn("平均", move |$($arg: Dynamic),+| this.mean(&[$($arg),+]));
        )+};
    }
    register_for! {
        (a) (a, b) (a, b, c) (a, b, c, d) (a, b, c, d, e) (a, b, c, d, e, f) (a, b, c, d, e, f, g)
        (a, b, c, d, e, f, g, h) (a, b, c, d, e, f, g, h, i) (a, b, c, d, e, f, g, h, i, j)
        (a, b, c, d, e, f, g, h, i, j, k) (a, b, c, d, e, f, g, h, i, j, k, l)
    }
}

fn register_changes(engine: &mut Engine, shared: &Shared) {
    type Change = fn(&Amount, &Amount, crate::figures::Printer) -> Result<String, TroubleKind>;
    let changes: [(&str, Change); 3] =
        [("增减", change::in_amount), ("增减幅", change::in_percent), ("同比", change::year_on_year)];
    for (name, describe) in changes {
        let printer = shared.printer;
        engine.register_fn(name, move |now: Dynamic, before: Dynamic| -> Outcome<String> {
            describe(&amount(&now)?, &amount(&before)?, printer).or_else(fail)
        });
    }
}

/// 保留, 元, 万元, 亿元: how an amount is printed at one place.
fn register_display(engine: &mut Engine) {
    engine.register_fn("保留", |value: Dynamic, places: INT| keep(&value, places, None));
    engine.register_fn("保留", |value: Dynamic, places: INT, rounding: ImmutableString| {
        let Some(mode) = Rounding::parse(&rounding) else {
            return fail(TroubleKind::Syntax("舍入方式可选：四舍五入、截断、四舍六入五成双".to_owned()));
        };
        keep(&value, places, Some(mode))
    });
    for unit in [MoneyUnit::Yuan, MoneyUnit::TenThousand, MoneyUnit::HundredMillion] {
        engine.register_fn(unit.name(), move |value: Dynamic| -> Outcome<Amount> {
            amount(&value)?.in_money(unit).or_else(fail)
        });
    }
}

fn keep(value: &Dynamic, places: INT, rounding: Option<Rounding>) -> Outcome<Amount> {
    let Some(places) = u32::try_from(places).ok().filter(|places| *places <= MOST_PLACES) else {
        return fail(TroubleKind::Syntax(format!("保留的小数位写 0 到 {MOST_PLACES}")));
    };
    let mut amount = amount(value)?;
    amount.display.places = Some(places);
    amount.display.rounding = rounding.or(amount.display.rounding);
    Ok(amount)
}

/// The sum of amounts. The written digits of a lone figure do not describe a sum.
fn total(parts: &[Amount]) -> Outcome<Amount> {
    let Some((first, rest)) = parts.split_first() else { return Ok(Amount::plain(0.into())) };
    let start = Amount { source: None, display: Display::default(), ..first.clone() };
    rest.iter().try_fold(start, |sum, part| sum.add(part)).or_else(fail)
}

impl Shared {
    /// The amounts that a value, list or group stands for. A group counts each member; a member group counts by its 合计
    /// or, lacking one, by its members.
    fn parts(&self, value: &Dynamic, into: &mut Vec<Amount>) -> Outcome<()> {
        if let Some(items) = value.read_lock::<Array>() {
            return items.iter().try_for_each(|item| self.parts(item, into));
        }
        let Some(group) = value.read_lock::<Group>() else {
            into.push(amount(value)?);
            return Ok(());
        };
        let Some(&first) = group.0.first() else { return Ok(()) };
        let mut figures = Vec::new();
        self.leaves(first, &mut figures);
        // A group that has only its 合计 counts by that.
        if figures.is_empty() {
            figures.extend(self.member_of(first, "合计"));
        }
        if self.book.tree(first.year).is_some_and(|tree| tree.lists_only_some(first.node)) {
            self.frame().partial = true;
        }
        let pending = self.pending(&figures);
        if !pending.is_empty() {
            return fail(TroubleKind::Pending(pending));
        }
        for figure in figures {
            into.push(self.amount(figure).or_else(fail)?);
        }
        Ok(())
    }

    fn leaves(&self, group: FigureRef, into: &mut Vec<FigureRef>) {
        let Some(tree) = self.book.tree(group.year) else { return };
        for &node in tree.members(group.node) {
            let child = FigureRef { year: group.year, node };
            match (&tree.nodes[node].kind, self.member_of(child, "合计")) {
                (NodeKind::Figure(_), _) if tree.nodes[node].name() == "合计" => {}
                _ if tree.is_part(node) => {}
                (NodeKind::Figure(_), _) => into.push(child),
                (NodeKind::Group { .. }, Some(total)) => into.push(total),
                (NodeKind::Group { .. }, None) => self.leaves(child, into),
            }
        }
    }

    /// 汇总: the figure of this path in each member group, added up. A member that lacks it adds nothing; where all lack it,
    /// it is missing.
    fn sum_of_each(&self, group: &Dynamic, path: &str) -> Outcome<Dynamic> {
        let first = group.read_lock::<Group>().and_then(|group| group.0.first().copied());
        let Some(first) = first else {
            if let Some(absent) = group.read_lock::<Absent>() {
                return Ok(Dynamic::from(absent.clone()));
            }
            return fail(TroubleKind::Syntax("汇总(组, \"名称\") 的第一项要写一组数据项".to_owned()));
        };
        let Some(tree) = self.book.tree(first.year) else { return fail(TroubleKind::Missing(path.to_owned(), None)) };
        let found: Vec<FigureRef> = tree
            .members(first.node)
            .iter()
            .filter_map(|&member| path.split('.').try_fold(member, |node, name| tree.member(node, name)))
            .map(|node| FigureRef { year: first.year, node })
            .map(|found| self.member_of(found, "合计").unwrap_or(found))
            .collect();
        if let Some(group) = found.iter().find(|found| !tree.members(found.node).is_empty()) {
            return fail(TroubleKind::Group(self.book.name(*group), false));
        }
        if found.is_empty() {
            let lenient = self.frame().scope.is_some_and(|scope| scope.lenient);
            let reason = TroubleKind::Missing(format!("{}.….{path}", self.book.name(first)), None);
            return Ok(Dynamic::from(Absent { reason, lenient, named: None }));
        }
        let pending = self.pending(&found);
        if !pending.is_empty() {
            return fail(TroubleKind::Pending(pending));
        }
        let parts = found.into_iter().map(|figure| self.amount(figure).or_else(fail)).collect::<Outcome<Vec<_>>>()?;
        total(&parts).map(Dynamic::from)
    }

    /// The sum of a group's members and the figures added up; the 合计 and what is part of another member are left out.
    pub(super) fn sum_of_members(&self, group: FigureRef) -> Result<(Amount, Vec<FigureRef>), TroubleKind> {
        let mut figures = Vec::new();
        self.leaves(group, &mut figures);
        let mut sum: Option<Amount> = None;
        for &figure in &figures {
            let amount = self.amount(figure)?;
            sum = Some(match sum {
                Some(sum) => sum.add(&amount)?,
                None => Amount { source: None, ..amount },
            });
        }
        Ok((sum.unwrap_or_else(|| Amount::plain(0.into())), figures))
    }

    fn all_parts(&self, values: &[Dynamic]) -> Outcome<Vec<Amount>> {
        let mut parts = Vec::new();
        values.iter().try_for_each(|value| self.parts(value, &mut parts))?;
        Ok(parts)
    }

    fn sum(&self, values: &[Dynamic]) -> Outcome<Amount> {
        total(&self.all_parts(values)?)
    }

    fn mean(&self, values: &[Dynamic]) -> Outcome<Amount> {
        let parts = self.all_parts(values)?;
        let count = Amount::plain(INT::try_from(parts.len()).unwrap_or(INT::MAX).into());
        total(&parts)?.div(&count).or_else(fail)
    }

    /// 历年: the figure in every year at hand up to its own, oldest first.
    fn series(&self, value: &Dynamic) -> Outcome<Array> {
        if let Some(total) = value.read_lock::<Total>() {
            return Ok(self.totals(total.year));
        }
        if let Some(absent) = value.read_lock::<Absent>() {
            return self.series_without_own(&absent);
        }
        let figure = value.read_lock::<Amount>().and_then(|amount| amount.source);
        let Some((figure, path)) = figure.and_then(|f| Some((f, self.book.node(f)?.path.clone()))) else {
            return fail(TroubleKind::Syntax("历年( ) 里要写一个数据项的名称".to_owned()));
        };
        self.series_of(&path, figure.year)
    }

    /// 历年 of what its own year lacks: nothing, except that a report of several years shows what the others have.
    fn series_without_own(&self, absent: &Absent) -> Outcome<Array> {
        let Some((year, path)) = absent.named.as_ref().filter(|_| self.begin().is_some()) else {
            return absent.give_up();
        };
        let others = match path.as_str() {
            TOTAL => self.totals(*year),
            _ if absent.failed() => return absent.give_up(),
            _ => self.series_of(path, *year)?,
        };
        if others.is_empty() { absent.give_up() } else { Ok(others) }
    }

    fn series_of(&self, path: &str, last: i32) -> Outcome<Array> {
        let mut found: Vec<FigureRef> = Vec::new();
        let at_hand = self.book.years().next().unwrap_or(last) - 1;
        let first = self.begin().unwrap_or(at_hand);
        for year in first..=last {
            if year != self.book.year {
                self.frame().years.insert(year);
            }
            if self.book.is_broken(year) {
                return fail(TroubleKind::Failed(path.to_owned()));
            }
            found.extend(self.in_year(path, year));
        }
        let pending = self.pending(&found);
        if !pending.is_empty() {
            return fail(TroubleKind::Pending(pending));
        }
        let given = found.into_iter().filter(|&f| self.book.value(f) != Some(Computed::NotGiven));
        given.map(|f| self.amount(f).map(Dynamic::from).or_else(fail)).collect()
    }

    /// A figure in a year's folder, or else in the block 上年 of the year after.
    fn in_year(&self, path: &str, year: i32) -> Option<FigureRef> {
        let folder = self.book.tree(year).and_then(|tree| tree.find(path)).map(|node| FigureRef { year, node });
        folder.or_else(|| {
            let node = self.book.tree(year + 1)?.find(&format!("上年.{path}"))?;
            Some(FigureRef { year: year + 1, node })
        })
    }

    /// Those of the figures that are still to be computed.
    fn pending(&self, figures: &[FigureRef]) -> Vec<FigureRef> {
        figures.iter().copied().filter(|&figure| self.book.value(figure).is_none()).collect()
    }

    /// 依据(n): the n-th basis document of report.yaml.
    fn citation(&self, number: INT) -> Outcome<String> {
        let frame = self.frame();
        let index = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
        match index.and_then(|index| frame.basis.get(index)) {
            Some(text) => Ok(text.clone()),
            None => fail(TroubleKind::Syntax(format!("report.yaml 的 依据 里没有第 {number} 份文件"))),
        }
    }
}
