import { originOf } from './origins';
import { shownPlaces } from './places';
import type { Folders } from './places';
import { SourceLines } from './source-lines';
import type { TemplateModel } from './template-model';

/** Finds the lines on which a construct path of an app is stated: of its program, and of its template. */
export class StatedLines {
  private readonly byPath: ReadonlyMap<string, ReturnType<TemplateModel['all']>[number]>;
  private readonly lines: SourceLines;
  private readonly known = new Map<string, string>();

  public constructor(private readonly model: TemplateModel, private readonly folders: Folders) {
    this.byPath = new Map(model.all().map((resource) => [resource.path, resource]));
    this.lines = new SourceLines(folders.directory);
  }

  /** `lib/shop.ts:31, cdk.out/Shop.template.json:120`, or an empty text. */
  public of(path: string): string {
    const known = this.known.get(path) ?? this.find(path);
    this.known.set(path, known);
    return known;
  }

  private find(path: string): string {
    const resource = this.byPath.get(path) ?? this.byPath.get(`${path}/Resource`);
    const source = resource === undefined ? undefined : this.lines.of(resource);
    return shownPlaces({ madeAt: originOf(this.model.content.origins, path), source }, this.folders).join(', ');
  }
}
