import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ReasonBoxProps {
  /** What will happen. */
  readonly text: string;
  readonly confirm: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onConfirm: (reason: string) => void;
  readonly onLeave: () => void;
}

/** Asks for a reason before something is done that concerns everybody. */
export function ReasonBox({ text, confirm, busy, error, onConfirm, onLeave }: ReasonBoxProps) {
  const { t } = useTranslation('plan');
  const [reason, setReason] = useState('');
  const said = reason.trim();
  return (
    <form
      className="reason-box"
      onSubmit={(event) => {
        event.preventDefault();
        if (said !== '') onConfirm(said);
      }}
    >
      <p>{text}</p>
      <label>
        <span>{t('reason.label')}</span>
        <Input
          value={reason}
          maxLength={200}
          placeholder={t('reason.hint')}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {error && (
        <Alert type="error" showIcon title={t('reason.refused')} description={error.message} />
      )}
      <div className="reason-acts">
        <Button type="primary" htmlType="submit" loading={busy} disabled={said === ''}>
          {confirm}
        </Button>
        <Button onClick={onLeave}>{t('reason.leave')}</Button>
      </div>
    </form>
  );
}
