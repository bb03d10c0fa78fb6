"""Deadlines in the country's working time: started, paused, met, overdue, escalated."""
