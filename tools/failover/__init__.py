"""Several machines in small, parts of which are killed: `make failover`."""
