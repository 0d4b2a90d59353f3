import { Alert, Button, Form } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallProblem } from '../api/client.ts';
import './words.ts';
import './forms.css';

interface AskFormProps<Values extends object> {
  /** What the form asks the server to do. */
  readonly label: string;
  readonly initial?: Partial<Values>;
  readonly submit: string;
  readonly isDanger?: boolean;
  /** Asks the server; throws what it refuses. */
  readonly send: (values: Values) => Promise<unknown>;
  readonly done?: () => void;
  readonly cancel?: () => void;
  /** What is wrong with a field that the server refuses, in the reader's language; undefined: as the server says it. */
  readonly faultOf: (field: string) => string | undefined;
  /** Where the server says that things stand otherwise (409). */
  readonly conflict?: string;
  /** `Form.Item`s named as the API names fields. */
  readonly children: ReactNode;
}

/** Asks the server to change something, and says in place what it refuses. */
export function AskForm<Values extends object>(props: AskFormProps<Values>) {
  const { label, initial, submit, isDanger = false, send, done, cancel, faultOf } = props;
  const { t } = useTranslation('forms');
  // The API names its fields, which the form's type does not know.
  const [form] = Form.useForm();
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Error>();
  const ask = async (values: Values) => {
    setBusy(true);
    setRefused(undefined);
    try {
      await send(values);
      form.resetFields();
      done?.();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const faults = faultsOf(error, faultOf);
      form.setFields(faults.map(({ path, text }) => ({ name: path, errors: [text] })));
      if (faults.length === 0) setRefused(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Values>
      form={form}
      className="ask-form"
      layout="vertical"
      aria-label={label}
      {...(initial && { initialValues: initial })}
      onFinish={(values) => void ask(values)}
    >
      {props.children}
      {refused && <Refused error={refused} conflict={props.conflict} />}
      <div className="ask-form-ways">
        <Button type="primary" htmlType="submit" danger={isDanger} loading={isBusy}>
          {submit}
        </Button>
        {cancel && <Button onClick={cancel}>{t('cancel')}</Button>}
      </div>
    </Form>
  );
}

interface FieldFault {
  readonly path: readonly string[];
  readonly text: string;
}

/** What is wrong field by field; `body/login` is told of the form asked for, `login` of what is in it. */
function faultsOf(error: Error, faultOf: (field: string) => string | undefined): FieldFault[] {
  if (!(error instanceof CallProblem)) return [];
  return error.faults.map(({ field: given, text }) => {
    const field = given.replace(/^body\//, '');
    return { path: field.split(/[./]/), text: faultOf(field) ?? text };
  });
}

interface RefusedProps {
  readonly error: Error;
  readonly conflict: string | undefined;
}

/** What is wrong with none of the fields. */
export function Refused({ error, conflict }: RefusedProps) {
  const { t } = useTranslation('forms');
  const { t: frame } = useTranslation('frame');
  const text = () => {
    if (!(error instanceof CallProblem)) return frame('error.unreachable');
    const { status, message } = error;
    if (status === 403) return t('forbidden');
    if (status === 404) return t('gone');
    if (status === 409 && conflict !== undefined) return conflict;
    return frame('error.answer', { detail: message, status });
  };
  return <Alert type="error" showIcon title={text()} />;
}
