"""Rules that span concepts: the next step, the timeline, closing a case, its nameless facts."""
