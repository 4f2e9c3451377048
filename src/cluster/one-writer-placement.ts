/**
 * Where in a cluster of instances a task runs that alone writes to its files, such as the server of an `EfsBackedMysqlService`.
 */
export enum OneWriterPlacement {
  /**
   * On Fargate, in the same cluster and network. Nothing that happens to the instances stops it: no scale-in, no renewal, no deployment of
   * another service. A task of 0.5 vCPU and 2 GiB costs about 21 USD a month there (us-east-1, 2026).
   *
   * AWS still retires Fargate tasks for security updates, with a notice in AWS Health days before, at a time that can be chosen.
   */
  FARGATE = 'FARGATE',

  /**
   * On the instances, beside all other tasks. Scale-in and the renewal of instances stop it without notice, unless the instances are protected.
   */
  INSTANCES = 'INSTANCES',
}
