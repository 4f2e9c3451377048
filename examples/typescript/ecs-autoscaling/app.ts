import { App, Validations } from 'aws-cdk-lib';
import { HaChecks } from 'cdk-ha-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { refusePlaceholders } from './refuse-placeholders';
import { ecsAutoscaling } from './services';
import { Settings } from './settings';

const app = new App();
ecsAutoscaling(app);
refusePlaceholders(app, new Settings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
