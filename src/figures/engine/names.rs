//! What the names of an expression stand for: from the group in which it stands outwards to the root.

use rhai::Dynamic;

use super::{Absent, Group, Outcome, Scope, Shared, dynamic, fail, missing};
use crate::figures::{Amount, Computed, FigureRef, NodeKind, TroubleKind, Unit};

impl Shared {
    /// What a bare name stands for.
    pub(super) fn variable(&self, name: &str) -> Outcome<Dynamic> {
        let (word, scope) = {
            let frame = self.frame();
            (frame.words.get(name).cloned(), frame.scope)
        };
        // Last year's formulas mean last year.
        if let (true, Some(scope)) = (matches!(name, "年度" | "上年度"), scope) {
            let year = scope.group.year - i32::from(name == "上年度");
            return Ok(Dynamic::from(Amount::exact(year.into(), Unit::Count("".into()))));
        }
        if let Some(score) = self.score_word(name, scope) {
            return Ok(score);
        }
        if let Some(value) = word {
            return Ok(dynamic(value));
        }
        let Some(Scope { group, lenient }) = scope else { return fail(TroubleKind::Missing(name.to_owned(), None)) };
        if name == "本项" || name == "本项名称" {
            return self.this_item(name, group);
        }
        if name == "上年" {
            return Ok(Dynamic::from(self.last_year(group.year)));
        }
        let Some(tree) = self.book.tree(group.year) else { return Ok(missing(name, None, lenient, None)) };
        let mut at = group.node;
        loop {
            if let Some(node) = tree.member(at, name) {
                return self.read(&[FigureRef { year: group.year, node }], lenient);
            }
            if at == 0 {
                let near = tree.nearest(group.node, name).or_else(|| tree.nearest(0, name));
                return Ok(missing(name, near, lenient, Some((group.year, name.to_owned()))));
            }
            at = tree.nodes[at].parent;
        }
    }

    /// 本项: the figure that a row of 逐项 stands for; 本项名称: its name as printed.
    fn this_item(&self, name: &str, item: FigureRef) -> Outcome<Dynamic> {
        let Some(node) = self.book.node(item).filter(|_| item.node != 0) else {
            return fail(TroubleKind::Syntax(format!("“{name}”只在表格的 逐项 行里用")));
        };
        if name == "本项名称" { Ok(node.printed_name().to_owned().into()) } else { self.read(&[item], false) }
    }

    /// Last year: its folder first, then the block 上年 of this year's file.
    fn last_year(&self, year: i32) -> Group {
        self.frame().years.insert(year - 1);
        let folder = self.book.tree(year - 1).map(|_| FigureRef { year: year - 1, node: 0 });
        let block = self.book.tree(year).and_then(|tree| tree.member(0, "上年"));
        Group(folder.into_iter().chain(block.map(|node| FigureRef { year, node })).collect())
    }

    pub(super) fn member(&self, group: &Group, name: &str) -> Outcome<Dynamic> {
        let lenient = self.frame().scope.is_some_and(|scope| scope.lenient);
        let found: Vec<FigureRef> = group.0.iter().filter_map(|&g| self.member_of(g, name)).collect();
        if !found.is_empty() {
            return self.read(&found, lenient);
        }
        let first = group.0.first().and_then(|&g| Some((g, self.book.tree(g.year)?)));
        let near = first.and_then(|(g, tree)| tree.nearest(g.node, name));
        if self.book.is_broken(group.0.first().map_or(self.book.year, |g| g.year) - i32::from(group.0.is_empty())) {
            let reason = TroubleKind::Failed(name.to_owned());
            return Ok(Dynamic::from(Absent { reason, lenient, named: None }));
        }
        let path = match first {
            Some((g, _)) if g.node != 0 => format!("{}.{name}", self.book.name(g)),
            Some((g, _)) if g.year != self.book.year => format!("{}年 {name}", g.year),
            Some(_) => name.to_owned(),
            None => format!("上年.{name}"),
        };
        let named = group.0.first().and_then(|&g| {
            let above = &self.book.node(g)?.path;
            Some((g.year, if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") }))
        });
        Ok(missing(&path, near, lenient, named))
    }

    /// A figure has nothing below it.
    pub(super) fn below(&self, amount: &Amount, name: &str) -> Absent {
        let path = amount.source.map(|figure| self.book.name(figure)).unwrap_or_default();
        let lenient = self.frame().scope.is_some_and(|scope| scope.lenient);
        let reason = TroubleKind::Syntax(format!("“{path}”是一个数，下面没有“{name}”"));
        Absent { reason, lenient, named: None }
    }

    pub(super) fn member_of(&self, group: FigureRef, name: &str) -> Option<FigureRef> {
        let node = self.book.tree(group.year)?.member(group.node, name)?;
        Some(FigureRef { year: group.year, node })
    }

    /// A group as it is, a figure as its amount; of several, the first that has a value.
    pub(super) fn read(&self, found: &[FigureRef], lenient: bool) -> Outcome<Dynamic> {
        let is_group = |f: &&FigureRef| self.book.node(**f).is_some_and(|n| matches!(n.kind, NodeKind::Group { .. }));
        if found.iter().any(|f| is_group(&f)) {
            return Ok(Dynamic::from(Group(found.iter().filter(is_group).copied().collect())));
        }
        let mut result = fail(TroubleKind::Failed(String::new()));
        for &figure in found {
            match self.amount(figure) {
                Ok(amount) => return Ok(Dynamic::from(amount)),
                Err(reason @ (TroubleKind::NotGiven(_) | TroubleKind::Failed(_))) => {
                    let named = self.book.node(figure).map(|node| (figure.year, node.path.clone()));
                    result = Ok(Dynamic::from(Absent { reason, lenient, named }));
                }
                Err(kind) => return fail(kind),
            }
        }
        result
    }

    /// The amount of a figure, noted as read.
    pub(super) fn amount(&self, figure: FigureRef) -> Result<Amount, TroubleKind> {
        self.frame().reads.push(figure);
        match self.book.value(figure) {
            Some(Computed::Known(amount)) => Ok(amount),
            Some(Computed::NotGiven) => Err(TroubleKind::NotGiven(self.book.name(figure))),
            Some(Computed::Failed) => Err(TroubleKind::Failed(self.book.name(figure))),
            None => Err(TroubleKind::Pending(vec![figure])),
        }
    }
}
