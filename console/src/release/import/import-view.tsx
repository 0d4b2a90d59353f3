import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SUMMARY, TICKETS, usePlaceSums } from '../../api/release.ts';
import { useViewer } from '../../frame/session.tsx';
import { followWork } from '../../frame/work.ts';
import { ChooseFile } from './choose-file.tsx';
import { FaultList } from './fault-list.tsx';
import { knownNames } from './known-names.ts';
import type { CheckedFile } from './orders.ts';
import { Preview } from './preview.tsx';
import { Progress } from './progress.tsx';
import { Results } from './results.tsx';
import { forget, resume, send, sendingOf, stop, useSending } from './sending.ts';
import './words.ts';
import './import.css';

/** Orders from a file: chosen, checked whole, looked at, sent, and what became of each. */
export default function ImportView() {
  const { t } = useTranslation('import');
  const viewer = useViewer();
  const queries = useQueryClient();
  const sending = useSending(viewer);
  const [file, setFile] = useState<{ readonly name: string; readonly checked: CheckedFile }>();
  const follow = () => followWork('import', async () => workOf());
  const workOf = () => {
    const now = sendingOf(viewer);
    if (now?.state !== 'sending') return [];
    const share = now.results.length / now.orders.length;
    const name = t('send.work', { file: now.file });
    return [{ id: 'import', name, share, page: 'release', chosen: { view: 'import' } }];
  };
  const onEnd = () => {
    void queries.invalidateQueries({ queryKey: [TICKETS] });
    void queries.invalidateQueries({ queryKey: [SUMMARY] });
  };
  const begin = (name: string, { orders }: CheckedFile) => {
    setFile(undefined);
    void send(viewer, name, orders, onEnd);
    follow();
  };
  if (sending && sending.state !== 'done') {
    return (
      <Progress
        sending={sending}
        onStop={() => stop(viewer)}
        onResume={() => {
          void resume(viewer, onEnd);
          follow();
        }}
      />
    );
  }
  if (sending) return <Results sending={sending} onAnother={() => forget(viewer)} />;
  const isSound = file?.checked.faultCount === 0;
  return (
    <>
      {file && isSound && (
        <Preview
          name={file.name}
          checked={file.checked}
          onSend={() => begin(file.name, file.checked)}
          onOther={() => setFile(undefined)}
        />
      )}
      {file && !isSound && <FaultList name={file.name} checked={file.checked} />}
      {!isSound && <Choose onRead={(name, checked) => setFile({ name, checked })} />}
    </>
  );
}

function Choose({ onRead }: { onRead: (name: string, checked: CheckedFile) => void }) {
  const { operators, places } = useSeasonNames();
  const [reading, setReading] = useState<string>();
  const read = async (chosen: File) => {
    setReading(chosen.name);
    const [{ readFile }, { checkFile }] = await Promise.all([
      import('./read-file.ts'),
      import('./check-file.ts'),
    ]);
    const rows = await readFile(new Uint8Array(await chosen.slice(0, READ_MOST).arrayBuffer()));
    onRead(chosen.name, checkFile(rows, knownNames(operators, places)));
    setReading(undefined);
  };
  useEffect(() => ignoreStrayDrops(), []);
  return (
    <ChooseFile reading={reading} onFile={(chosen) => void read(chosen)} operators={operators} />
  );
}

/** Enough to see that a file is too large. */
const READ_MOST = 8 * 2 ** 20 + 1;

/** Operators and places that this season's shares and tickets name. */
function useSeasonNames() {
  const origins = usePlaceSums('origin').data?.rows;
  const destinations = usePlaceSums('destination').data?.rows;
  return useMemo(() => {
    const rows = [...(origins ?? []), ...(destinations ?? [])];
    const operators = [...new Set(rows.map(({ operator }) => operator))];
    const places = new Set(rows.map(({ origin, destination }) => origin ?? destination ?? ''));
    return { operators, places };
  }, [origins, destinations]);
}

function ignore(event: DragEvent): void {
  event.preventDefault();
}

/** A file dropped beside its place would be opened in place of the page. */
function ignoreStrayDrops(): () => void {
  window.addEventListener('dragover', ignore);
  window.addEventListener('drop', ignore);
  return () => {
    window.removeEventListener('dragover', ignore);
    window.removeEventListener('drop', ignore);
  };
}
