"""Content checked like code: one check a file, each a function from the content to the faults in it.

    python -m course.checks                      every check on every module of the syllabus, the forms and the guides
    python -m course.checks --report             the same, with what was measured
    python -m course.checks --translated ethics  record that the English of a module was checked against the Danish

What `course.module` refuses when it reads a module is not checked again here.
"""
