"""Rules about health checks and the hosts that Django accepts."""
