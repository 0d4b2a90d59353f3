import { Command } from 'commander';
import { loadCommand } from './gate-load.js';
import { publishCommand } from './gate-publish.js';
import { serveCommand } from './gate-serve.js';
import { verifyCommand } from './gate-verify.js';

/** `cuofeng gate`: the release gate without pages. */
export function gateCommand(): Command {
  return new Command('gate')
    .description('The release gate: tickets that never exceed capacity.')
    .addCommand(serveCommand())
    .addCommand(loadCommand())
    .addCommand(publishCommand())
    .addCommand(verifyCommand());
}
