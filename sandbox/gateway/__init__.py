"""The gateway: what pages talk to. Token, guard, bounded fair queue and metrics in front of the engines.

app.py       routes, token, limits, error shapes       params.py   checks a request, makes a Call
relay.py     one call from guard to last byte          guarding.py the guard's verdict on a prompt
answers.py   the guard on an answer, as it comes
queue.py     whose turn it is                          runner.py   one engine: start, watch, restart, let go
fleet.py     which engine answers what                 metrics.py  counts, never text
"""
