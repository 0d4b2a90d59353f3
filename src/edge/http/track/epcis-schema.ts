import { Type } from 'typebox';
import { Count, Time } from '../gate/ticket-schema.js';

/** What the routes of EPCIS take and answer; documents are checked by the standard's own schema (data/scans/epcis). */

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 8000, description }));
const moment = text('ISO 8601 with seconds and offset');
const list = text('one, or several with commas between');

export const EventsQuery = Type.Object(
  {
    eventType: list,
    GE_eventTime: moment,
    LT_eventTime: moment,
    GE_recordTime: moment,
    LT_recordTime: moment,
    EQ_action: list,
    EQ_bizStep: list,
    EQ_disposition: list,
    EQ_readPoint: list,
    EQ_bizLocation: list,
    MATCH_epc: list,
    perPage: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
    nextPageToken: text('of the page before'),
  },
  { additionalProperties: false },
);

const Context = Type.Array(Type.Union([Type.String(), Type.Object({ cuofeng: Type.String() })]), {
  description: "the standard's vocabulary, and the prefix of what it has no word for",
});
const Event = Type.Object(
  { type: Type.String(), eventTime: Time, eventTimeZoneOffset: Type.String() },
  { title: 'EpcisEvent', description: 'an event as the standard has it' },
);
const eventList = Type.Array(Event);
export const EpcisDocument = Type.Object(
  {
    '@context': Context,
    type: Type.Literal('EPCISDocument'),
    schemaVersion: Type.String(),
    creationDate: Time,
    epcisBody: Type.Object({ eventList }),
  },
  { title: 'EpcisDocument' },
);
export const EpcisQueryDocument = Type.Object(
  {
    '@context': Context,
    type: Type.Literal('EPCISQueryDocument'),
    schemaVersion: Type.String(),
    creationDate: Time,
    epcisBody: Type.Object({
      queryResults: Type.Object({
        queryName: Type.String(),
        resultsBody: Type.Object({ eventList }),
      }),
    }),
  },
  { title: 'EpcisQueryDocument' },
);

export const CaptureParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 200 }) });
export const CaptureJobAnswer = Type.Object(
  {
    captureID: Type.String(),
    createdAt: Time,
    finishedAt: Time,
    running: Type.Boolean(),
    success: Type.Boolean(),
    captureErrorBehaviour: Type.Enum(['rollback', 'proceed'], { type: 'string' }),
    errors: Type.Array(
      Type.Object({
        type: Type.String(),
        title: Type.String(),
        status: Type.Integer(),
        detail: Type.String(),
        instance: Type.String(),
      }),
    ),
    'cuofeng:scans': Type.Object({
      received: Count,
      applied: Count,
      superseded: Count,
      duplicate: Count,
      quarantined: Count,
    }),
  },
  { title: 'CaptureJob' },
);
