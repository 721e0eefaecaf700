"""Public pages kept ready: what they were made from, as one version, and the answers themselves."""
