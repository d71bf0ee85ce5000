"""等级赋分 3+1+2 written for this benchmark alone: shares nearest by what is cumulated, half up."""

from fractions import Fraction

GRADES = [(15, 100, 86), (35, 85, 71), (35, 70, 56), (13, 55, 41), (2, 40, 30)]


def scores(counts):
    """Give the score of each mark, both in hundredths."""
    order = sorted(counts, reverse=True)
    above = [0]
    for mark in order:
        above.append(above[-1] + counts[mark])
    found, first, share = {}, 0, Fraction(0)
    for percent, high, low in GRADES:
        share += Fraction(percent, 100)
        wanted = share * above[-1]
        places = range(first, len(above))
        cut = min(places, key=lambda at: (abs(above[at] - wanted), -above[at]))
        mine = order[first : len(order) if percent == 2 else cut]
        for mark in mine:
            if mine[0] == mine[-1]:
                score = Fraction(high)
            else:
                score = low + Fraction((mark - mine[-1]) * (high - low), mine[0] - mine[-1])
            found[mark] = int(score + Fraction(1, 2)) * 100
        first = cut
    return found
