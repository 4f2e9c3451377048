import type { ISharedFiles } from '../storage/shared-files';

/**
 * A shared file system, and where the application's container sees it.
 */
export interface WebAppSharedFiles {
  /** The file system. All tasks see the same files. */
  readonly files: ISharedFiles;

  /** The absolute path of the directory in the container: one that the image does not have, or that belongs to the owner of the files. */
  readonly containerPath: string;

  /**
   * Whether the application may only read.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}
