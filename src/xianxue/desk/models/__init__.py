"""What the database keeps: revisions, where each return stands, accounts, the journal of deeds."""

from xianxue.desk.models.account import Account, Appointment, Failure, Session, Token
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine, AppraisalRelease
from xianxue.desk.models.ballot import (
    BurntSlip,
    KeptPaper,
    KeptText,
    PaperCount,
    Poll,
    Slip,
    SlipBatch,
    Tally,
    UnspentSlip,
)
from xianxue.desk.models.exam import (
    ExamLines,
    ExamMarks,
    ExamReferences,
    ExamRelease,
    Sitting,
)
from xianxue.desk.models.explanation import Explanation
from xianxue.desk.models.filing import Comment, Filing
from xianxue.desk.models.form_draft import FormDraft
from xianxue.desk.models.journal import JournalHead, JournalLine
from xianxue.desk.models.ledger import (
    EntryClock,
    EntryLine,
    EntryOnce,
    Evidence,
    LedgerEntry,
)
from xianxue.desk.models.pages import Draft, LongWork, Notice, NoticeRead, Once
from xianxue.desk.models.personal import PersonalValue
from xianxue.desk.models.relayed import RelayedLine
from xianxue.desk.models.release import Release
from xianxue.desk.models.report_section import (
    IssuedReport,
    ReportSection,
    SectionComment,
    SectionDraft,
    SectionVersion,
)
from xianxue.desk.models.revision import Revision
from xianxue.desk.models.supposed_set import SupposedLine
from xianxue.desk.models.target import TargetLine
from xianxue.desk.models.window import Extension, Window

__all__ = [
    "Account",
    "Appointment",
    "Appraisal",
    "AppraisalLine",
    "AppraisalRelease",
    "BurntSlip",
    "Comment",
    "Draft",
    "EntryClock",
    "EntryLine",
    "EntryOnce",
    "Evidence",
    "ExamLines",
    "ExamMarks",
    "ExamReferences",
    "ExamRelease",
    "Explanation",
    "Extension",
    "Failure",
    "Filing",
    "FormDraft",
    "IssuedReport",
    "JournalHead",
    "JournalLine",
    "KeptPaper",
    "KeptText",
    "LedgerEntry",
    "LongWork",
    "Notice",
    "NoticeRead",
    "Once",
    "PaperCount",
    "PersonalValue",
    "Poll",
    "RelayedLine",
    "Release",
    "ReportSection",
    "Revision",
    "SectionComment",
    "SectionDraft",
    "SectionVersion",
    "Session",
    "Sitting",
    "Slip",
    "SlipBatch",
    "SupposedLine",
    "Tally",
    "TargetLine",
    "Token",
    "UnspentSlip",
    "Window",
]
