"""The store of record: Django's ORM without a web site, opened only by commands that need it.

``settings`` reads where the database is, ``opening`` sets Django up on it, ``migrating`` brings its
tables up to date, ``transactions`` serialises the deeds. What SQLite and PostgreSQL say differently
stands in ``sqlite`` and ``postgresql``, behind ``vendors``. Importing this package costs nothing;
``open_database`` pays for Django.
"""

from xianxue.desk.database.opening import has_database, open_database, open_empty
from xianxue.desk.database.settings import FILE

__all__ = ["FILE", "has_database", "open_database", "open_empty"]
