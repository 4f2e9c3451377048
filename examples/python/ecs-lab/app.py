from aws_cdk import Validations
from cdk_ha_ecs import HaChecks

from delivery import complete_lab
from locked_account import app_for
from refuse_placeholders import refuse_placeholders
from settings import LabSettings

app = app_for(complete_lab)
complete_lab(app)
refuse_placeholders(app, LabSettings(app.node).placeholders)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
