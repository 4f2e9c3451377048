import { Validations } from 'aws-cdk-lib';
import { HaChecks } from 'cdk-ha-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { flaskSharedFiles } from './flask';
import { appFor } from './locked-account';
import { refusePlaceholders } from './refuse-placeholders';
import { FlaskSettings } from './settings';

const app = appFor(flaskSharedFiles);
flaskSharedFiles(app);
refusePlaceholders(app, new FlaskSettings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
