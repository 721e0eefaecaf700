"""What is published as files, of one table of columns: CSV, JSON, the archive, the API too."""
