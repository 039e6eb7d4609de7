"""What is tried on the running app: a module for each subject, functions that give a Finding."""
