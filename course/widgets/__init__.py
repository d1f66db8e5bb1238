"""One accessible widget for each kind of exercise, and the widget that hands in.

Each is a Python class and a script; the scripts share dom.js, hub.js, saver.js and core.js by text. None knows
notebooks, and none imports nbgrader or a model.
"""
