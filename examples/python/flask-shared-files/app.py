from aws_cdk import Validations
from cdk_ha_ecs import HaChecks

from flask_shared_files import flask_shared_files
from locked_account import app_for
from refuse_placeholders import refuse_placeholders
from settings import FlaskSettings

app = app_for(flask_shared_files)
flask_shared_files(app)
refuse_placeholders(app, FlaskSettings(app.node).placeholders)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
