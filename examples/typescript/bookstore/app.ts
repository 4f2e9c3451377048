import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { bookstore } from './bookstore';
import { HaChecks } from 'cdk-ha-ecs';

const app = new App();
bookstore(app);
Validations.of(app).addPlugins(new HaChecks(app), new AwsSolutionsChecks(app));
app.synth();
