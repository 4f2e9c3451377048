import { Validations } from 'aws-cdk-lib';
import { HaChecks } from 'cdk-ha-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { appFor } from './locked-account';
import { refusePlaceholders } from './refuse-placeholders';
import { Settings } from './settings';
import { wordPress } from './wordpress';

const app = appFor(wordPress);
wordPress(app);
refusePlaceholders(app, new Settings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
