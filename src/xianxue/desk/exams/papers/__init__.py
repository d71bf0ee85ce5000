"""Documents of an examination: the county's analysis, a sheet of a school, a class, a group."""
