import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { flaskSharedFiles } from './flask';
import { HaChecks } from 'cdk-ha-ecs';

const app = new App();
flaskSharedFiles(app);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
