//! Two sequences side by side: what they have in common stands opposite, the rest is paired up in order.

/// The most comparisons; longer sequences are compared from both ends alone.
const MOST: usize = 4_000_000;

/// One place of the alignment, by the numbers in the left and in the right sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pair {
    /// The same on both sides.
    Same(usize, usize),
    /// Something else on either side.
    Changed(usize, usize),
    /// On the left alone.
    Left(usize),
    /// On the right alone.
    Right(usize),
}

/// Aligns two sequences by their longest common subsequence.
pub(super) fn align<T: PartialEq>(left: &[T], right: &[T]) -> Vec<Pair> {
    let head = left.iter().zip(right).take_while(|(a, b)| a == b).count();
    let (l, r) = (left.get(head..).unwrap_or_default(), right.get(head..).unwrap_or_default());
    let tail = l.iter().rev().zip(r.iter().rev()).take_while(|(a, b)| a == b).count();
    let (l, r) = (l.get(..l.len() - tail).unwrap_or_default(), r.get(..r.len() - tail).unwrap_or_default());
    let mut pairs: Vec<Pair> = (0..head).map(|i| Pair::Same(i, i)).collect();
    let (mut i, mut j) = (head, head);
    for (a, b) in common(l, r).into_iter().map(|(a, b)| (a + head, b + head)) {
        gap(i..a, j..b, &mut pairs);
        pairs.push(Pair::Same(a, b));
        (i, j) = (a + 1, b + 1);
    }
    gap(i..head + l.len(), j..head + r.len(), &mut pairs);
    pairs.extend((0..tail).map(|k| Pair::Same(head + l.len() + k, head + r.len() + k)));
    pairs
}

/// What stands between two common places, paired up in order.
fn gap(left: std::ops::Range<usize>, right: std::ops::Range<usize>, pairs: &mut Vec<Pair>) {
    let paired = left.len().min(right.len());
    pairs.extend(left.clone().zip(right.clone()).map(|(a, b)| Pair::Changed(a, b)));
    pairs.extend(left.skip(paired).map(Pair::Left));
    pairs.extend(right.skip(paired).map(Pair::Right));
}

/// The numbers of a longest common subsequence.
fn common<T: PartialEq>(left: &[T], right: &[T]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    if left.len().saturating_mul(width) > MOST {
        return Vec::new();
    }
    // lengths[i * width + j]: of what left[i..] and right[j..] have in common.
    let mut lengths = vec![0_u32; (left.len() + 1) * width];
    let at = |lengths: &[u32], i: usize, j: usize| lengths.get(i * width + j).copied().unwrap_or(0);
    for (i, a) in left.iter().enumerate().rev() {
        for (j, b) in right.iter().enumerate().rev() {
            let length = if a == b {
                at(&lengths, i + 1, j + 1) + 1
            } else {
                at(&lengths, i + 1, j).max(at(&lengths, i, j + 1))
            };
            if let Some(slot) = lengths.get_mut(i * width + j) {
                *slot = length;
            }
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (left.get(i), right.get(j)) {
        if a == b {
            found.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if at(&lengths, i + 1, j) >= at(&lengths, i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_common_stands_opposite() {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        assert_eq!(align(&chars("abc"), &chars("abc")).len(), 3);
        assert_eq!(align(&chars("axc"), &chars("abc"))[1], Pair::Changed(1, 1));
        assert_eq!(align(&chars("ac"), &chars("abc"))[1], Pair::Right(1));
        assert_eq!(align(&chars("abxc"), &chars("abc"))[2], Pair::Left(2));
        assert_eq!(align(&chars(""), &chars("ab")), [Pair::Right(0), Pair::Right(1)]);
        let both = align(&chars("1a2b3"), &chars("a9b"));
        assert_eq!(both, [Pair::Left(0), Pair::Same(1, 0), Pair::Changed(2, 1), Pair::Same(3, 2), Pair::Left(4)]);
    }
}
