/**
 * How private subnets reach the internet.
 */
export enum NatMode {
  /**
   * One NAT gateway in each zone: the loss of a zone takes only that zone's way out.
   */
  PER_AZ = 'PER_AZ',

  /**
   * One NAT gateway in one zone, for labs: cheap, but the loss of that zone takes the way out of all.
   */
  SINGLE = 'SINGLE',

  /**
   * One regional NAT gateway, which AWS keeps in every zone that has instances or tasks. A zone used for the first time can
   * take up to an hour before its traffic leaves from the zone itself.
   *
   * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
   */
  REGIONAL = 'REGIONAL',

  /**
   * No NAT gateway: private subnets are isolated and reach AWS services through endpoints only.
   */
  NONE = 'NONE',
}
