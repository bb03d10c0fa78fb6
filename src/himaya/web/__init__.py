"""Pages made of several concepts, the shared frame, and how a refusal becomes a page."""
