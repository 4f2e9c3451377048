interface TemplateJson {
  readonly Resources?: Record<string, { readonly DependsOn?: string | string[] }>;
}

/** The resources of a circle, or undefined where CloudFormation finds an order. */
export function dependencyCycle({ Resources = {} }: TemplateJson): string[] | undefined {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (id: string): string[] | undefined => {
    if (path.includes(id)) return [...path.slice(path.indexOf(id)), id];
    if (done.has(id) || Resources[id] === undefined) return undefined;
    path.push(id);
    for (const next of [...[Resources[id].DependsOn ?? []].flat(), ...referencesIn(Resources[id])]) {
      const cycle = next === id ? undefined : visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(id);
    return undefined;
  };
  return Object.keys(Resources).map((id) => visit(id)).find((cycle) => cycle !== undefined);
}

function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => referencesIn(each));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    if (key === 'Ref') return [String(each)];
    if (key === 'Fn::GetAtt') return [String(Array.isArray(each) ? each[0] : each).split('.')[0]];
    if (key === 'Fn::Sub') return [...JSON.stringify(each).matchAll(/\$\{([A-Za-z0-9]+)/g)].map(([, id]) => id);
    return referencesIn(each);
  });
}
