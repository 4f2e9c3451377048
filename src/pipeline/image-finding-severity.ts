/**
 * How bad a finding of the image scan is.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-basic.html
 */
export enum ImageFindingSeverity {
  /** Known to be exploited or exploitable with ease. */
  CRITICAL = 'CRITICAL',

  /** Serious. */
  HIGH = 'HIGH',

  /** To be mended in time. */
  MEDIUM = 'MEDIUM',

  /** As bad as nothing: findings are there to be read, and none holds an image up. */
  NONE = 'NONE',
}

/** The severity and all that are worse; none for NONE. */
export function fromSeverity(severity: ImageFindingSeverity): ImageFindingSeverity[] {
  const worstFirst = [ImageFindingSeverity.CRITICAL, ImageFindingSeverity.HIGH, ImageFindingSeverity.MEDIUM];
  return worstFirst.slice(0, worstFirst.indexOf(severity) + 1);
}
