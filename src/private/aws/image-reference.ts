/**
 * True for the reference of a container image that may stand for another image tomorrow: the tag `latest`, or neither tag nor digest.
 *
 * Of a reference that begins with something unknown, such as the address of a repository, the known end decides.
 */
export function isFloatingImage(reference: string): boolean {
  const lastPart = reference.slice(reference.lastIndexOf('/') + 1);
  return reference.endsWith(':latest') || !/[:@]./.test(lastPart);
}

/** True where the end of a reference, whatever stands before it, is the tag `latest`. */
export function endsInLatest(end: string): boolean {
  return end.endsWith(':latest');
}
