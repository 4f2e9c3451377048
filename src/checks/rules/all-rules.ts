import { CONTAINERS_DATA_AND_OPERATIONS } from './containers-data-and-operations';
import { PERMISSIONS_AND_FRONT_DOOR } from './permissions-and-front-door';
import { REACHABILITY_AND_PLACEMENT } from './reachability-and-placement';
import type { Rule } from './rule';

/** Every rule, in the order of the catalogue. */
export const ALL_RULES: readonly Rule[] = [...REACHABILITY_AND_PLACEMENT, ...PERMISSIONS_AND_FRONT_DOOR, ...CONTAINERS_DATA_AND_OPERATIONS];
