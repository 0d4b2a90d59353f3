import { Command } from 'commander';
import { sendCommand } from './scans-send.js';

/** `cuofeng scans`. */
export function scansCommand(): Command {
  return new Command('scans').description('Scans of files.').addCommand(sendCommand());
}
