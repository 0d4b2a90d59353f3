import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewOrganisation, Organisation } from '../../../src/client/api.ts';
import { useAddOrganisation } from '../api/organisations.ts';
import { AskForm } from '../forms/ask-form.tsx';
import { useViewer } from '../frame/session.tsx';
import { placeCodes } from '../words/places.ts';
import { useFaultOf } from './faults.ts';
import { useLevelName, useRegionName } from './names.ts';
import { isWithin, KINDS, LEVELS, regionsAt } from './tree.ts';

interface AddProps {
  readonly all: readonly Organisation[];
  /** With the id of what was brought in. */
  readonly close: (id?: string) => void;
}

/** Brings an organisation in where one's administration is in charge. */
export function AddOrganisation({ all, close }: AddProps) {
  const { t } = useTranslation('organisations');
  const add = useAddOrganisation();
  const levelName = useLevelName();
  const [{ kind, level }, setSeat] = useState<Pick<NewOrganisation, 'kind' | 'level'>>({
    kind: 'platform',
    level: 'nation',
  });
  const send = async ({ parent, ...asked }: NewOrganisation) => {
    const { id } = await add({ ...asked, ...(parent !== undefined && { parent }) });
    close(id);
  };
  return (
    <div className="ask-in-card">
      <h3>{t('add.title')}</h3>
      <p className="note">{t('add.text')}</p>
      <AskForm<NewOrganisation>
        label={t('add.title')}
        initial={{ kind, level }}
        submit={t('add.submit')}
        send={send}
        cancel={close}
        faultOf={useFaultOf()}
        conflict={t('conflict.id')}
      >
        <Form.Item
          name="id"
          label={t('add.id')}
          extra={t('add.id.hint')}
          rules={[{ required: true }]}
        >
          <Input autoComplete="off" maxLength={32} />
        </Form.Item>
        <Form.Item name="kind" label={t('column.kind')}>
          <Select
            onChange={(value) => setSeat({ kind: value, level })}
            options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="level" label={t('column.level')}>
          <Select
            onChange={(value) => setSeat({ kind, level: value })}
            options={LEVELS.map((value) => ({ value, label: levelName({ kind, level: value }) }))}
          />
        </Form.Item>
        <Seat {...{ all, kind, level }} />
      </AskForm>
    </div>
  );
}

type SeatProps = Pick<AddProps, 'all'> & Pick<NewOrganisation, 'kind' | 'level'>;

/** Where it is, and which one is above it. */
function Seat({ all, kind, level }: SeatProps) {
  const { t } = useTranslation('organisations');
  const { organisation } = useViewer();
  const regionName = useRegionName();
  const form = Form.useFormInstance<NewOrganisation>();
  const region = Form.useWatch('region', form);
  const above = all.filter(
    (one) =>
      one.kind === kind &&
      LEVELS.indexOf(one.level) < LEVELS.indexOf(level) &&
      (region === undefined || isWithin(one.region, region)),
  );
  const regions = regionsAt(level, organisation.region, placeCodes());
  const needsParent = kind === 'operator' && level !== 'nation';
  return (
    <>
      <Form.Item name="region" label={t('column.region')} rules={[{ required: true }]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={regions.map((value) => ({ value, label: `${regionName(value)} ${value}` }))}
        />
      </Form.Item>
      {above.length > 0 && (
        <Form.Item
          name="parent"
          label={t('add.parent')}
          extra={kind === 'operator' && t('add.parent.hint')}
          rules={[{ required: needsParent }]}
        >
          <Select
            allowClear
            showSearch
            placeholder={t('add.parent.none')}
            options={above.map(({ id }) => ({ value: id, label: id }))}
          />
        </Form.Item>
      )}
    </>
  );
}
