import { answersOf, cacheOf, lastKnown } from '../src/cache';

let at = 0;
const now = () => new Date(at);
const MINUTE = 60_000;
const minute = { now, freshMs: MINUTE, most: 2 };
beforeEach(() => {
  at = +new Date('2026-11-02T17:00:00Z');
});

it('keeps a value up to an age, and drops the least recently used of too many', () => {
  const kept = cacheOf<{ of: string }>(minute);
  for (const name of ['a', 'b']) kept.set(name, { of: name });
  kept.get('a');
  kept.set('c', { of: 'c' });
  expect([...kept.keys()].sort()).toEqual(['a', 'c']);
  at += MINUTE - 1;
  expect(kept.get('a')).toEqual({ of: 'a' });
  at += 1;
  expect(kept.get('a')).toBeUndefined();
});

it('treats a clock that was set back as time that passed', () => {
  const kept = cacheOf<{ of: string }>(minute);
  kept.set('a', { of: 'a' });
  at -= 60 * MINUTE;
  expect(kept.get('a')).toBeUndefined();
});

describe('answers', () => {
  it('are requested once for all callers, and again if they failed or were not good', async () => {
    const { once } = answersOf(minute);
    const asked: string[] = [];
    const answer = (given: string) => async () => {
      asked.push(given);
      if (given === 'fails') throw new Error(given);
      return given;
    };
    const failed = await Promise.allSettled([once('key', answer('fails')), once('key', answer('shared'))]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await once('key', answer('poor'), (given) => given !== 'poor')).toBe('poor');
    expect(await once('key', answer('good'))).toBe('good');
    expect(await once('key', answer('never'))).toBe('good');
    expect(asked).toEqual(['fails', 'poor', 'good']);
  });

  it('that were dropped during a request are requested again, and the late one is not kept', async () => {
    const { once, forget } = answersOf(minute);
    let fail: (error: Error) => void = () => undefined;
    const late = once('key', () => new Promise<string>((_resolve, reject) => (fail = reject)));
    forget('key');
    expect(await once('key', async () => 'new')).toBe('new');
    fail(new Error('late'));
    await expect(late).rejects.toThrow('late');
    expect(await once('key', async () => 'other')).toBe('new');
  });
});

it('the last known value is used while requests fail, with a new request each time', async () => {
  const faults: unknown[] = [];
  let answer: () => Promise<string> = async () => {
    throw new Error('away');
  };
  const options = { ...minute, onFault: (error: unknown) => faults.push(error) };
  const strict = lastKnown(options, () => answer());
  const lenient = lastKnown({ ...options, otherwise: 'nobody' }, () => answer());
  await expect(strict.get('key')).rejects.toThrow('away');
  expect([await lenient.get('key'), faults.length]).toEqual(['nobody', 1]);

  answer = async () => 'dana';
  expect([await strict.get('key'), await lenient.get('key')]).toEqual(['dana', 'dana']);
  answer = async () => {
    throw new Error('away');
  };
  expect([await strict.get('key'), faults.length]).toEqual(['dana', 1]);
  at += MINUTE;
  expect([await strict.get('key'), await strict.get('key'), faults.length]).toEqual(['dana', 'dana', 3]);
});
