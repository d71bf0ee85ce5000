"""Files that are given to a workspace beside its returns: workbooks, lists, earlier counts."""
