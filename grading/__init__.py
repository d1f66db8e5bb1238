"""The instructor's side: nbgrader, fed with answers instead of code. It never executes a learner's notebook."""
