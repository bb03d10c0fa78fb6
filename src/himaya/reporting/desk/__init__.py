"""An officer reads reports: coded facts until unlocked, then what was said."""
