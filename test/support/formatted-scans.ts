import * as fc from 'fast-check';
import { REASON_CODES } from '../../src/edge/track/attributes.js';
import { EpcisCodes } from '../../src/edge/track/epcis/codes.js';
import { CONTEXT } from '../../src/edge/track/epcis/documents.js';
import { resourceUri, waybillUri } from '../../src/edge/track/epcis/uris.js';
import { codeTable } from '../../src/edge/track/formats/scan-row.js';
import { KINDS, type Kind } from '../../src/track/scans.js';

/** Scans in each of the formats that they come in, written by code of its own. */

export const RESOURCES = ['杭州', '金华', 'YTO/HZ 1', 'urn:epc:id:sgln:9521321.00001.0'];
export const OPERATOR = 'yto';

export interface SomeScan {
  readonly operator: string;
  readonly parcel: string;
  readonly kind: Kind;
  readonly resource: string;
  readonly at: number;
  readonly to?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

const UUID = '0f6f3c1e-2222-4333-8444-555566667777';
const flag = fc.option(fc.boolean(), { nil: undefined });
const some = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });

/** Scans without fault, of every kind and attribute; of a world's operator, resources and time. */
export function scansOf(
  operator: string,
  resources: readonly string[],
  [min, max]: readonly [number, number],
): fc.Arbitrary<SomeScan> {
  return fc
    .record({
      kind: fc.constantFrom(...KINDS),
      parcel: fc.oneof(
        fc.stringMatching(/^[!-~]{1,20}$/),
        fc.constantFrom('YT1', '"', 'a,b', 'urn:epc:id:sscc:0614141.1234567890'),
      ),
      resource: fc.constantFrom(...resources),
      to: fc.option(fc.constantFrom(...resources), { nil: undefined }),
      at: fc.integer({ min, max }),
      consent: some(UUID),
      reason: fc.option(fc.constantFrom(...REASON_CODES), { nil: undefined }),
      realName: flag,
      inspected: flag,
      screened: flag,
      weightGrams: fc.option(fc.nat(90_000), { nil: undefined }),
      pieces: fc.option(fc.nat(90), { nil: undefined }),
    })
    .map(({ kind, parcel, resource, to, at, consent, reason, ...rest }) => {
      const given = {
        ...rest,
        consent: kind === 'placed' ? consent : undefined,
        reason: kind === 'exception' ? reason : undefined,
      };
      const attributes = Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      );
      return {
        operator,
        parcel,
        kind,
        resource,
        at,
        ...(kind === 'departed' && to !== undefined && { to }),
        ...(Object.keys(attributes).length > 0 && { attributes }),
      };
    });
}

export const someScan = scansOf(OPERATOR, RESOURCES, [1_604_000_000_000, 1_606_000_000_000]);

export function asNdjson(scans: readonly SomeScan[]): string {
  return scans.map((scan) => JSON.stringify(scan)).join('\n');
}

export function asCsv(scans: readonly SomeScan[]): string {
  const header =
    'at,operator,kind,parcel,resource,to,weightGrams,realName,inspected,screened,consent,reason,pieces'.split(
      ',',
    );
  return tableOf(
    header,
    scans.map((scan) => ({ ...scan, ...scan.attributes })),
  );
}

/** Of scans that the list has a code for. */
export function asKuaidi100(scans: readonly SomeScan[]): string {
  const header =
    'operator,parcel,state,substate,resource,at,weightGrams,realName,inspected,screened,consent,pieces'.split(
      ',',
    );
  const rows = scans.map((scan) => {
    const [state, substate] = (kuaidi100Of(scan) ?? '').split(' ');
    return { ...scan, ...scan.attributes, state, substate, to: undefined };
  });
  return tableOf(header, rows);
}

const table = codeTable('kuaidi100');

/** `state substate` of a scan; undefined where there is none. */
export function kuaidi100Of({ kind, attributes }: SomeScan): string | undefined {
  return table.list().find((code) => {
    const [state, substate] = code.split(' ');
    const coded = table.find(state, substate);
    return coded?.kind === kind && coded.reason === attributes?.reason;
  });
}

function tableOf(header: readonly string[], rows: readonly object[]): string {
  const lines = rows.map((row) => {
    const cells = new Map<string, string | number | boolean | undefined>(Object.entries(row));
    return header.map((name) => cell(cells.get(name))).join(',');
  });
  return [header.join(','), ...lines, ''].join('\r\n');
}

function cell(value: string | number | boolean | undefined): string {
  const text = value === undefined ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const codes = new EpcisCodes();

/** An event of a scan, or of several that differ in their parcel only. */
export function eventOf(scans: readonly SomeScan[], type = 'ObjectEvent'): object {
  const [{ kind, resource, to, at, attributes }] = scans;
  const { reason, ...rest } = attributes ?? {};
  const code = codes.tell(kind, typeof reason === 'string' ? reason : '');
  const own = code.reason === '' ? (attributes ?? {}) : rest;
  const epcs = scans.map(({ parcel }) => waybillUri(parcel));
  return {
    type,
    eventTime: new Date(at + 8 * 3_600_000).toISOString().replace('Z', '+08:00'),
    eventTimeZoneOffset: '+08:00',
    ...(type === 'ObjectEvent'
      ? { epcList: epcs }
      : { parentID: 'urn:cuofeng:bag:1', childEPCs: epcs }),
    action: type === 'ObjectEvent' ? code.action : 'OBSERVE',
    bizStep: code.bizStep,
    disposition: code.disposition,
    readPoint: { id: resourceUri(resource) },
    ...(code.stays && { bizLocation: { id: resourceUri(resource) } }),
    ...(to !== undefined && {
      destinationList: [{ type: 'location', destination: resourceUri(to) }],
    }),
    ...(Object.keys(own).length > 0 && { 'cuofeng:attributes': own }),
  };
}

export function asEpcis(events: readonly object[]): object {
  return {
    '@context': [CONTEXT, { cuofeng: 'urn:cuofeng:epcis:' }],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2020-11-11T00:00:00+08:00',
    epcisBody: { eventList: events },
  };
}
