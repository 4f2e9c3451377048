/** Where the project lives: the only place in `src` that says so outside documentation. */
const REPOSITORY = 'https://github.com/cdk-ha-ecs/cdk-ha-ecs';

/** The address of a page of `docs`, for a message: the package holds no page that a path could name. */
export function docsUrl(page: string): string {
  return `${REPOSITORY}/blob/main/docs/${page}`;
}
