import { type FileHandle, open } from 'node:fs/promises';
import type { FileMetaData, SchemaElement } from 'hyparquet';
import { parquetMetadataAsync } from 'hyparquet';
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { compressors } from 'hyparquet-compressors';
import type { ChunkDecoder } from './parquet-pages.js';

/** A Parquet file of flat columns, opened: its metadata, and its column chunks on demand. */
export class ParquetFile {
  private constructor(
    private readonly file: FileHandle,
    private readonly metadata: FileMetaData,
  ) {}

  /** @throws Error where the file is not Parquet or was cut. */
  static async open(path: string): Promise<ParquetFile> {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const slice = (from: number, until = size) => readSlice(file, from, until);
      const metadata = await parquetMetadataAsync({ byteLength: size, slice });
      return new ParquetFile(file, metadata);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  /** Names and types of the columns that are not within others. */
  get columns(): SchemaElement[] {
    const columns: SchemaElement[] = [];
    const { schema } = this.metadata;
    for (let i = 1; i < schema.length; i++) {
      columns.push(schema[i]);
      for (let inside = schema[i].num_children ?? 0; inside > 0; inside--) {
        inside += schema[++i].num_children ?? 0;
      }
    }
    return columns;
  }

  /** Rows of each row group. */
  get groupRows(): number[] {
    return this.metadata.row_groups.map((group) => Number(group.num_rows));
  }

  /** The bytes of a column in a row group, and how to decode them. */
  async readChunk(
    group: number,
    element: SchemaElement,
  ): Promise<{ bytes: ArrayBuffer; decoder: ChunkDecoder }> {
    const { columns } = this.metadata.row_groups[group];
    const column = columns.find((c) => {
      const path = c.meta_data?.path_in_schema;
      return path?.length === 1 && path[0] === element.name;
    });
    const meta = column?.meta_data;
    if (!meta) throw new Error(`a row group lacks the column ${element.name}`);
    const from = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const decoder = {
      pathInSchema: meta.path_in_schema,
      type: meta.type,
      element,
      schemaPath: [this.metadata.schema[0], element].map((of) => ({
        count: 1,
        element: of,
        children: [],
        path: [],
      })),
      codec: meta.codec,
      parsers: { ...DEFAULT_PARSERS, stringFromBytes: keepBytes },
      compressors,
      isNullable: element.repetition_type !== 'REQUIRED',
    };
    const bytes = await readSlice(this.file, from, from + Number(meta.total_compressed_size));
    return { bytes, decoder };
  }
}

/** Text is looked up by its bytes. */
function keepBytes(bytes: Uint8Array): Uint8Array {
  return bytes;
}

async function readSlice(file: FileHandle, from: number, until: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(until - from);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
  if (bytesRead < bytes.length) throw new Error('the file ends before its columns do');
  return bytes.buffer;
}
