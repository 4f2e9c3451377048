import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ecsAutoscaling } from './services';
import { HaChecks } from 'cdk-ha-ecs';

const app = new App();
ecsAutoscaling(app);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
