"""Moments that tests speak of."""

from datetime import UTC, datetime

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
