"""What the database keeps: which revisions are accepted, and the journal of deeds."""

from xianxue.desk.models.journal import JournalLine
from xianxue.desk.models.revision import Revision

__all__ = ["JournalLine", "Revision"]
