import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ecsLab } from './lab';

const app = new App();
ecsLab(app);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
