"""What `doctor verify` found out, for people and for programs."""
