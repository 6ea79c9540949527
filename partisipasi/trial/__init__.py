"""What `make run` and `make test` need: environment, embedded PostgreSQL, supervisor. Standard library only.

The system's Python runs this before any package is installed, so nothing here imports Django.
"""
