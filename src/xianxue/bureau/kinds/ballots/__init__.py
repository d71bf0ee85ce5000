"""What a ballot or survey may declare."""
