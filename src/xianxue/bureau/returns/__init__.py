"""What was reported, and may we believe it? Workbooks out, workbooks in, and every complaint."""
