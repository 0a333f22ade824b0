"""The edge cases of the theorem by name, each decided by the commands a user has."""
