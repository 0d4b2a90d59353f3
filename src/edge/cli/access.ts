import { Command } from 'commander';
import { accountCommand } from './access-account.js';
import { keyCommand } from './access-key.js';
import { organisationCommand } from './access-organisation.js';

/** `cuofeng access …`. */
export function accessCommand(): Command {
  return new Command('access')
    .description(
      'Organisations, their people and keys, for whoever has the machine: the first ones, and what ' +
        'nobody else may do. All of it is in the audit log.',
    )
    .addCommand(organisationCommand())
    .addCommand(keyCommand())
    .addCommand(accountCommand());
}
