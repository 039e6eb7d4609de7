"""The background task system: which one, its application, broker, schedule and who starts it."""
