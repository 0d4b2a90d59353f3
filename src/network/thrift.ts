/**
 * Thrift's compact protocol, as far as the metadata of a Parquet file needs it
 * (github.com/apache/thrift, doc/specs/thrift-compact-protocol.md).
 */
export type ThriftValue =
  | { readonly i32: number }
  | { readonly i64: number }
  | { readonly text: string }
  | { readonly struct: ThriftStruct }
  | { readonly list: readonly ThriftValue[] };

/** Fields by rising id. */
export type ThriftStruct = readonly (readonly [id: number, value: ThriftValue])[];

/** The bytes of a struct, stop field included. Integers are non-negative and below 2^53. */
export function thriftBytes(struct: ThriftStruct): Uint8Array {
  const out: number[] = [];
  putStruct(out, struct);
  return Uint8Array.from(out);
}

function typeCode(value: ThriftValue): number {
  if ('i32' in value) return 5;
  if ('i64' in value) return 6;
  if ('text' in value) return 8;
  return 'list' in value ? 9 : 12;
}

function putStruct(out: number[], struct: ThriftStruct): void {
  let previous = 0;
  for (const [id, value] of struct) {
    out.push(((id - previous) << 4) | typeCode(value));
    putValue(out, value);
    previous = id;
  }
  out.push(0);
}

function putValue(out: number[], value: ThriftValue): void {
  if ('i32' in value) putVarint(out, value.i32 * 2);
  else if ('i64' in value) putVarint(out, value.i64 * 2);
  else if ('text' in value) putText(out, value.text);
  else if ('struct' in value) putStruct(out, value.struct);
  else putList(out, value.list);
}

function putText(out: number[], text: string): void {
  const bytes = new TextEncoder().encode(text);
  putVarint(out, bytes.length);
  out.push(...bytes);
}

function putList(out: number[], list: readonly ThriftValue[]): void {
  const code = list.length === 0 ? 12 : typeCode(list[0]);
  if (list.length < 15) {
    out.push((list.length << 4) | code);
  } else {
    out.push(0xf0 | code);
    putVarint(out, list.length);
  }
  for (const value of list) putValue(out, value);
}

function putVarint(out: number[], value: number): void {
  while (value >= 128) {
    out.push((value % 128) + 128);
    value = Math.floor(value / 128);
  }
  out.push(value);
}
