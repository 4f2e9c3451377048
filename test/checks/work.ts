import { Session } from 'inspector';
import { join, resolve, sep } from 'path';

const SOURCE = join(resolve(__dirname, '..', '..'), 'src') + sep;

interface ScriptCoverage {
  readonly url: string;
  readonly functions: ReadonlyArray<{ readonly ranges: ReadonlyArray<{ readonly count: number }> }>;
}

/** How often the functions and blocks of `src` are run by an act, as V8 counts them: the same on every machine, however busy it is. */
export function workOf(act: () => void): number {
  const session = new Session();
  session.connect();
  try {
    session.post('Profiler.enable');
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    act();
    let work = 0;
    session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error !== null) throw error;
      work = sum(((taken as { result: ScriptCoverage[] }).result).filter(({ url }) => url.replace(/^file:\/\//, '').startsWith(SOURCE)));
    });
    return work;
  } finally {
    session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

function sum(scripts: readonly ScriptCoverage[]): number {
  return scripts.flatMap(({ functions }) => functions).flatMap(({ ranges }) => ranges).reduce((total, { count }) => total + count, 0);
}
