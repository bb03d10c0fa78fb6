"""Outgoing mail and text: sealed to the worker's outbox key, gone when sent."""
