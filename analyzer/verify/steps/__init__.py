"""The steps of a run, in their order: images, databases, jobs, project, components."""
