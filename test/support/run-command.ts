import type { Command } from 'commander';
import { vi } from 'vitest';

/** Runs a command in this process and takes what it prints and the exit code it asks for. */
export async function runCommand(
  command: Command,
  args: readonly string[],
): Promise<{ text: string; code: unknown }> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  const before = process.exitCode;
  try {
    process.exitCode = 0;
    await command.parseAsync(args, { from: 'user' });
    return { text, code: process.exitCode };
  } finally {
    process.exitCode = before;
    write.mockRestore();
  }
}
