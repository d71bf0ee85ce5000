"""The register as people keep it: a list of schools in a workbook or a text."""
