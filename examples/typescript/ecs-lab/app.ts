import { App, Validations } from 'aws-cdk-lib';
import { HaChecks } from 'cdk-ha-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { completeLab } from './delivery';
import { refusePlaceholders } from './refuse-placeholders';
import { LabSettings } from './settings';

const app = new App();
completeLab(app);
refusePlaceholders(app, new LabSettings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
