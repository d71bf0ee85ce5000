"""Tables of a document, kind by kind: what each has a row for."""
