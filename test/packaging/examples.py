"""Runs the app.py of each example in its own folder, all in one process: starting the CDK for Python takes longer than an example.

An example is named as `wordpress`, or with settings as `wordpress form=same-task`. Prints, as JSON, the cloud assembly of each or how it failed.
"""
import json
import os
import runpy
import shutil
import sys
import tempfile
import traceback

from aws_cdk import App

parent, *examples = sys.argv[1:]
synth = App.synth
make = App.__init__
outcomes = {}


def run(named):
    example, *settings = named.split(" ")
    folder = os.path.join(parent, example)
    assemblies = []

    def remembering_synth(app, **options):
        assembly = synth(app, **options)
        # The CDK removes its own folder when this process ends.
        assemblies.append(shutil.copytree(assembly.directory, tempfile.mkdtemp(), dirs_exist_ok=True))
        return assembly

    def make_with_settings(app, **options):
        make(app, **{**options, "context": dict(setting.split("=", 1) for setting in settings)})

    App.synth = remembering_synth
    App.__init__ = make_with_settings
    known = set(sys.modules)
    os.chdir(folder)
    sys.path.insert(0, folder)
    try:
        runpy.run_path("app.py", run_name="__main__")
        return {"assembly": assemblies[-1]}
    except Exception:
        return {"failure": traceback.format_exc()}
    finally:
        sys.path.remove(folder)
        # Every example has modules of its own under the same names.
        for name in set(sys.modules) - known:
            if (getattr(sys.modules[name], "__file__", None) or "").startswith(folder):
                del sys.modules[name]


for example in examples:
    outcomes[example] = run(example)
print(json.dumps(outcomes))
