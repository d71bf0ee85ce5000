r"""Does the text agree with itself? Plain text in, its numbers and a verdict on each relation out.

One door, and what it is called with::

    from xianxue.bureau.audit.audit import audit  # audit(text, lexicon) -> Audit
    from xianxue.bureau.audit.reading.lexicon import Lexicon  # Lexicon.of(wordlists)
    from xianxue.bureau.records.audited import Audit, Computed, Number, Operand, Proof

What the text must be:

- Any plain text. It is never rewritten: every offset counts characters of the text as given.
- A paragraph is a line (``\n``; ``\r\n`` is understood). A line break inside a number or a
  clause, as copies from web pages have them, is understood too.
- A table is a block of consecutive lines, one line a row, its cells separated by a tab
  (``\t``) or by ``|``; a line break inside a cell must be given as a space. An empty line, or a
  line without a tab, ends the table. A merged cell is given once, its other places empty.
- Several texts glued into one are told apart by their titles and the furniture of web sites; a
  form feed (``\f``) on a line of its own always parts two texts.

What comes back, an ``Audit``:

- ``numbers``: every number of the text in its order, names and masks without a value.
- ``findings``: a ``Proof`` for each relation that its author meant with high certainty, by words
  and structure alone: ``consistent`` (as printed), ``rounding`` (within the digits printed) or
  ``inconsistent``; and ``possible`` for one that fails and is less certain, or is told of numbers
  too coarsely rounded to decide. ``certainty`` and ``reason`` say how sure that is and why;
  ``message`` and ``suggestion`` are sentences in two languages.
- ``unrelated``: numbers with a value that entered no such relation. Nothing is said of them: that
  some numbers fit is no finding.

A ``Lexicon`` is made once and used for many texts; it never changes.
Nothing is raised for any text: what cannot be understood is not spoken of.
The same text is always judged the same; time and memory grow with its length.

Inside, the river: ``reading`` makes quantities, ``binding`` candidates, ``judging`` verdicts,
``telling`` sentences; ``showing`` and ``sources`` are for those who show an audit or hold it
against figures. No part writes into what an earlier one made.
"""
