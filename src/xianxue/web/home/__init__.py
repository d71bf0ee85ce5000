"""首页: what I must do, by deadline, and what I wait for."""
