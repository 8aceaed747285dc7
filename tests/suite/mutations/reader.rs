//! Reads off an examined year what its figures are held by.

use std::collections::{BTreeMap, BTreeSet};

use jibao::Examination;
use jibao::figures::{
    Calculator, Definition, Evaluated, FigureRef, ListingKind, NodeKind, Scope, Value, formula_amount,
};
use jibao::profile::{Class, Identity, Relation, Rule};

use super::holds::{Figure, Firmness, Hold};
use super::signs;

/// Adds what one year holds against each other.
pub(super) fn read(report: &Examination, holds: &mut Vec<Hold>) {
    let mut reader = Reader { report, holds };
    reader.stated();
    reader.identities();
    reader.lists();
    reader.parts();
    reader.last_year();
    reader.watched();
    reader.scores();
}

struct Reader<'a> {
    report: &'a Examination,
    holds: &'a mut Vec<Hold>,
}

impl Reader<'_> {
    fn calculator(&self) -> &Calculator {
        &self.report.calculator
    }

    fn year(&self) -> i32 {
        self.calculator().book().year
    }

    fn name(&self, figure: FigureRef) -> Option<Figure> {
        Some((figure.year, self.calculator().book().node(figure)?.path.clone()))
    }

    /// Evaluates an expression; `None` where it has no value, so that nothing is judged.
    fn read(&self, text: &str, scope: Scope) -> Option<Vec<FigureRef>> {
        match formula_amount(self.calculator(), text, scope) {
            Ok(Evaluated { value: Value::Amount(_), reads, .. }) => Some(reads),
            _ => None,
        }
    }

    /// The formula of a figure that is nothing but computed, and what it reads.
    fn formula(&self, figure: FigureRef) -> Option<(String, Vec<FigureRef>)> {
        let node = self.calculator().book().node(figure)?;
        let NodeKind::Figure(Definition::Formula(formula)) = &node.kind else { return None };
        let scope = Scope { group: FigureRef { year: figure.year, node: node.parent }, lenient: node.derived };
        Some((formula.text.clone(), self.read(&formula.text, scope)?))
    }

    /// The written figures on which a figure depends.
    fn leaves(&self, figure: FigureRef) -> BTreeSet<FigureRef> {
        match self.formula(figure) {
            Some((_, reads)) => reads.into_iter().flat_map(|read| self.leaves(read)).collect(),
            None => BTreeSet::from([figure]),
        }
    }

    /// An equation one of whose figures is computed from all the others holds by itself and nothing against anything.
    fn holds_by_itself(&self, reads: &BTreeSet<FigureRef>) -> bool {
        reads.iter().any(|&figure| {
            let others = reads.iter().filter(|&&other| other != figure);
            let needed: BTreeSet<FigureRef> = others.flat_map(|&other| self.leaves(other)).collect();
            self.formula(figure).is_some() && needed.is_subset(&self.leaves(figure))
        })
    }

    /// Adds a rule over expressions; `stated` is a written figure that takes part besides.
    fn hold(
        &mut self,
        name: String,
        firmness: Firmness,
        expressions: &[(String, Vec<FigureRef>)],
        stated: Option<FigureRef>,
    ) {
        let reads: BTreeSet<FigureRef> = expressions.iter().flat_map(|(_, reads)| reads.iter().copied()).collect();
        if firmness == Firmness::Equation && stated.is_none() && self.holds_by_itself(&reads) {
            return;
        }
        let mut members: BTreeMap<FigureRef, Option<(String, Vec<FigureRef>)>> = BTreeMap::new();
        let mut open: Vec<FigureRef> = reads.into_iter().chain(stated).collect();
        while let Some(figure) = open.pop() {
            if members.contains_key(&figure) {
                continue;
            }
            let formula = self.formula(figure);
            open.extend(formula.iter().flat_map(|(_, reads)| reads));
            members.insert(figure, formula);
        }
        let mut equation = Vec::new();
        for (i, (text, reads)) in expressions.iter().enumerate() {
            let stated_first = stated.is_some() || i > 0;
            equation.push((text.as_str(), self.named(reads), stated_first));
        }
        let equation = signs::sum(&equation, stated.and_then(|figure| self.name(figure)));
        let mut formulas = BTreeMap::new();
        for (&figure, formula) in &members {
            let (Some(name), Some((text, reads))) = (self.name(figure), formula) else { continue };
            formulas.insert(name, signs::sum(&[(text, self.named(reads), false)], None));
        }
        let cancelled = if firmness == Firmness::Equation { equation.cancelled(&formulas) } else { BTreeSet::new() };
        let texts = expressions.iter().chain(members.values().flatten());
        let ratio = texts.map(|(text, _)| text).any(|text| text.contains('/') || text.contains("占比"));
        let all = members.keys().filter_map(|&figure| self.name(figure));
        let members = all.filter(|figure| !cancelled.contains(figure)).collect();
        let sums = std::iter::once(equation).chain(formulas.into_values()).collect();
        self.holds.push(Hold { name, firmness, members, sums, ratio });
    }

    fn named(&self, reads: &[FigureRef]) -> Vec<Figure> {
        reads.iter().filter_map(|&read| self.name(read)).collect()
    }

    fn stated(&mut self) {
        let book = self.calculator().book().clone();
        for (node, figure, definition) in book.own().expect("the year").figures() {
            let Definition::Stated(_, _, formula) = definition else { continue };
            let scope = Scope { group: FigureRef { year: book.year, node: figure.parent }, lenient: false };
            let Some(reads) = self.read(&formula.text, scope) else { continue };
            let me = FigureRef { year: book.year, node };
            self.hold(figure.path.clone(), Firmness::Equation, &[(formula.text.clone(), reads)], Some(me));
        }
    }

    fn identities(&mut self) {
        let report = self.report;
        let dossier = &report.dossier;
        let own = dossier.unit.identities.iter().chain(&dossier.year.report.identities);
        for identity in report.profile.identities.iter().chain(own).map(|identity| &identity.value) {
            let Some(each) = &identity.each else {
                self.identity(identity, self.calculator().root(true), None);
                continue;
            };
            let book = self.calculator().book().clone();
            let tree = book.own().expect("the year");
            for &node in tree.find(&each.value).map(|group| tree.members(group)).unwrap_or_default() {
                let scope = Scope { group: FigureRef { year: book.year, node }, lenient: true };
                self.identity(identity, scope, Some(&format!("{}.", tree.nodes[node].path)));
            }
        }
    }

    fn identity(&mut self, identity: &Identity, scope: Scope, inside: Option<&str>) {
        let (left, right) = (&identity.left.value, &identity.right.value);
        let Some(left_reads) = self.read(left, scope) else { return };
        let some = self.calculator().last_was_partial();
        let Some(right_reads) = self.read(right, scope) else { return };
        // A list that is not complete is not held equal to its whole.
        if (some || self.calculator().last_was_partial()) && identity.relation == Relation::Equal {
            return;
        }
        let book = self.calculator().book().clone();
        let mut nodes = left_reads.iter().chain(&right_reads).filter_map(|&figure| book.node(figure));
        if identity.same_basis && nodes.clone().any(|node| nodes.clone().any(|other| other.basis != node.basis)) {
            return;
        }
        if inside.is_some_and(|prefix| nodes.any(|node| !node.path.starts_with(prefix))) {
            return;
        }
        let equation = identity.relation == Relation::Equal && identity.class != Class::Plausibility;
        let firmness = if equation { Firmness::Equation } else { Firmness::Bound };
        let expressions = vec![(left.clone(), left_reads), (right.clone(), right_reads)];
        let name = &identity.name.value;
        let name = inside.map_or_else(|| name.clone(), |prefix| format!("{name}：{}", prefix.trim_end_matches('.')));
        self.hold(name, firmness, &expressions, None);
    }

    fn lists(&mut self) {
        let book = self.calculator().book().clone();
        let tree = book.own().expect("the year");
        for (node, listing) in &tree.listings {
            let me = FigureRef { year: book.year, node: *node };
            let Ok((_, parts)) = self.calculator().sum_of_members(me) else { continue };
            let Some(total) = self.read(&listing.total.text, Scope { group: me, lenient: false }) else { continue };
            let firmness = if listing.kind == ListingKind::All { Firmness::Equation } else { Firmness::Bound };
            let name = tree.nodes[*node].path.clone();
            self.hold(name, firmness, &[(listing.total.text.clone(), total), ("合计".into(), parts)], None);
        }
    }

    /// What belongs to another member does not exceed it.
    fn parts(&mut self) {
        let book = self.calculator().book().clone();
        let tree = book.own().expect("the year");
        for (node, figure, _) in tree.figures() {
            let whole = figure.part_of.as_deref().and_then(|whole| tree.member(figure.parent, whole));
            let Some(whole) = whole else { continue };
            let reads = [node, whole].map(|node| FigureRef { year: book.year, node }).to_vec();
            self.hold(tree.nodes[whole].path.clone(), Firmness::Bound, &[(String::new(), reads)], None);
        }
    }

    fn last_year(&mut self) {
        let book = self.calculator().book().clone();
        let Some(before) = book.tree(book.year - 1) else { return };
        for (node, figure, _) in book.own().expect("the year").figures() {
            let Some(there) = figure.path.strip_prefix("上年.").and_then(|path| before.find(path)) else { continue };
            let there = FigureRef { year: book.year - 1, node: there };
            let expressions =
                vec![(String::new(), vec![FigureRef { year: book.year, node }]), (String::new(), vec![there])];
            self.hold(figure.path.clone(), Firmness::Equation, &expressions, None);
        }
    }

    /// Figures that may not change by more than half without a reason.
    fn watched(&mut self) {
        let report = self.report;
        let book = self.calculator().book().clone();
        let own = book.own().expect("the year");
        for path in report.profile.watched.iter().flat_map(|watch| &watch.figures).map(|path| &path.value) {
            let block = own.find(&format!("上年.{path}")).map(|node| FigureRef { year: book.year, node });
            let folder = || Some(FigureRef { year: book.year - 1, node: book.tree(book.year - 1)?.find(path)? });
            let (Some(node), Some(before)) = (own.find(path), block.or_else(folder)) else { continue };
            let reads = vec![FigureRef { year: book.year, node }, before];
            self.hold(path.clone(), Firmness::Bound, &[(String::new(), reads)], None);
        }
    }

    /// Rows whose score is computed, where it or the total is stated.
    fn scores(&mut self) {
        let report = self.report;
        let Some(scores) = &report.dossier.year.scores else { return };
        let scores = &scores.value;
        let Some(system) = report.profile.system(&scores.system.value) else { return };
        let total = scores.total.is_some();
        let mut expressions = Vec::new();
        for indicator in system.indicators.iter().map(|indicator| &indicator.value) {
            let text = match &indicator.rule {
                Rule::Ratio(text) => text,
                Rule::Bands(bands) => &bands.value,
                Rule::Deduct(deduction) => &deduction.value,
                _ => continue,
            };
            let given = scores.given.get(&indicator.id.value).map(|given| &given.value);
            let stated = given.is_some_and(|g| g.score.is_some() || g.deducted.is_some() || g.coefficient.is_some());
            if total || stated {
                expressions.push((indicator.id.value.clone(), text.value.clone(), self.calculator().root(true)));
            }
        }
        for own in &scores.own {
            let own = &own.value;
            for text in [&own.target, &own.adjusted_target, &own.actual].into_iter().flatten() {
                if let Some(text) = text.value.trim().strip_prefix('=').filter(|_| total || own.score.is_some()) {
                    expressions.push((own.name.clone(), text.to_owned(), self.calculator().root(false)));
                }
            }
        }
        let year = self.year();
        for (row, text, scope) in expressions {
            let Some(reads) = self.read(&text, scope) else { continue };
            self.hold(format!("{year}年评分 {row}"), Firmness::Score, &[(text, reads)], None);
        }
    }
}
