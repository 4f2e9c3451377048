import { Validations } from 'aws-cdk-lib';
import { HaChecks } from 'cdk-ha-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { completeLab } from './delivery';
import { appFor } from './locked-account';
import { refusePlaceholders } from './refuse-placeholders';
import { LabSettings } from './settings';

const app = appFor(completeLab);
completeLab(app);
refusePlaceholders(app, new LabSettings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
