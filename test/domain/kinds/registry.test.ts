import { COMMANDS } from '../../../src/domain/commands';
import { DEFAULT_POLICY } from '../../../src/domain/default-policy';
import { CASE_KINDS, KINDS } from '../../../src/domain/kinds';
import type { Kind } from '../../../src/domain/kinds/kind';
import { readRepeatRules, repeatRulesText } from '../../../src/domain/policy-text';

const kinds = Object.values(KINDS);

it('every kind has its own prefix, label and command', () => {
  for (const part of ['prefix', 'label', 'several', 'command'] as const)
    expect(new Set(kinds.map((kind) => kind[part])).size).toBe(kinds.length);
  expect(new Set(COMMANDS.map(({ name }) => name)).size).toBe(COMMANDS.length);
  expect(kinds.filter(({ prefix }) => !/^[A-Z]{3}$/.test(prefix))).toEqual([]);
});

it("has shortcut names within Slack's limits", () => {
  const names = kinds.flatMap(({ shortcut }) => shortcut?.name ?? []);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => name.length > 24)).toEqual([]);
});

it('shows in full, in closed channels, exactly what is need-to-know', () => {
  for (const { access, label } of kinds)
    expect({ label, isClosed: access.closed([]).length > 0 }).toEqual({ label, isClosed: access.read !== null });
});

it.each(CASE_KINDS.filter((kind) => KINDS[kind].repeats))('parses the repeat rules of %s as written', (kind) => {
  const rules = [{ kind, tone: 'negative' as const, count: 4, days: 60 }];
  expect(readRepeatRules(repeatRulesText(rules))).toEqual({ ok: true, value: rules });
});

it('has at most one kind for each unique property', () => {
  for (const says of [
    (kind: Kind) => kind.raised,
    (kind: Kind) => kind.contactRule,
    (kind: Kind) => kind.offer?.warned,
  ])
    expect(kinds.filter((kind) => says(kind))).toHaveLength(1);
});

it('builds the default policy from what each kind needs', () => {
  for (const kind of CASE_KINDS) expect(DEFAULT_POLICY.clocks[kind]).toEqual(KINDS[kind].clocks);
});
