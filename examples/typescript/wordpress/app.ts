import { App, Validations } from 'aws-cdk-lib';
import { HaChecks } from 'cdk-ha-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { refusePlaceholders } from './refuse-placeholders';
import { Settings } from './settings';
import { wordPress } from './wordpress';

const app = new App();
wordPress(app);
refusePlaceholders(app, new Settings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
