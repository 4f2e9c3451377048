from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from flask_shared_files import flask_shared_files

app = App()
flask_shared_files(app)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
