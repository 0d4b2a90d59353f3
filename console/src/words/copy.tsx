import { Button } from 'antd';
import { useState } from 'react';

interface CopyProps {
  readonly text: string;
  readonly label: string;
  /** Said once it is done. */
  readonly done: string;
}

/** Puts a text where it can be pasted from. */
export function Copy({ text, label, done }: CopyProps) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
  };
  return (
    <Button size="small" onClick={() => void copy()} aria-live="polite">
      {isDone ? done : label}
    </Button>
  );
}
