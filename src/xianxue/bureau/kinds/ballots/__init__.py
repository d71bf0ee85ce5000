"""What a ballot or survey may declare, and how what somebody answered is written down.

A **paper** is what one person handed in: of which group (and place) they are, and answers::

    {"group": "teachers", "place": "", "answers": {about: {question: said}}, "marks": []}

``about`` is the id of the subject that is judged (given when the ballot is opened, never on the
card) for questions that are asked of ``each`` subject, and ``""`` for all others. ``said`` is, by
the question's kind:

========  =====================================  ==================================
kind      said                                   example
========  =====================================  ==================================
single    an option's id                         ``"excellent"``
several   a list of options' ids                 ``["dormitory", "canteen"]``
scale     a whole number                         ``4``
matrix    a row's id to an option's id           ``{"teaching": "satisfied"}``
ranking   options' ids, the best first           ``["homework", "safety"]``
text      a text                                 ``"操场积水"``
========  =====================================  ==================================

Where the subjects themselves are what is chosen from (``among``), their ids stand for options'
ids, and a name that somebody wrote in is ``"+"`` and the name. What was left blank is not there.
Of a paper ballot everything is written down as it lies there, two ticks in a row too
(``["excellent", "competent"]`` for a single question): what it comes to is said by the card's rules
of validity and by nobody's hand. ``marks`` are faults of the sheet itself, by their ids on the
card (``torn``).
"""
