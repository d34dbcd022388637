"""Runs Python programs, each in a folder of its own: jobs as JSON on standard input, what each printed as a line of JSON."""

import contextlib
import io
import json
import os
import runpy
import sys

for job in json.load(sys.stdin):
    for name in ("cells", "data", "model", "predict"):
        sys.modules.pop(name, None)
    # A relative entry of the path means another folder now.
    sys.path_importer_cache.clear()
    before = list(sys.path)
    os.chdir(job["folder"])
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        runpy.run_path(job["file"], run_name="__main__")
    sys.path[:] = before
    print(json.dumps(printed.getvalue()), flush=True)
