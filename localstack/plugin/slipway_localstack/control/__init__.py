"""The launcher's half in Python: start, stop, status and env. Imports nothing of LocalStack, so it answers fast."""
