import { ledger } from './0001-ledger.js';
import { access } from './0002-access.js';
import { processes } from './0003-processes.js';
import { webhooks } from './0004-webhooks.js';
import { acting } from './0005-acting.js';
import { tracking } from './0006-tracking.js';
import { scanRetention } from './0007-scan-retention.js';
import { ownParcels } from './0008-own-parcels.js';
import { captures } from './0009-captures.js';
import { warnings } from './0010-warnings.js';
import { analysts } from './0011-analysts.js';
import { planNotes } from './0012-plan-notes.js';
import type { Migration } from './migration.js';

/** In order, numbered from 1 without a gap. */
export const MIGRATIONS: readonly Migration[] = [
  ledger,
  access,
  processes,
  webhooks,
  acting,
  tracking,
  scanRetention,
  ownParcels,
  captures,
  warnings,
  analysts,
  planNotes,
];
