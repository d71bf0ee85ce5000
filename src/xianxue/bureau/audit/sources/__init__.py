"""Sources: a document's numbers held against its own map and a workspace's figures."""
