"""A second opinion: the same counts pupil by pupil, in plain Python, as one would by hand."""

from collections import Counter, defaultdict

TO_SIT = {0, 1, 3, 5}


def enters(pupil, subject):
    code = subject.subject
    return pupil[f"s.{code}"] if subject.scheme else pupil[f"m.{code}"]


def total(card, pupil):
    counted = [one for one in card.subjects if one.counts]
    if any(pupil[f"w.{one.subject}"] in {1, 2, 3, 5} for one in counted):
        return None
    marks = [enters(pupil, one) for one in counted if pupil[f"m.{one.subject}"] is not None]
    return sum(marks) if marks else None


def rank(pupil, others):
    """Counted, never sorted: one more than there are better ones."""
    mine = pupil["total"]
    return None if mine is None else 1 + sum((one["total"] or 0) > mine for one in others)


def over(height, pupil):
    if pupil["total"] is None or pupil["total"] < height.total:
        return False
    return not height.second or (pupil[f"m.{height.second}"] or -1) >= height.second_mark


def tally(card, pupils, levels, heights, first):
    found = Counter()
    ranks = {one["row"]: rank(one, pupils) for one in pupils}
    for one in pupils:
        found["pupils"] += 1
        why = [one[f"w.{subject.subject}"] for subject in card.subjects if subject.counts]
        found["entered"] += any(reason in TO_SIT for reason in why)
        found["sat"] += 0 in why
        found["out"] += any(reason in {1, 2, 3, 5} for reason in why)
        if one["total"] is not None:
            found["total:n"] += 1
            found["total:sum"] += one["total"]
            found["total:squares"] += one["total"] ** 2
            found[f"first:{first}"] += ranks[one["row"]] <= first
        _levels(found, card, one, levels)
        for height in heights:
            if height.track == one["track"] and one["total"] is not None:
                _line(found, card, one, height)
    return found


def _levels(found, card, one, levels):
    for level in levels:
        marks = []
        for subject in card.subjects:
            mark = one[f"m.{subject.subject}"]
            if mark is None:
                continue
            reaches = mark * 100 >= level.percent * int(subject.full) * 100
            found[f"{subject.subject}:{level.mark}"] += reaches != level.below
            marks += [reaches] if subject.counts else []
        if not level.below and one["total"] is not None:
            found[f"all:{level.mark}"] += all(marks)


def _line(found, card, one, height):
    found[f"base:{height.line}"] += 1
    found[f"over:{height.line}"] += over(height, one)
    found[f"above:{height.line}"] += 0 <= one["total"] - height.total <= card.near * 100
    found[f"under:{height.line}"] += 0 < height.total - one["total"] <= card.near * 100
    for subject in card.subjects:
        if subject.subject in height.effective:
            reaches = (enters(one, subject) or 0) >= height.effective[subject.subject]
            found[f"{subject.subject}:single:{height.line}"] += reaches
            found[f"{subject.subject}:both:{height.line}"] += reaches and over(height, one)


def groups(pupils, *keys):
    found = defaultdict(list)
    for one in pupils:
        found[tuple(one[key] for key in keys)].append(one)
    return dict(sorted(found.items()))
