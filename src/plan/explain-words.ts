/** Languages of the explanations. */
export type Language = 'zh' | 'en';

export type ExplainWords = (typeof EXPLAIN_WORDS)[Language];

/** Every phrase of an explanation, in the words of the glossary. Quantities come as finished text. */
export const EXPLAIN_WORDS = {
  zh: {
    slot: (slot: number, time: string) => `时段 ${slot}（${time}）`,
    title: (service: string, operator: string, from: string, to: string, when: string) =>
      `${service} · ${operator} · ${from} → ${to} · ${when}待发`,
    totals: (ready: number, released: number, carried: number) =>
      `待发 ${ready} 件 = 放行 ${released} 件 + 结转 ${carried} 件`,
    released: (parcels: number, when: string, route: string, held: string) =>
      `${parcels} 件于${when}放行，路由 ${route}，缓发 ${held} 小时，每件成本：`,
    carried: (parcels: number, held: string) =>
      `${parcels} 件结转，已等待 ${held} 小时，每件成本：`,
    option: (when: string, route: string, sum: string) => `${when}，路由 ${route}：${sum}`,
    toll: (resource: string, when: string, price: string, state: string) =>
      `${resource}，${when}：${price}，${state}`,
    whyNotEarlier: '为何不更早放行（各时段最省的路由，每件成本）：',
    fromThenOn: '自首次放行起（各时段最省的路由，每件成本）：',
    noRoute: '没有路由，只能结转。',
    least: (when: string, route: string, cost: string) =>
      `按本计划的价格，${when}经路由 ${route} 最省，每件 ${cost}。`,
    leastCarry: (cost: string) => `按本计划的价格，结转最省，每件 ${cost}。`,
    waiting: '等待',
    lateness: '超时',
    growth: '递增',
    detour: '绕行',
    penalty: '结转',
    tolls: '价格',
    price: (price: string) => `价格 ${price}`,
    noPrice: '无价格',
    load: (load: string, capacity: string) => `负荷 ${load}，可用能力 ${capacity}`,
    closed: '无可用能力',
    whatPriceIs: '价格：该资源该时段每多一件可用能力，计划可省的成本。',
    nothingHeld: '没有缓发的快件。',
  },
  en: {
    slot: (slot: number, time: string) => `slot ${slot} (${time})`,
    title: (service: string, operator: string, from: string, to: string, when: string) =>
      `${service} · ${operator} · ${from} → ${to} · ready in ${when}`,
    totals: (ready: number, released: number, carried: number) =>
      `${ready} ready = ${released} released + ${carried} carried over`,
    released: (parcels: number, when: string, route: string, held: string) =>
      `${parcels} released in ${when} on route ${route}, held ${held} hours, each at`,
    carried: (parcels: number, held: string) =>
      `${parcels} carried over after ${held} hours, each at`,
    option: (when: string, route: string, sum: string) => `${when}, route ${route}: ${sum}`,
    toll: (resource: string, when: string, price: string, state: string) =>
      `${resource}, ${when}: ${price}, ${state}`,
    whyNotEarlier: 'Why not earlier (the cheapest route of each slot, cost of a parcel):',
    fromThenOn: 'From the first release on (the cheapest route of each slot, cost of a parcel):',
    noRoute: 'There is no route: it can only be carried over.',
    least: (when: string, route: string, cost: string) =>
      `At the prices of this plan ${when} on route ${route} is cheapest, at ${cost} a parcel.`,
    leastCarry: (cost: string) =>
      `At the prices of this plan carrying over is cheapest, at ${cost} a parcel.`,
    waiting: 'waiting',
    lateness: 'lateness',
    growth: 'growth',
    detour: 'detour',
    penalty: 'carry-over',
    tolls: 'prices',
    price: (price: string) => `price ${price}`,
    noPrice: 'no price',
    load: (load: string, capacity: string) => `load ${load} of ${capacity} left`,
    closed: 'nothing left',
    whatPriceIs:
      'A price is what the plan would save with room for one parcel more there and then.',
    nothingHeld: 'Nothing is held.',
  },
};
