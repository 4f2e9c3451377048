"""``synthesize.py APP JOBS`` runs one app.py once for each job, in one process: loading the CDK takes longer than to synthesize."""

import functools
import json
import runpy
import sys
from pathlib import Path

import aws_cdk

app, jobs = sys.argv[1:]
sys.path.insert(0, str(Path(app).parent))
App = aws_cdk.App

for job in json.loads(Path(jobs).read_text()):
    outdir = Path(job["outdir"])
    outdir.mkdir(parents=True)
    # By props, because the CDK runs in a process of Node.js that got its environment when it started.
    aws_cdk.App = functools.partial(App, outdir=str(outdir), context=job["context"])
    for name in [name for name, module in sys.modules.items() if "/examples/" in (getattr(module, "__file__", None) or "")]:
        del sys.modules[name]
    try:
        runpy.run_path(app, run_name="__main__")
    except Exception as problem:
        (outdir / "failure.template.json").write_text(json.dumps(str(problem).split("\n")[0]))
