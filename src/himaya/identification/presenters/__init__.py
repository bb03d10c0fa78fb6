"""How a screening is worded on a page."""
