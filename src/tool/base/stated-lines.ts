import type { App } from './app';
import { shownPlaces } from './places';
import { SourceLines } from '../../checks/source-lines';
import { originOf } from '../../template/origins';
import type { Resource } from '../../template/resource';

/** Finds the lines on which a construct path of an app is stated: of its program, and of its template. */
export class StatedLines {
  private readonly byPath: ReadonlyMap<string, Resource>;
  private readonly lines: SourceLines;

  public constructor(private readonly app: App, resources: readonly Resource[], private readonly workingDirectory: string) {
    this.byPath = new Map(resources.map((resource) => [resource.path, resource]));
    this.lines = new SourceLines(app.directory);
  }

  /** `lib/shop.ts:31, cdk.out/Shop.template.json:120`, or an empty text. */
  public of(path: string): string {
    const resource = this.byPath.get(path) ?? this.byPath.get(`${path}/Resource`);
    const source = resource === undefined ? undefined : this.lines.of(resource);
    const { directory } = this.app;
    return shownPlaces({ madeAt: originOf(this.app.content.origins, path), source }, { directory, workingDirectory: this.workingDirectory }).join(', ');
  }
}
