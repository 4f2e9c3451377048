import { endsInLatest, isFloatingImage } from '../../../src/private/aws/image-reference';

test.each(['mysql', 'mysql:latest', 'localhost:5000/mysql', 'registry:5000/team/mysql:latest', 'mysql:', 'public.ecr.aws/docker/library/mysql', ''])('%p may be another image tomorrow', (reference) => {
  expect(isFloatingImage(reference)).toBe(true);
});

test.each(['mysql:8.4', 'localhost:5000/mysql:8.4', 'mysql@sha256:0123', 'mysql:latest@sha256:0123', 'mysql:latest-lts', 'mysql:not-latest'])('%s stays what it is', (reference) => {
  expect(isFloatingImage(reference)).toBe(false);
});

test.each([[':latest', true], ['/app:latest', true], [':1.2', false], ['latest', false]])('an end %p is the tag latest: %p', (end, answer) => {
  expect(endsInLatest(end)).toBe(answer);
});
