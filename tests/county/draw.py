"""Numbers drawn by a seed. Only `random.Random(int)` and `getrandbits` are used: the Mersenne Twister and its seeding by an
integer are the same in every version of Python 3, which `randrange`, `choice` and `sample` have not always been."""

from random import Random


class Draw:
    """A stream of its own for every unit, year and purpose: what one report holds depends on no other."""

    def __init__(self, seed, unit, year=0, purpose=0):
        self._bits = Random(((seed * 10_000_000 + unit) * 10_000 + year) * 10 + purpose).getrandbits

    def below(self, limit):
        """0 … limit − 1. Thirty-two bits are enough: the bias is below one in a million for the limits used here."""
        return self._bits(32) * limit >> 32

    def between(self, low, high):
        """low … high, both included."""
        return low + (self._bits(32) * (high - low + 1) >> 32)

    def chance(self, per_cent):
        """True so many times in a hundred."""
        return self.below(100) < per_cent

    def pick(self, items):
        return items[self.below(len(items))]

    def some(self, items, count):
        """So many different items, in the order of the list."""
        left = list(range(len(items)))
        chosen = [left.pop(self.below(len(left))) for _ in range(min(count, len(items)))]
        return [items[i] for i in sorted(chosen)]
