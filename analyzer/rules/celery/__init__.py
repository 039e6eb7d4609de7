"""Rules about Celery and other task queues."""
