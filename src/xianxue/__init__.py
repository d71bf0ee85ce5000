"""What a county education bureau runs on: from what schools report to what it can sign."""
