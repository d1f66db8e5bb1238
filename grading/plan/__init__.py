"""The municipality's plan for AI assistants: canvases that were handed in, goals, cases and the sandbox's settings.

document.py   what a plan consists of
canvases.py   what the course asks, and what people handed in, without names
sandbox.py    what the sandbox says: the guard's masks, the model, the policy
compose.py    the five headings: what is filled in, and what is missing
html.py, word.py   the same plan as HTML and as DOCX
command.py    `python -m grading plan`
"""
