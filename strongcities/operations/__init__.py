"""What whoever runs the portal does: backups, what is kept how long, logs, figures, a copy."""
