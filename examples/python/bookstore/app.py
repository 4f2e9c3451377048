from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from bookstore import bookstore

app = App()
bookstore(app)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
