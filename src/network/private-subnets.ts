export { privateSubnets } from '../private/private-subnets';
