import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Credentials } from '../../../src/client/api.ts';
import { CallProblem } from '../api/client.ts';
import { Demonstration } from './demonstration.tsx';
import { expectSession, useSession } from './session.tsx';

/** Stands in the place of a page that asks for somebody; after it the page is there. */
export default function SignIn() {
  const { t } = useTranslation('frame');
  const { signIn } = useSession();
  const [fault, setFault] = useState<'wrong' | 'later' | 'unreachable'>();
  const [isBusy, setBusy] = useState(false);
  const [form] = Form.useForm<Credentials>();
  const go = async (credentials: Credentials) => {
    setBusy(true);
    try {
      await signIn(credentials);
    } catch (error) {
      setFault(faultOf(error));
      setBusy(false);
    }
  };
  return (
    <div className="sign-in-page">
      <section className="sign-in card" aria-labelledby="sign-in">
        <h1 id="sign-in">{t('signIn.title')}</h1>
        {fault && (
          <Alert
            type="error"
            showIcon
            title={t(fault === 'unreachable' ? 'error.unreachable' : `signIn.${fault}`)}
          />
        )}
        <Form form={form} layout="vertical" onFinish={(values) => void go(values)}>
          <Form.Item
            name="organisation"
            label={t('signIn.organisation')}
            rules={[{ required: true }]}
          >
            <Input autoComplete="organization" />
          </Form.Item>
          <Form.Item name="login" label={t('signIn.login')} rules={[{ required: true }]}>
            <Input autoComplete="username" />
          </Form.Item>
          <Form.Item name="password" label={t('signIn.password')} rules={[{ required: true }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <div className="sign-in-ways">
            <Button type="primary" htmlType="submit" loading={isBusy}>
              {t('signIn.go')}
            </Button>
            <Button type="link" onClick={() => goToProvider(form.getFieldValue('organisation'))}>
              {t('signIn.oidc')}
            </Button>
          </div>
        </Form>
      </section>
      <Demonstration signIn={(as) => void go(as)} />
    </div>
  );
}

function faultOf(error: unknown): 'wrong' | 'later' | 'unreachable' {
  if (!(error instanceof CallProblem)) return 'unreachable';
  return error.status === 429 ? 'later' : 'wrong';
}

function goToProvider(organisation: string | undefined): void {
  if (!organisation) return;
  expectSession();
  window.location.assign(`/v1/session/oidc?organisation=${encodeURIComponent(organisation)}`);
}
