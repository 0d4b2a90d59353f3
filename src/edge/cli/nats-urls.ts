import { InvalidArgumentError } from 'commander';

/** `nats://host:port` or `tls://…`, several with commas; a user and a password may stand before the host. */
export function parseNatsUrls(text: string): string[] {
  const urls = text.split(',').map((url) => url.trim());
  for (const url of urls) {
    const { protocol, hostname } = URL.canParse(url)
      ? new URL(url)
      : { protocol: '', hostname: '' };
    if (!['nats:', 'tls:'].includes(protocol) || hostname === '') {
      throw new InvalidArgumentError('Addresses as nats://host:4222, several with commas.');
    }
  }
  return urls;
}
