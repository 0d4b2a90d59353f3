import type { Names } from '../../network/names.js';

/** Numbers of the names that scans use. */
export interface ScanNames {
  readonly operators: Names;
  readonly resources: Names;
}
