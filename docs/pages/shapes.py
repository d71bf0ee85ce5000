"""What every command prints with ``--json``: the keys, and what each says.

A path names a key: ``findings[].place`` is the key ``place`` of each thing in the list
``findings``, ``[]`` the list that is printed itself. ``?`` marks a key that stands only where
there is something to say; ``[]=issue`` a list of complaints, which are alike everywhere.
``tests/docs/test_json.py`` runs each command and compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pages.key_words import WORDS
from pages.words import page, table

ISSUE: Final = (
    "code severity file sheet cell place form field saw required citation do message cause"
    " cause_of measures"
)
"""The keys of a complaint, wherever it stands."""

FREE: Final = frozenset(
    {
        "results.subjects[].levels",
        "pupils[].points",
        "levels",
        "[].marks",
        "[].grades",
        "posts[].subjects",
        "posts[].roster_subjects",
        "staff[].subjects[].retire",
        "[].said",
        "groups[].subjects[].levels",
        "[].detail",
        "coverage",
        "by_office",
        "[].coverage",
        "expired",
        "explained",
        "fields",
    }
)
"""Keys of what these hold are not fixed: forms, or whatever a deed has changed."""

SHAPES: Final[dict[str, str]] = {
    "accounts add": """
        created appointments created[].login created[].name created[].password?
    """,
    "accounts import": """
        created appointments created[].login created[].name
    """,
    "accounts list": """
        [].login [].name [].demo [].must_change [].second_factor [].disabled [].appointments
        [].appointments[].id [].appointments[].role [].appointments[].place
        [].appointments[].from [].appointments[].until [].appointments[].acting_for
    """,
    "accounts sessions list": """
        [].id [].login [].name [].role [].since [].seen [].where [].agent [].over
    """,
    "accounts token list": """
        [].id [].login [].name [].deeds [].expires [].revoked [].last_used
    """,
    "appraise consequences": """
        [].consequence [].kind [].term [].place [].name [].grade [].because [].amount [].line [].due
        [].until [].steps [].steps[].step? [].steps[].term? [].steps[].day? [].steps[].until?
        [].steps[].because? [].steps[].entries? [].replies [].standing [].by [].on [].why [].entry
        [].overtaken
    """,
    "appraise contest": """
        contest placed placed[].name placed[].post placed[].outcome placed[].total placed[].exact
        placed[].rank placed[].exact_rank placed[].because left_out vacant vacant[].post
        vacant[].places coefficients coefficients[].part coefficients[].panel coefficients[].mean
        coefficients[].exact coefficients[].used rounding_decides
    """,
    "appraise diff": """
        before before.rubric before.term before.from before.to before.file after after.rubric
        after.term after.from after.to after.file period judged changed differences
        differences[].kind? differences[].about? differences[].term? differences[].what?
        differences[].before? differences[].after? places places[].place places[].name
        places[].moved places[].before places[].before.total places[].before.grade
        places[].before.rank places[].after places[].after.total places[].after.grade
        places[].after.rank places[].items places[].items[].item? places[].items[].term?
        places[].items[].before? places[].items[].after?
    """,
    "appraise explain": """
        rubric period place item points of source because readings readings[].value readings[].level
        readings[].about readings[].by readings[].document readings[].note readings[].traces
        readings[].traces[].kind readings[].traces[].place readings[].traces[].restricted
        readings[].traces[].words below below[].item below[].points below[].of below[].source
        below[].because flags citation explained
    """,
    "appraise import": """
        rubric? term? points? sheets? items? items[].item? items[].number? items[].term?
        items[].under? items[].points? items[].source? items[].source.kind? items[].source.name?
        items[].source.why? items[].source.sure? items[].sheet? items[].cell? unread?
        unread[].sheet? unread[].cell? unread[].text? unread[].why? issues[]=issue issues? file?
        kept
    """,
    "appraise list": """
        [].rubric [].term [].items [].places [].state
    """,
    "appraise eligible": """
        verdict clauses clauses[].clause clauses[].verdict clauses[].evidence
        clauses[].evidence[].entry clauses[].evidence[].says clauses[].citation first_day
    """,
    "appraise match": """
        matching unplaced matching[].teacher matching[].post unplaced[].teacher
        unplaced[].in_any_stable stable? seed? lots? lots[].name? lots[].number? passed_over?
        passed_over[].teacher? passed_over[].proof? passed_over[].posts?
        passed_over[].posts[].post? passed_over[].posts[].why? passed_over[].posts[].rank?
        passed_over[].posts[].last_rank? passed_over[].posts[].quota? passed_over[].posts[].because?
    """,
    "appraise log": """
        [].line [].kind [].place [].item [].said [].at [].by [].why
    """,
    "appraise package": """
        output digest rubric term period as_of lines places places[].place places[].name
        places[].folder places[].boxes places[].boxes[].box places[].boxes[].number
        places[].boxes[].term places[].boxes[].folder places[].boxes[].items
        places[].boxes[].items[].item places[].boxes[].items[].number
        places[].boxes[].items[].term places[].boxes[].items[].source
        places[].boxes[].items[].not_applicable places[].boxes[].items[].documents
        places[].boxes[].items[].documents[].number places[].boxes[].items[].documents[].document
        places[].boxes[].items[].documents[].term places[].boxes[].items[].documents[].files
        places[].boxes[].items[].documents[].files[].file
        places[].boxes[].items[].documents[].files[].title
        places[].boxes[].items[].documents[].files[].sha256
        places[].boxes[].items[].documents[].files[].size
        places[].boxes[].items[].documents[].files[].on
        places[].boxes[].items[].documents[].files[].line
        places[].boxes[].items[].documents[].files[].kept_under
        places[].boxes[].items[].cited places[].boxes[].items[].cited[].document
        places[].boxes[].items[].cited[].for places[].missing places[].missing[].item
        places[].missing[].number places[].missing[].document places[].missing[].term
        places[].owed places[].owed[].item places[].owed[].office places[].unasked
    """,
    "appraise score": """
        rubric period places places[].place places[].total places[].grade places[].rank
        places[].items places[].items[].item places[].items[].points places[].items[].of
        places[].items[].source places[].items[].because
    """,
    "assess": """
        [].standard [].term [].source standard term period on verdict findings spread not_counted
        doubts release findings[].place findings[].stage findings[].criterion findings[].term
        findings[].value findings[].shown findings[].rule findings[].threshold findings[].verdict
        findings[].lacking findings[].missing findings[].rests_on findings[].citation
        findings[].way? findings[].lacking.quantity findings[].lacking.unit
        findings[].lacking.noun findings[].lacking.surplus findings[].way[].criterion
        findings[].way[].line findings[].way[].left_below findings[].way[].quantity
        findings[].way[].unit findings[].way[].noun findings[].way[].surplus spread[].criterion
        spread[].stage spread[].value spread[].limit spread[].verdict spread[].place
        spread[].missing spread[].citation not_counted[].place not_counted[].stage
        not_counted[].reason findings[].local? findings[].local.term findings[].local.loosens
        findings[].local.citation spread[].local? spread[].local.term spread[].local.loosens
        spread[].local.citation local? local[].term local[].loosens local[].citation
    """,
    "audit": """
        file characters numbers findings against findings[].verdict findings[].kind
        findings[].quote findings[].start findings[].end findings[].stated findings[].terms
        findings[].computed findings[].suggestion findings[].message findings[].certainty
        findings[].reason findings[].stated.text
        findings[].stated.value findings[].stated.unit findings[].stated.start
        findings[].stated.end findings[].terms[].text findings[].terms[].value
        findings[].terms[].unit findings[].terms[].start findings[].terms[].end
        findings[].computed.low findings[].computed.high against.workspace against.period
        against.release against.numbers against.numbers[].state against.numbers[].how
        against.numbers[].text against.numbers[].start against.numbers[].end against.numbers[].key
        against.numbers[].term against.numbers[].place against.numbers[].period
        against.numbers[].written against.numbers[].now against.numbers[].message against.waiting?
    """,
    "backup": """
        county name made_at files bytes seal journal file left issues issues[]=issue journal.lines
        journal.digest
    """,
    "catalogue check": """
        []=issue
    """,
    "catalogue codes": """
        [].codes [].term [].entries [].entries[].code [].entries[].term [].entries[].stages
        [].entries[].also [].entries[].note codes term entries entries[].code entries[].term
        entries[].stages entries[].also entries[].note
    """,
    "catalogue diff": """
        taken values fields added rubrics rubrics[].rubric? rubrics[].of? rubrics[].term?
        rubrics[].differences? standards figures new_figures issues issues[]=issue
        values[].change values[].standard values[].criterion values[].indicator values[].line
        values[].stage values[].from values[].to values[].before values[].after values[].laxer
        values[].loosens fields[].change fields[].form fields[].sheet fields[].fields
        standards[].standard standards[].term standards[].before standards[].after
        standards[].findings standards[].findings[].place standards[].findings[].stage
        standards[].findings[].criterion standards[].findings[].before
        standards[].findings[].after standards[].findings[].before.verdict
        standards[].findings[].before.shown standards[].findings[].before.threshold
        standards[].findings[].before.lacking standards[].findings[].after.verdict
        standards[].findings[].after.shown standards[].findings[].after.threshold
        standards[].findings[].after.lacking figures[].indicator figures[].place figures[].stage
        figures[].slice figures[].before figures[].after
    """,
    "history take": """
        taken there disputed
    """,
    "history show": """
        indicator term unit series series[].stage series[].years series[].years[].year
        series[].years[].said series[].years[].said[].period? series[].years[].said[].source?
        series[].years[].said[].shown? series[].years[].said[].low? series[].years[].said[].high?
        series[].years[].said[].release? series[].years[].said[].file?
        series[].years[].said[].paragraph? series[].years[].said[].sentence?
        series[].years[].agrees series[].years[].since series[].years[].since.low?
        series[].years[].since.high?
    """,
    "history read": """
        county reports reports[].file reports[].digest reports[].period reports[].period_from
        reports[].proposed reports[].proposed[].indicator reports[].proposed[].term
        reports[].proposed[].stage reports[].proposed[].period reports[].proposed[].period_from
        reports[].proposed[].value reports[].proposed[].low reports[].proposed[].high
        reports[].proposed[].unit reports[].proposed[].text reports[].proposed[].disputed
        reports[].proposed[].sentence reports[].proposed[].paragraph reports[].proposed[].source
        reports[].left_out reports[].left_out[].why reports[].left_out[].message
        reports[].left_out[].text reports[].left_out[].sentence reports[].left_out[].paragraph
    """,
    "indicators explain": """
        [].indicator [].term [].place [].stage [].period [].value [].unit [].shown [].numerator
        [].denominator [].coverage [].standing [].release [].because [].formula [].numbers
        [].citations [].note [].coverage.reported [].coverage.expected [].coverage.missing
        [].because[].place [].because[].name [].because[].part [].because[].amount
        [].because[].note [].because[].cells [].because[].cells[].place [].because[].cells[].form
        [].because[].cells[].revision [].because[].cells[].file [].because[].cells[].sheet
        [].because[].cells[].cell [].because[].cells[].field [].because[].cells[].term
        [].because[].cells[].value indicator term place stage period value unit shown numerator
        denominator coverage standing release because formula numbers citations note
        coverage.reported coverage.expected coverage.missing because[].place because[].name
        because[].part because[].amount because[].note because[].cells because[].cells[].place
        because[].cells[].form because[].cells[].revision because[].cells[].file
        because[].cells[].sheet because[].cells[].cell because[].cells[].field
        because[].cells[].term because[].cells[].value [].coverage.not_applicable? [].as_of?
        [].why? [].slice? [].slice.dimension [].slice.code [].slice.term [].not_told?
        [].because[].traces? [].because[].traces[].kind [].because[].traces[].place
        [].because[].traces[].restricted [].because[].traces[].words coverage.not_applicable?
        as_of? why? slice? slice.dimension slice.code slice.term not_told? because[].traces?
        because[].traces[].kind because[].traces[].place because[].traces[].restricted
        because[].traces[].words
    """,
    "indicators list": """
        [].indicator [].term [].kind [].unit [].levels [].stages
    """,
    "indicators show": """
        indicator term place stage period value unit shown numerator denominator coverage standing
        release because formula numbers citations note coverage.reported coverage.expected
        coverage.missing because[].place because[].name because[].part because[].amount
        because[].note because[].cells because[].cells[].place because[].cells[].form
        because[].cells[].revision because[].cells[].file because[].cells[].sheet
        because[].cells[].cell because[].cells[].field because[].cells[].term
        because[].cells[].value [].indicator [].term [].place [].stage [].period [].value [].unit
        [].shown [].numerator [].denominator [].coverage [].standing [].release [].because
        [].formula [].numbers [].citations [].note [].coverage.reported [].coverage.expected
        [].coverage.missing [].because[].place [].because[].name [].because[].part
        [].because[].amount [].because[].note [].because[].cells [].because[].cells[].place
        [].because[].cells[].form [].because[].cells[].revision [].because[].cells[].file
        [].because[].cells[].sheet [].because[].cells[].cell [].because[].cells[].field
        [].because[].cells[].term [].because[].cells[].value coverage.not_applicable? as_of? why?
        slice? slice.dimension slice.code slice.term not_told? because[].traces?
        because[].traces[].kind because[].traces[].place because[].traces[].restricted
        because[].traces[].words [].coverage.not_applicable? [].as_of? [].why? [].slice?
        [].slice.dimension [].slice.code [].slice.term [].not_told? [].because[].traces?
        [].because[].traces[].kind [].because[].traces[].place [].because[].traces[].restricted
        [].because[].traces[].words
    """,
    "journal clock": """
        admitted last
    """,
    "journal expire": """
        expired swept dry_run
    """,
    "journal head": """
        lines digest
    """,
    "journal rebuild": """
        tables cells dry_run issues issues[]=issue
    """,
    "journal show": """
        [].number [].at [].actor [].deed [].subject [].kind [].id [].place [].period [].detail
        [].why [].previous [].digest
    """,
    "journal verify": """
        lines digest whole expired issues issues[]=issue limits
    """,
    "places amend": """
        amended issues issues[]=issue
    """,
    "places basis": """
        start as_of moved undivided moved[].code moved[].counted_under moved[].since
    """,
    "places compare": """
        [].place [].stage [].as_was [].as_of [].comparable
    """,
    "places events": """
        [].line [].day [].event [].code [].into [].name [].township [].school_type [].document
        [].reason [].by
    """,
    "places import": """
        written schools townships unchanged marked issues issues[]=issue
    """,
    "places list": """
        [].code [].name [].level [].parent [].open [].opened [].closed [].school_type [].stages
        [].names [].parents [].successors [].predecessors
    """,
    "places record": """
        recorded issues issues[]=issue recorded.line recorded.day recorded.event recorded.code
        recorded.into recorded.name recorded.township recorded.school_type recorded.document
        recorded.reason recorded.by
    """,
    "places show": """
        code name level parent open opened closed school_type stages names parents successors
        predecessors events successors[].day successors[].code successors[].whole
        successors[].event events[].line events[].day events[].event events[].code events[].into
        events[].name events[].township events[].school_type events[].document events[].reason
        events[].by predecessors[].day predecessors[].code predecessors[].whole
        predecessors[].event
    """,
    "plan forecast": """
        [].area [].name [].level [].stage [].year [].low [].middle [].high [].grades [].method
        [].births_carried [].standing [].backtest [].backtest.horizons [].backtest.beats_unchanged
        [].backtest.odd_years [].backtest.message [].backtest.horizons[].ahead
        [].backtest.horizons[].cases [].backtest.horizons[].mean_error
        [].backtest.horizons[].unchanged_error [].backtest.horizons[].trend_error
        [].backtest.horizons[].within_band [].backtest.horizons[].beats_unchanged
        [].projects [].projects[].school? [].projects[].year? [].projects[].grade?
        [].projects[].pupils? [].projects[].why?
    """,
    "places undo": """
        undone issues issues[]=issue undone.line undone.day undone.event undone.code undone.into
        undone.name undone.township undone.school_type undone.document undone.reason undone.by
    """,
    "release diff": """
        causes cells figures same_value verdicts overrides same_cards causes[].number
        causes[].kind causes[].about causes[].told causes[].by causes[].at causes[].why
        cells[].form cells[].place cells[].sheet cells[].row cells[].field cells[].cell
        cells[].before cells[].after cells[].by cells[].at cells[].why figures[].figure
        figures[].before figures[].after figures[].causes verdicts[].standard verdicts[].criterion
        verdicts[].place verdicts[].stage verdicts[].before verdicts[].after verdicts[].causes
        overrides[].form overrides[].place overrides[].revision overrides[].rule overrides[].term
        overrides[].reason
    """,
    "release list": """
        [].release [].digest [].at [].by [].why [].coverage
    """,
    "release show": """
        release digest at by why coverage overrides released_by_override
    """,
    "release verify": """
        faults releases recounted not_recounted
    """,
    "report coverage": """
        statements produced free_text missing by_office missing[].id missing[].reason
    """,
    "report list": """
        [].outline [].term
    """,
    "report slots": """
        [].slot [].owner [].about [].file [].paragraphs
    """,
    "report write": """
        outline term period release file sheet missing unwritten issues issues[]=issue
        unwritten[].slot unwritten[].owner unwritten[].about unwritten[].file
    """,
    "restore": """
        county name made_at files bytes seal journal folder restored aside issues issues[]=issue
        journal.lines journal.digest
    """,
    "returns accept": """
        accepted issues issues[]=issue accepted[].file accepted[].form accepted[].place
        accepted[].revision accepted[].unchanged
    """,
    "returns approve": """
        done issues issues[]=issue unusual unusual[]=issue done[].form done[].period done[].place
        done[].name done[].state done[].term done[].revision done[].times_returned
    """,
    "returns attach-scan": """
        form period place revision unchanged scans scans[].file scans[].digest scans[].kind
        scans[].size
    """,
    "returns check": """
        []=issue
    """,
    "returns duplicates": """
        form term fields duplicates prefilled_from cells cells.asked cells.saved cells.places
        cells.places[].place cells.places[].asked cells.places[].saved
    """,
    "returns explain": """
        form rule place field value text by first_period
    """,
    "returns explanations": """
        [].rule [].place [].name [].where [].value [].text [].by [].on [].same_text
    """,
    "returns extend": """
        form period place until reason
    """,
    "returns map": """
        tables issues issues[]=issue kept written tables[].file tables[].sheet tables[].form
        tables[].lines_of tables[].also_lines_of tables[].fingerprint tables[].mapping
        tables[].item_a_row tables[].rows tables[].columns tables[].blanks tables[].missing
        tables[].columns[].column tables[].columns[].header tables[].columns[].nth
        tables[].columns[].field tables[].columns[].term tables[].columns[].certainty
        tables[].columns[].score tables[].columns[].reasons tables[].columns[].doubt
        tables[].columns[].others tables[].columns[].unit tables[].columns[].conversion
        tables[].columns[].example tables[].missing[].field tables[].missing[].term
        tables[].missing[].rows
    """,
    "returns notice circular": """
        notice form period on until places output issues issues[]=issue
    """,
    "returns notice opinion": """
        notice form period on until places output issues issues[]=issue
    """,
    "returns notice reminder": """
        notice form period on until places output issues issues[]=issue
    """,
    "returns pass-on": """
        done issues issues[]=issue
    """,
    "returns print": """
        form period place revision content file
    """,
    "returns release": """
        release digest new coverage overrides overrides[].form overrides[].place
        overrides[].revision overrides[].rule overrides[].term overrides[].reason
    """,
    "returns remind": """
        [].form [].on [].place [].name [].state [].term [].revision [].accepted [].waiting
        [].first_handed_in [].late [].days_over [].times_returned [].extended_until
    """,
    "returns review": """
        done issues issues[]=issue done[].form done[].period done[].place done[].name done[].state
        done[].term done[].revision done[].times_returned
    """,
    "returns scans": """
        [].form [].place [].name [].revision [].content [].scans [].scans[].file [].scans[].digest
        [].scans[].kind [].scans[].size
    """,
    "returns send-back": """
        done issues issues[]=issue done[].form done[].period done[].place done[].name done[].state
        done[].term done[].revision done[].times_returned
    """,
    "returns status": """
        [].form [].place [].name [].revision [].submitted [].state
    """,
    "returns submit": """
        submitted issues issues[]=issue submitted[].file submitted[].form submitted[].place
        submitted[].revision submitted[].state submitted[].unchanged
    """,
    "returns trail": """
        form period place state term deadline times_returned revisions steps steps[].number
        steps[].at steps[].deed steps[].term steps[].by steps[].role steps[].changed steps[].why
        steps[].told revisions[].number
        revisions[].at revisions[].by revisions[].clerk revisions[].head revisions[].behalf
        revisions[].file revisions[].digest revisions[].accepted revisions[].comments
        revisions[].scans revisions[].foot revisions[].comments[].sheet revisions[].comments[].tab
        revisions[].comments[].row revisions[].comments[].field revisions[].comments[].cell
        revisions[].comments[].text revisions[].comments[].by revisions[].comments[].at
        revisions[].scans[].file revisions[].scans[].digest revisions[].scans[].kind
        revisions[].scans[].size
    """,
    "returns take-back": """
        done issues issues[]=issue done[].form done[].period done[].place done[].name done[].state
        done[].term done[].revision done[].times_returned
    """,
    "returns window": """
        form period due lock
    """,
    "returns withdraw": """
        done issues issues[]=issue done[].form done[].period done[].place done[].name done[].state
        done[].term done[].revision done[].times_returned
    """,
    "ledgers calendar import": """
        calendar file looked_at moved moved[].ledger? moved[].clock? moved[].before? moved[].after?
        moved[].supposed? moved[].entries?
    """,
    "exams arts": """
        sitting norms exam pupils pupils[].id pupils[].file pupils[].line pupils[].school
        pupils[].class pupils[].group pupils[].sex pupils[].points pupils[].score pupils[].level
        levels ranked_by schools schools[].school schools[].reached schools[].base schools[].rate
        schools[].low schools[].high schools[].place schools[].best schools[].worst
    """,
    "exams destinations": """
        period pupils unlisted waiting waiting.entries waiting.pupils classes
        classes[].institutions classes[].term classes[].pupils classes[].entries odd odd[].entry?
        odd[].institution? odd[].sort? targets
    """,
    "exams fitness": """
        sitting norms exam pupils pupils[].id pupils[].file pupils[].line pupils[].school
        pupils[].class pupils[].group pupils[].sex pupils[].points pupils[].score pupils[].level
        levels ranked_by schools schools[].school schools[].reached schools[].base schools[].rate
        schools[].low schools[].high schools[].place schools[].best schools[].worst
    """,
    "exams ranks": """
        [].school [].reached [].base [].rate [].low [].high [].place [].best [].worst
    """,
    "exams items": """
        pupils alpha method items items[].item items[].full items[].difficulty
        items[].discrimination items[].correlation items[].options items[].options[].option
        items[].options[].pupils items[].options[].best items[].options[].weakest
    """,
    "exams lines": """
        [].line [].track [].school [].height [].second [].base [].over [].rate [].near_above
        [].near_below
    """,
    "exams list": """
        [].sitting [].exam [].period [].name [].day [].pupils [].subjects [].load [].lines
        [].release [].released
    """,
    "exams load": """
        sitting load new pupils subjects notes notes[]=issue
    """,
    "exams pupils": """
        [].id [].name [].school [].class [].track [].total [].marks
    """,
    "exams refer": """
        [].of [].line [].track [].reference [].above
    """,
    "exams release": """
        release number new moved moved[].figure moved[].before moved[].after
    """,
    "exams show": """
        sitting release school class group divisor smallest results results.pupils results.total
        results.total.n results.total.mean results.total.deviation results.subjects
        results.subjects[].subject results.subjects[].full results.subjects[].n
        results.subjects[].mean results.subjects[].deviation results.subjects[].absent
        results.subjects[].levels lines lines[].line lines[].track lines[].over lines[].base
        lines[].rate groups groups[].school? groups[].class? groups[].hidden? groups[].pupils?
        groups[].total? groups[].total.n groups[].total.mean groups[].total.deviation
        groups[].subjects? groups[].subjects[].subject groups[].subjects[].full
        groups[].subjects[].n groups[].subjects[].mean groups[].subjects[].deviation
        groups[].subjects[].absent groups[].subjects[].levels unions unions[].group?
        unions[].kind? unions[].schools? unions[].hidden? unions[].pupils? unions[].total?
        unions[].subjects?
    """,
    "exams scale": """
        [].id? [].subject? [].scheme? [].raw [].grade [].scaled
    """,
    "exams schemes": """
        [].scheme [].term [].grades [].grades[].grade [].grades[].share [].grades[].high
        [].grades[].low
    """,
    "exams table": """
        province track year candidates rows rows[].score rows[].low rows[].high rows[].count
        rows[].cumulative lines lines[].line lines[].reached lines[].at_least lines[].at_most
        lines[].share percentiles percentiles[].percent percentiles[].score percentiles[].low
        percentiles[].high notes notes[]=issue against? against.province against.track against.year
        against.candidates equivalent? equivalent[].line equivalent[].rank equivalent[].best
        equivalent[].best.score equivalent[].best.low equivalent[].best.high equivalent[].last
        equivalent[].last.score equivalent[].last.low equivalent[].last.high
    """,
    "exams value-added": """
        method between within slope intercept schools schools[].school schools[].effect
        schools[].low schools[].high
    """,
    "ballots close": """
        ballot state issued spent
    """,
    "ballots count": """
        ballot issued spent valid invalid results results[].question results[].option
        results[].group results[].count results[].hidden
    """,
    "ballots texts": """
        [].question [].written [].unread [].texts
    """,
    "ballots estimate": """
        ballot returned questions questions[].question questions[].groups
        questions[].groups[].group questions[].groups[].judged questions[].groups[].share
        questions[].groups[].margin questions[].groups[].mean
        questions[].groups[].mean_margin questions[].groups[].since_last questions[].groups[].sure
    """,
    "ballots calls": """
        ends ends[].end ends[].n waiting rates rates[].rate rates[].value lacking
        lacking[].school lacking[].group lacking[].n early
        early[].school early[].group early[].turn
    """,
    "ballots rank": """
        ballot questions questions[].question questions[].first questions[].untold
        questions[].standings questions[].standings[].name questions[].standings[].judged
        questions[].standings[].share questions[].standings[].low questions[].standings[].high
    """,
    "ballots enter": """
        ballot papers people agree differences differences[].paper differences[].before
        differences[].now
    """,
    "ballots list": """
        [].ballot [].title [].state [].opened_at
    """,
    "ballots open": """
        ballot title ends_at
    """,
    "ballots slips": """
        ballot issued groups groups[].group groups[].issued file
    """,
    "ballots status": """
        ballot state issued spent burnt groups groups[].group groups[].issued groups[].spent
        groups[].burnt
    """,
    "ballots verify": """
        ballot holds faults
    """,
    "ballots sample": """
        n send population schools? seed? file? layers? layers[].school layers[].group
        layers[].people layers[].n layers[].spare unrounded? unlimited? margin? confidence? share?
        design_effect?
        schools[].school? schools[].n? table? confirm? groups? groups[].group? groups[].n?
        groups[].at_least?
    """,
    "ledgers count": """
        ledger period on counts counts[].count counts[].term counts[].value counts[].unit
        counts[].entries counts[].lacking rates rates[].rate rates[].term rates[].numerator
        rates[].denominator rates[].value rates[].target rates[].base?
    """,
    "ledgers deadline": """
        due days days[].date days[].counts days[].why supposed?
    """,
    "ledgers due": """
        [].ledger [].entry [].place [].due [].lamp [].why
    """,
    "ledgers explain": """
        ledger count period entries entries[].entry entries[].place entries[].on entries[].amount
        base_entries? base?
    """,
    "ledgers export": """
        file entries all filter masked
    """,
    "ledgers findings": """
        ledger opened again closed reopened unchanged
    """,
    "ledgers import": """
        lines matched changed unchanged added to_add refused written marked issues issues[]=issue
    """,
    "ledgers list": """
        [].ledger [].term [].entries [].open [].overdue
    """,
    "ledgers map": """
        tables? open? proposal? tables[].table tables[].ledger tables[].entries tables[].columns
        tables[].columns[].column tables[].columns[].header tables[].columns[].field
        tables[].columns[].certainty tables[].words tables[].words[].field tables[].words[].word
        tables[].words[].value tables[].words[].lines tables[].lacking tables[].refused
        tables[].refused[].row tables[].refused[].why tables[].unplaced tables[].unplaced[].cell
        tables[].unplaced[].header tables[].unplaced[].text tables[].unplaced[].why
        tables[].issues tables[].issues[]=issue written? taken? taken[].ledger taken[].added
        taken[].unchanged unplaced? list? refused? issues? issues[]=issue
    """,
    "ledgers person": """
        file entries
    """,
    "ledgers recompute": """
        looked_at moved moved[].ledger? moved[].clock? moved[].before? moved[].after?
        moved[].supposed? moved[].entries?
    """,
    "ledgers record": """
        ledger entry state
    """,
    "ledgers risks": """
        [].ledger [].risk [].entry [].place [].points [].concern [].lamp [].reasons
        [].reasons[].why [].reasons[].points
    """,
    "ledgers show": """
        ledger entry place state fields history
        history[].step history[].on history[].from history[].to history[].actor history[].second
        history[].why history[].evidence history[].files clocks clocks[].clock clocks[].started
        clocks[].due clocks[].met clocks[].paused clocks[].supposed clocks[].why
    """,
    "ledgers step": """
        ledger entry state
    """,
    "ledgers verify": """
        entries whole unbound issues issues[]=issue
    """,
    "plan layout": """
        status cost bound gap seed periods periods[].period periods[].open periods[].build
        periods[].extend periods[].close villages villages[].village villages[].period
        villages[].pupils villages[].now villages[].km_now villages[].to villages[].to[].school
        villages[].to[].pupils villages[].to[].km villages[].further_km conflicts smallest shadow
        shadow[].rule shadow[].saves shadow[].status notes standing closing closing[].school?
        closing[].lacking? long_ways long_ways[].village? long_ways[].pupils? long_ways[].minutes?
        boarders boarders[].school? boarders[].pupils? boarders[].beds? boarders[].lacking?
    """,
    "plan suppose": """
        name period revision note at by standing changes changes[].do changes[].school?
        changes[].field? changes[].row? changes[].count? changes[].message changes[].from?
        changes[].to? changes[].value? changes[].percent? changes[].forecast? changes[].schools?
        changes[].into? changes[].pupils_to? changes[].standard? changes[].criterion?
        changes[].stage? standards standards[].standard standards[].term standards[].before
        standards[].after standards[].tally_before standards[].tally_before.met
        standards[].tally_before.not_met standards[].tally_before.undetermined
        standards[].tally_after standards[].tally_after.met standards[].tally_after.not_met
        standards[].tally_after.undetermined standards[].findings standards[].findings[].place?
        standards[].findings[].name? standards[].findings[].stage?
        standards[].findings[].criterion? standards[].findings[].term?
        standards[].findings[].before? standards[].findings[].before.verdict?
        standards[].findings[].before.shown? standards[].findings[].before.threshold?
        standards[].findings[].before.lacking? standards[].findings[].after?
        standards[].findings[].after.verdict? standards[].findings[].after.shown?
        standards[].findings[].after.threshold? standards[].findings[].after.lacking? figures
        figures[].indicator figures[].term figures[].place figures[].name figures[].stage
        figures[].slice figures[].unit figures[].before figures[].before.value
        figures[].before.shown figures[].before.numerator figures[].before.denominator
        figures[].before.standing figures[].after figures[].after.value figures[].after.shown
        figures[].after.numerator figures[].after.denominator figures[].after.standing notes
    """,
    "plan tasks": """
        outline tasks tasks[].task tasks[].comes_from tasks[].who tasks[].office tasks[].due
        tasks[].money entered entered.new entered.there
    """,
    "plan write": """
        outline term period set goals file unwritten issues issues[]=issue
    """,
    "plan needs": """
        standing rules rules[].planning rules[].term because because[].norm because[].stage
        because[].value because[].classes_from because[].classes_to because[].from because[].to
        because[].source because[].article because[].seen because[].note
        period? needs? staff? posts? residents? wanted?
        needs[].area needs[].name needs[].level needs[].stage needs[].year needs[].pupils
        needs[].classes needs[].staff needs[].unknown needs[].building? needs[].building_there?
        needs[].building_lacking? needs[].yuan?
        staff[].stage staff[].in_post staff[].in_roster staff[].at_least staff[].why staff[].years
        staff[].years[].year staff[].years[].needed staff[].years[].retire staff[].years[].leave
        staff[].years[].recruit staff[].years[].over staff[].subjects staff[].subjects[].subject?
        staff[].subjects[].there? staff[].subjects[].retire?
        posts[].school posts[].name posts[].stage posts[].pupils posts[].needed posts[].posts
        posts[].in_post posts[].there posts[].short posts[].subjects posts[].roster_subjects
        wanted[].stage wanted[].places wanted[].classes wanted[].schools wanted[].schools_exact
        wanted[].choose wanted[].classes_each wanted[].ground wanted[].verdict wanted[].radius
        wanted[].message
    """,
    "plan rotation": """
        period on standing rules rules[].norm rules[].stage rules[].value rules[].classes_from
        rules[].classes_to rules[].from rules[].to rules[].source rules[].article rules[].seen
        rules[].note farthest year year.eligible? year.moved? year.backbone? year.needed?
        year.needed_backbone? year.enough? roster roster.teachers roster.free roster.free_backbone
        reasons reasons[].reason? reasons[].count? people people[].entry? people[].place?
        people[].stage? people[].subject? people[].backbone? people[].free? people[].why? status
        moves moves[].entry? moves[].to? wanted wanted[].stage? wanted[].what? wanted[].from?
        wanted[].to? wanted[].count? wanted[].filled? shared
    """,
    "plan balance": """
        status moves moves[].from moves[].to moves[].count hires hires[].school hires[].count cv
        cv_before cv_squared cost bound schools schools[].school schools[].teachers conflicts
        smallest advice standing standard? period? gap? changes? changes[].criterion?
        changes[].place? changes[].stage? changes[].amount? failing? over?
    """,
    "targets import": """
        []=issue set?
    """,
    "targets list": """
        [].indicator [].term [].place [].stage [].slice [].period [].target [].goal [].unit
        [].value [].completion [].reached [].exceeded [].lamp [].forecast [].origin [].source
        [].revision [].release [].forecast.value [].forecast.method [].forecast.rests_on
    """,
    "targets set": """
        set
    """,
    "year open": """
        period previous done dry_run forms forms[].form forms[].term forms[].version
        forms[].expected forms[].due forms[].lock forms[].there schools schools.expected
        schools.new schools.gone rising rising[].grade? rising[].term? rising[].from?
        rising[].pupils? targets targets[].target? targets[].value? targets[].goal?
        targets[].source? still_to_do
    """,
    "year take-back": """
        period previous
    """,
}


def keys(command: str) -> Iterator[tuple[str, bool]]:
    """Give the paths a command prints, each with whether it may be left out."""
    for path in SHAPES[command].split():
        if path.endswith("=issue"):
            yield from ((f"{path.removesuffix('=issue')}.{key}", False) for key in ISSUE.split())
        else:
            yield path.rstrip("?"), path.endswith("?")


def complaints(command: str) -> frozenset[str]:
    """Give the paths of a command's lists of complaints."""
    paths = SHAPES[command].split()
    return frozenset(path.removesuffix("=issue") for path in paths if path.endswith("=issue"))


def json_page() -> str:
    """The shape of what each command prints for programs."""
    said = (
        "每条带 `--json` 的命令输出什么键。`a[].b` 是列表 a 里每一项的键 b；开头的 `[]` 是说"
        "输出的就是一个列表。标“可无”的键，有话说的时候才有。\n"
        "金额、比值等数一律写成十进制的文字，不用浮点数；没有的写 null。\n"
        "同一条命令有两种样子的（列出全部，或只看一个），两种的键都列在一起。"
    )
    issue = "## 问题\n\n各条命令里的一条问题，键都相同；下面写“问题”的就是它。\n\n"
    issue += table(("键", "内容"), [(f"`{key}`", WORDS[key]) for key in ISSUE.split()])
    parts = [_command(name) for name in sorted(SHAPES)]
    return page("JSON", said, issue, *parts)


def _command(name: str) -> str:
    rows: list[tuple[str, str]] = []
    for path in SHAPES[name].split():
        where, _, issue = path.partition("=")
        plain = where.rstrip("?")
        last = plain.rpartition(".")[2].replace("[]", "")
        text = "问题" if issue else WORDS[last]
        rows.append((f"`{plain}`", f"{text}（可无）" if path.endswith("?") else text))
    return f"## xianxue {name}\n\n" + table(("键", "内容"), rows)
