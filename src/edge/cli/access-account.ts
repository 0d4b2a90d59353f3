import { Command } from 'commander';
import { addAccount } from '../access/accounts.js';
import { newPassword } from '../access/passwords.js';
import type { Role } from '../access/principal.js';
import { roleOption } from './access-key.js';
import { dataOption } from './store.js';
import { withDatabase } from './with-database.js';

interface AddFlags {
  readonly role: Role;
  readonly subject?: string;
  readonly data: string;
}

/** `cuofeng access account …`. */
export function accountCommand(): Command {
  return new Command('account').description('People of organisations.').addCommand(addCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description(
      'Add a person. A password is made, shown now and never again; who signs in at the ' +
        "organisation's own provider has none.",
    )
    .argument('<organisation>')
    .argument(
      '<login>',
      'a part and a number, as duty-1: never a name, telephone or identity number',
    )
    .addOption(roleOption())
    .option('--subject <text>', "by which the organisation's provider knows the person")
    .addOption(dataOption())
    .action(async (organisation: string, login: string, { role, subject, data }: AddFlags) => {
      const password = newPassword();
      const way = subject === undefined ? { password } : { subject };
      await withDatabase(data, (database) =>
        addAccount(database, 'command-line', organisation, { login, role, ...way }, Date.now()),
      );
      process.stdout.write(`${organisation} ${login}\n`);
      if (subject === undefined) process.stdout.write(`${password}\n`);
    });
}
