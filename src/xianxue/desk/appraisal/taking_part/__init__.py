"""Those who take part in an appraisal: what a place says of itself, what an assessor gives."""
