import { zoneLossRule } from './zone-loss-rule';

export const oneZoneFileSystem = zoneLossRule({
  id: 'one-zone-file-system',
  severity: 'warning',
  says: 'The file system has a mount target in one zone only, or keeps its data in one zone.',
  change: 'Make a mount target in each zone where tasks run. Without AvailabilityZoneName a file system is another, empty one: copy its data first.',
});
