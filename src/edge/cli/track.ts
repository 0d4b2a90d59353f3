import { Command } from 'commander';
import { trackLoadCommand } from './track-load.js';
import { trackRestoreCommand } from './track-restore.js';
import { trackRetainCommand } from './track-retain.js';
import { trackServeCommand } from './track-serve.js';
import { trackWorkCommand } from './track-work.js';

/** `cuofeng track`: where parcels are, without pages. */
export function trackCommand(): Command {
  return new Command('track')
    .description('Where every parcel is, and how full every resource is, from scans.')
    .addCommand(trackServeCommand())
    .addCommand(trackWorkCommand())
    .addCommand(trackLoadCommand())
    .addCommand(trackRetainCommand())
    .addCommand(trackRestoreCommand());
}
