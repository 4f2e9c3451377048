from aws_cdk import App

from lab import ecs_lab

app = App()
ecs_lab(app)
app.synth()
