# SPDX-License-Identifier: Apache-2.0
"""Renders templates with the reference implementation of JSON-e.

Reads a JSON list of {template, context} and prints a JSON list of {result} or {error}, in the same order.
"""
import json
import sys

import jsone


def rendered(case):
    try:
        return {"result": jsone.render(case["template"], case["context"])}
    except Exception as error:  # some faults surface as errors of Python itself
        return {"error": str(error)}


json.dump([rendered(case) for case in json.load(sys.stdin)], sys.stdout)
