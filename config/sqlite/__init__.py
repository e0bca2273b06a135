"""SQLite for one process with several writing threads: they queue at a lock instead of polling the file."""
