"""Reads facts from a repository snapshot: observations only, no judgement."""
