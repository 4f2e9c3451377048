from aws_cdk import App, Validations
from cdk_ha_ecs import HaChecks

from bookstore import bookstore
from refuse_placeholders import refuse_placeholders
from settings import BookstoreSettings

app = App()
bookstore(app)
refuse_placeholders(app, BookstoreSettings(app.node).placeholders)
Validations.of(app).add_plugins(HaChecks(app))
app.synth()
