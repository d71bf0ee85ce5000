"""Why a rule is right: where it is written, from when to when it holds, how well it was seen."""
