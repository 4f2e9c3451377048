import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ecsLab } from './lab';
import { HaChecks } from 'cdk-ha-ecs';

const app = new App();
ecsLab(app);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
