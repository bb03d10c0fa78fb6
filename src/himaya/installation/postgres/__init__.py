"""The embedded PostgreSQL: the programs from a wheel, one private cluster, no port."""
