"""The sandbox: the local model, the guard before it, and the pages where staff try things.

This package imports nothing when it is imported: pages' kernels stay small.
"""
