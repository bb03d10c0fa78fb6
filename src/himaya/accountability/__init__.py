"""Who opened what and why: reasons, alarms, emergency access, and the person's own view."""
