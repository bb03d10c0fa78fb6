"""One desk asks another to serve a person: sent, acknowledged, accepted, completed."""
