"""What the database keeps: revisions, where each return stands, targets, the journal of deeds."""

from xianxue.desk.models.explanation import Explanation
from xianxue.desk.models.filing import Comment, Filing
from xianxue.desk.models.journal import JournalHead, JournalLine
from xianxue.desk.models.personal import PersonalValue
from xianxue.desk.models.release import Release
from xianxue.desk.models.revision import Revision
from xianxue.desk.models.target import TargetLine
from xianxue.desk.models.window import Extension, Window

__all__ = [
    "Comment",
    "Explanation",
    "Extension",
    "Filing",
    "JournalHead",
    "JournalLine",
    "PersonalValue",
    "Release",
    "Revision",
    "TargetLine",
    "Window",
]
