"""Rules about processes, ports and commands."""
