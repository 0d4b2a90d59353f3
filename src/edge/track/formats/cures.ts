/** What mends a scan that was quarantined, by the code of what is wrong. */
const CURES: Readonly<Record<string, string>> = {
  malformed: 'Write one scan a line, as an object.',
  'missing-field': 'Give each scan the field.',
  'invalid-field': 'Write it in the form that is said.',
  'unknown-field': 'Leave out what a scan does not have.',
  'unknown-operator': 'Name the operator whose key it is sent with.',
  'unknown-kind': 'Use a kind of docs/spec/tracking.md.',
  'unknown-resource': 'Name a resource of the season that the key’s office is in charge of.',
  'unknown-code': 'Use a code of the list (data/scans); a new one is added there, not guessed.',
  'not-a-scan': 'Leave the row out: it says neither arrival nor departure nor any other scan.',
  future: 'Set the clock that stamped it right.',
  'out-of-season': 'Send it to the season that it is of.',
  conflict: 'Nothing: another content of the same scan counts.',
};

export function cureOf(code: string): string {
  return CURES[code] ?? 'Mend what is said, and send it again.';
}
