"""Measures the portal against ready bytes of the same server, and writes docs/performance.md."""

READY = b"<!doctype html><title>Ready</title>" + b"<p>Words of a page.</p>\n" * 1600  # 39 KB
