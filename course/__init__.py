"""What a learner's page needs: modules, items, answers, widgets. Imports neither torch nor nbgrader."""
