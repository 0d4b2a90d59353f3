import { describe, expect, it } from 'vitest';
import { parseCalendar, readyVolumes } from '../../src/world/season/calendar.js';
import { parseClosures } from '../../src/world/season/closure-file.js';
import { calendarOf, readData } from '../support/season.js';

function volume(year: '2016' | '2020' | '2021', from: string, days: number): number {
  const volumes = readyVolumes(calendarOf(year), `${from}T00:00:00+08:00`, 60, 0, 24 * days);
  return volumes.reduce((sum, v) => sum + v, 0);
}

describe('the calendar of a season', () => {
  it('adds up to the totals that were published', () => {
    expect(volume('2016', '2016-11-11', 6)).toBeCloseTo(11.2, 9);
    expect(volume('2016', '2016-11-11', 1)).toBeCloseTo(2.51, 9);
    expect(volume('2020', '2020-11-01', 11)).toBeCloseTo(39.65, 9);
    expect(volume('2020', '2020-11-11', 6)).toBeCloseTo(29.7, 9);
    expect(volume('2020', '2020-11-11', 1)).toBeCloseTo(6.75, 9);
    expect(volume('2021', '2021-11-01', 11)).toBeCloseTo(47.76, 9);
    expect(volume('2021', '2021-11-01', 16)).toBeCloseTo(68, 9);
  });

  it('has two peaks in 2021, one in 2016 and in 2020, each opening at midnight', () => {
    for (const [year, day] of [
      ['2016', '2016-11-11'],
      ['2020', '2020-11-11'],
      ['2021', '2021-11-01'],
      ['2021', '2021-11-11'],
    ] as const) {
      const hours = readyVolumes(calendarOf(year), `${day}T00:00:00+08:00`, 60, 0, 24);
      expect(hours[0]).toBe(Math.max(...hours));
    }
    expect(volume('2020', '2020-11-01', 1)).toBeLessThan(4);
  });

  it('is read on the local clock, whatever the length of a slot', () => {
    const calendar = calendarOf('2020');
    const hourly = readyVolumes(calendar, '2020-11-10T16:00:00Z', 60, 8, 32);
    const quarters = readyVolumes(calendar, '2020-11-11T00:00:00+08:00', 15, 0, 96);
    const local = readyVolumes(calendar, '2020-11-11T00:00:00Z', 60, 0, 24);
    expect(hourly).toEqual(local);
    for (let h = 0; h < 24; h++) {
      const sum = quarters.slice(4 * h, 4 * h + 4).reduce((all, v) => all + v, 0);
      expect(sum).toBeCloseTo(local[h], 9);
    }
  });

  it('names what is wrong with a file', () => {
    const text = readData('calendars/2020.json');
    expect(parseCalendar('{')).toMatch(/^not JSON/);
    expect(parseCalendar(text.replace('"days"', '"dates"'))).toMatch(/days/);
    expect(parseCalendar(text.replace('"ordinary": [', '"ordinary": [1, '))).toMatch(/^hours/);
    expect(parseCalendar(text.replace('"2020-11-04"', '"4 Nov"'))).toMatch(/^days\.3/);
    expect(parseCalendar(text.replaceAll('"hours": "peak"', '"hours": "wild"'))).toMatch(
      /^days\.10/,
    );
  });

  it('comes with closures that read', () => {
    for (const kind of ['epidemic', 'power', 'weather']) {
      expect(parseClosures(readData(`closures/${kind}.json`))).toBeInstanceOf(Array);
    }
    const late = { kind: 'power', regions: ['33'], fromHour: 5, untilHour: 5, remaining: 0 };
    expect(parseClosures(JSON.stringify({ closures: [late] }))).toMatch(/untilHour/);
  });
});
