import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ecsAutoscaling } from './services';
import { refusePlaceholders } from './refuse-placeholders';
import { Settings } from './settings';
import { HaChecks } from 'cdk-ha-ecs';

const app = new App();
ecsAutoscaling(app);
refusePlaceholders(app, new Settings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
