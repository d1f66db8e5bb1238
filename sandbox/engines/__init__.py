"""Engines: what runs a model. Each speaks the OpenAI subset, so the gateway talks to all in one way.

llamacpp.py      a child process with llama.cpp's own server (xllamacpp); reads the GGUF as it is
transformers.py  a child process with a transformers model; scores a given text; the only file with torch
remote.py        any OpenAI-compatible address
wire.py          the calls and answers all three exchange, as objects and as JSON
child.py         how a child process starts, says it is ready, and ends with its parent
"""
