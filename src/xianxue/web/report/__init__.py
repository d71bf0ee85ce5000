"""报告: written section by section with live numbers, put together, issued with a release."""
