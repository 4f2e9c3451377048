import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { completeLab } from './delivery';
import { HaChecks } from 'cdk-ha-ecs';

const app = new App();
completeLab(app);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
