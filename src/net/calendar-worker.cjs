// @ts-check
'use strict';
/*
 * Finds the absences of one calendar in its own thread: in an untrusted file, an entry may repeat so that the library
 * searches forever, and the thread is then terminated. Plain JavaScript, so that this very file runs wherever Warmline
 * does.
 */
const { parentPort, workerData } = require('node:worker_threads');
/** @type {typeof import('ical.js').default} */
// @ts-expect-error: its types are those of its module, which has the same under `default`
const ICAL = require('ical.js');

/**
 * @typedef {{ wall: number, zone: string | null, utc: number | null }} WallMoment
 * @typedef {{ from: WallMoment, until: WallMoment, allDay: boolean }} Entry
 * @typedef {InstanceType<typeof ICAL.Component>} Component
 * @typedef {InstanceType<typeof ICAL.Time>} Time
 */

/** @type {{ text: string, words: string[], from: number, until: number }} */
const { text, words, from, until } = workerData;

/** How often an entry may repeat before the requested range, and how many absences are found in total. */
const [MOST_STEPS, MOST_FOUND] = [20_000, 500];
/** Zones are resolved later: until then, a time may be off by this much. */
const MARGIN_MS = 2 * 24 * 60 * 60_000;

/** @param {string} word */
const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ /g, '\\s+');
/** Whole words: PTO is not in Laptop. */
const TITLE = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'iu');

/** @param {Component} entry */
const isAbsence = (entry) => {
  if (String(entry.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED') return false;
  const busy = String(entry.getFirstPropertyValue('x-microsoft-cdo-busystatus') ?? '').toUpperCase();
  return busy === 'OOF' || TITLE.test(String(entry.getFirstPropertyValue('summary') ?? ''));
};

/**
 * @param {Component} entry
 * @param {string} name
 */
const zoneNamed = (entry, name) => {
  const zone = entry.getFirstProperty(name)?.getParameter('tzid');
  return typeof zone === 'string' ? zone : null;
};

/**
 * @param {Time} time
 * @param {string | null} named
 * @returns {WallMoment}
 */
const moment = (time, named) => {
  const { year, month, day, hour, minute, second, isDate } = time;
  const isUtc = time.zone === ICAL.Timezone.utcTimezone;
  const isKnown = isUtc || (time.zone !== ICAL.Timezone.localTimezone && time.zone !== null);
  return {
    wall: Date.UTC(year, month - 1, day, isDate ? 0 : hour, isDate ? 0 : minute, isDate ? 0 : second),
    zone: isDate ? null : isUtc ? 'UTC' : named,
    utc: !isDate && isKnown ? time.toUnixTime() * 1000 : null,
  };
};

/** @type {Entry[]} */
const found = [];

/**
 * @param {Component} entry
 * @param {Time} start
 * @param {Time} end
 */
function keep(entry, start, end) {
  if (found.length >= MOST_FOUND || !isAbsence(entry)) return;
  const zone = zoneNamed(entry, 'dtstart');
  const one = {
    from: moment(start, zone),
    until: moment(end, zoneNamed(entry, 'dtend') ?? zone),
    allDay: start.isDate,
  };
  if (one.until.wall > from - MARGIN_MS && one.from.wall < until + MARGIN_MS) found.push(one);
}

/**
 * An entry with all changes to its single occurrences.
 * @param {Component | undefined} master
 * @param {Component[]} exceptions
 */
function follow(master, exceptions) {
  for (const exception of exceptions) {
    const event = new ICAL.Event(exception);
    keep(exception, event.startDate, event.endDate);
  }
  if (!master) return;
  const event = new ICAL.Event(master, { exceptions });
  if (!event.isRecurring()) return keep(master, event.startDate, event.endDate);
  if (![master, ...exceptions].some(isAbsence)) return;
  const moved = new Set(exceptions.map((one) => String(one.getFirstPropertyValue('recurrence-id'))));
  const times = event.iterator();
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = times.next();
    if (!next || next.toUnixTime() * 1000 > until + MARGIN_MS) return;
    if (moved.has(next.toString())) continue;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    keep(item.component, startDate, endDate);
  }
}

const ENTRY = /^BEGIN:VEVENT\r?\n[\s\S]*?^END:VEVENT\r?\n/gm;
const END = /^END:VCALENDAR/m;

/**
 * The calendar as the library parses it. An entry that it cannot parse would hide all others, so it is left out.
 * @returns {unknown[]}
 */
function parsedText() {
  try {
    return ICAL.parse(text);
  } catch {
    const rest = text.replace(ENTRY, '');
    ICAL.parse(rest); // if it fails without entries, too, it is not a calendar
    const whole = (text.match(ENTRY) ?? []).filter(isReadable).join('');
    return ICAL.parse(rest.replace(END, () => `${whole}END:VCALENDAR`));
  }
}

/** @param {string} entry */
function isReadable(entry) {
  try {
    return ICAL.parse(`BEGIN:VCALENDAR\r\n${entry}END:VCALENDAR`) !== null;
  } catch {
    return false;
  }
}

/** @returns {Entry[] | null} Null for what is no calendar. */
function read() {
  const parsed = parsedText();
  const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed).map(
    (one) => new ICAL.Component(/** @type {string} */ (one)),
  );
  if (!roots.length || roots.some(({ name }) => name !== 'vcalendar')) return null;
  for (const root of roots) {
    /** @type {Map<string, Component[]>} */
    const byId = new Map();
    for (const [place, entry] of root.getAllSubcomponents('vevent').entries()) {
      const id = String(entry.getFirstPropertyValue('uid') ?? `unnamed:${place}`);
      byId.set(id, [...(byId.get(id) ?? []), entry]);
    }
    for (const entries of byId.values()) {
      const isOne = (/** @type {Component} */ entry) => entry.hasProperty('recurrence-id');
      try {
        follow(
          entries.find((entry) => !isOne(entry)),
          entries.filter(isOne),
        );
      } catch {
        // Skips an entry without a start, or with an empty rule.
      }
    }
  }
  return found;
}

/** @returns {Entry[] | null} */
function readOrNull() {
  try {
    return read();
  } catch {
    return null;
  }
}

parentPort?.postMessage(readOrNull());
