import { type ClipboardEvent, type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Scroll } from '../frame/scroll.tsx';
import { useShownSeason } from '../words/season.tsx';
import { type PlacedCell, parseBlock, placeBlock } from './block.ts';
import { Declare } from './declare.tsx';
import { cellKey, type Edits, type Resource, readEdits } from './edits.ts';
import { parseParcels } from './parse-parcels.ts';

interface GridProps {
  readonly resources: readonly Resource[];
  /** The first slot. */
  readonly from: number;
  readonly mayEdit: boolean;
}

/** Resources by slots. What is typed or pasted is kept here until it is declared or discarded. */
export function CapacityGrid({ resources, from, mayEdit }: GridProps) {
  const { t } = useTranslation('pace');
  const { format, resource: nameOf } = useShownSeason();
  const [edits, setEdits] = useState<Edits>(new Map());
  const [outside, setOutside] = useState<readonly PlacedCell[]>([]);
  const table = useRef<HTMLTableElement>(null);
  const slots = resources[0].inForce.map((_, i) => from + i);
  const edit = (cells: readonly { key: string; text: string }[]) =>
    setEdits(
      (before) => new Map([...before, ...cells.map(({ key, text }) => [key, text] as const)]),
    );
  const paste = (row: number, column: number, event: ClipboardEvent) => {
    event.preventDefault();
    const block = parseBlock(event.clipboardData.getData('text/plain'));
    const size = { rows: resources.length, columns: slots.length };
    const placed = placeBlock(block, { row, column }, size);
    setOutside(placed.outside);
    edit(
      placed.inside.map(({ row: r, column: c, text }) => ({
        key: cellKey(resources[r].id, slots[c]),
        text: plainText(text),
      })),
    );
  };
  const move = (row: number, column: number) => {
    const cell = table.current?.querySelector<HTMLInputElement>(`[data-cell="${row} ${column}"]`);
    cell?.focus();
    cell?.select();
    return cell !== null && cell !== undefined;
  };
  const clear = () => {
    setEdits(new Map());
    setOutside([]);
  };
  return (
    <>
      <Legend />
      <Scroll label={t('grid.title')}>
        <table className="table pace-grid" ref={table}>
          <thead>
            <tr>
              <th scope="col">{t('grid.resource')}</th>
              {slots.map((slot) => (
                <th key={slot} scope="col">
                  <SlotHead slot={slot} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {resources.map((resource, row) => (
              <tr key={resource.id}>
                <th scope="row">{nameOf(resource)}</th>
                {slots.map((slot, column) => {
                  const key = cellKey(resource.id, slot);
                  return (
                    <Cell
                      key={slot}
                      place={`${row} ${column}`}
                      name={t('grid.cell', {
                        resource: nameOf(resource),
                        time: format.slotTime(slot),
                        licensed: format.exact(resource.licensed[column]),
                      })}
                      licensed={resource.licensed[column]}
                      inForce={resource.inForce[column]}
                      waiting={resource.waiting[column]}
                      text={edits.get(key)}
                      mayEdit={mayEdit}
                      onText={(text) => edit([{ key, text }])}
                      onPaste={(event) => paste(row, column, event)}
                      onMove={(down, right) => move(row + down, column + right)}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {mayEdit && (
        <Declare
          read={readEdits(resources, from, edits)}
          outside={outside}
          nameOf={(id) => {
            const resource = resources.find((each) => each.id === id);
            return resource ? nameOf(resource) : id;
          }}
          clear={clear}
        />
      )}
    </>
  );
}

/** A number as it was understood; what is none as it was. */
function plainText(text: string): string {
  const parsed = parseParcels(text);
  return parsed.kind === 'parcels' ? String(parsed.parcels) : text;
}

function SlotHead({ slot }: { slot: number }) {
  const { format } = useShownSeason();
  return (
    <>
      {format.slotDate(slot)}
      <br />
      {format.slotClock(slot)}
    </>
  );
}

interface CellProps {
  readonly place: string;
  readonly name: string;
  readonly licensed: number;
  readonly inForce: number;
  readonly waiting: number | null;
  /** As typed or pasted. */
  readonly text: string | undefined;
  readonly mayEdit: boolean;
  readonly onText: (text: string) => void;
  readonly onPaste: (event: ClipboardEvent) => void;
  /** Whether there is a cell there. */
  readonly onMove: (down: number, right: number) => boolean;
}

function Cell(props: CellProps) {
  const { place, name, licensed, inForce, waiting, text, mayEdit, onText, onPaste } = props;
  const { t } = useTranslation('pace');
  const { format } = useShownSeason();
  const parsed = text === undefined ? undefined : parseParcels(text);
  const isFault = parsed?.kind === 'fault';
  const isChanged = parsed?.kind === 'parcels' && parsed.parcels !== inForce;
  const isOver = parsed?.kind === 'parcels' && isChanged && parsed.parcels > licensed;
  const look = isFault ? 'fault' : isOver ? 'over-licensed' : isChanged ? 'changed' : 'same';
  return (
    <td className={`pace-cell ${look}`}>
      {mayEdit ? (
        <input
          data-cell={place}
          aria-label={name}
          aria-invalid={isFault}
          inputMode="numeric"
          value={text ?? String(inForce)}
          onChange={({ target }) => onText(target.value)}
          onPaste={onPaste}
          onKeyDown={(event) => moveBy(event, props.onMove)}
        />
      ) : (
        format.exact(inForce)
      )}
      {inForce !== licensed && <small>{t('grid.licensed', { n: format.exact(licensed) })}</small>}
      {waiting !== null && (
        <small className="pace-waiting">{t('grid.waiting', { n: format.exact(waiting) })}</small>
      )}
    </td>
  );
}

const MOVES: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  Enter: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Up and down always; left and right from the ends of the text, or where all of it is selected. */
function moveBy(event: KeyboardEvent<HTMLInputElement>, go: CellProps['onMove']): void {
  const move = MOVES[event.key];
  if (!move || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { selectionStart, selectionEnd, value } = event.currentTarget;
  const isAll = selectionStart === 0 && selectionEnd === value.length;
  const isAtStart = selectionEnd === 0;
  const isAtEnd = selectionStart === value.length;
  const [down, right] = move;
  if (right < 0 && !isAll && !isAtStart) return;
  if (right > 0 && !isAll && !isAtEnd) return;
  if (go(down, right)) event.preventDefault();
}

function Legend() {
  const { t } = useTranslation('pace');
  return (
    <div className="legend">
      {(['changed', 'over-licensed', 'fault', 'waiting'] as const).map((look) => (
        <span key={look} className="legend-step">
          <i className={`box pace-look ${look}`} />
          {t(LOOKS[look])}
        </span>
      ))}
    </div>
  );
}

const LOOKS = {
  changed: 'legend.changed',
  'over-licensed': 'legend.over',
  fault: 'legend.fault',
  waiting: 'legend.waiting',
} as const;
