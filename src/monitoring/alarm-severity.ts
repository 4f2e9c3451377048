/**
 * How soon somebody has to look.
 */
export enum AlarmSeverity {
  /** Now, at any hour: visitors notice. */
  PAGE = 'page',

  /** In working hours: it will become an outage, or was one that is over. */
  TICKET = 'ticket',
}
