import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { wordPress } from './wordpress';
import { HaChecks } from 'cdk-ha-ecs';

const app = new App();
wordPress(app);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
