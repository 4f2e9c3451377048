import { BALANCED } from './balanced';
import { DATA } from './data';
import { FARGATE } from './fargate';
import { INSTANCES } from './instances';
import { NAMES } from './names';
import { NETWORKS } from './networks';
import { OWN } from './own';
import type { AppProgram, StackProgram } from './program';
import { STAGED } from './staged';
import { UNUSUAL } from './unusual';

/** Programs in one stack. */
export const CORRECT_STACKS: Record<string, StackProgram> = {
  ...BALANCED, ...DATA, ...FARGATE, ...INSTANCES, ...NAMES, ...NETWORKS, ...OWN, ...UNUSUAL,
};

/** Programs of several stacks or stages. */
export const CORRECT_APPS: Record<string, AppProgram> = STAGED;
