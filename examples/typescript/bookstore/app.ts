import { App, Validations } from 'aws-cdk-lib';
import { HaChecks } from 'cdk-ha-ecs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bookstore } from './bookstore';
import { refusePlaceholders } from './refuse-placeholders';
import { BookstoreSettings } from './settings';

const app = new App();
bookstore(app);
refusePlaceholders(app, new BookstoreSettings(app.node).placeholders);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
