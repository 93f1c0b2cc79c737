import type { Actor } from '../actor';

/**
 * Where messages go, as one short text: the name of a delivery's queue, stored with it. A Slack id is a person or a
 * channel; anything else is `<target>:<address>`, such as `email:U0DANA`. Only `targetOf` reads it.
 */
export type Lane = string & { readonly [LANE]: true };
declare const LANE: unique symbol;

const SLACK_ID = /^[A-Z][A-Z0-9]{1,30}$/;

/** Whether this may be the id of anything in Slack. */
export const isSlackId = (id: string): boolean => SLACK_ID.test(id);

/** The lane of a Slack channel or a person's DMs: its id. */
export const slackLane = (id: string): Lane => id as Lane;

/** The lane of an address outside Slack. */
export const laneAt = (target: string, address: string): Lane => `${target}:${address}` as Lane;

/** A lane as stored, or in a button; `targetOf` knows its target, if any. */
export const storedLane = (text: string): Lane => text as Lane;

/** An address or a rung as people see it. A string is literal text. */
export type Named =
  | string
  /** `by`: another way than a DM, such as "by email". */
  | { readonly user: Actor; readonly by?: string }
  | { readonly channel: string }
  | { readonly group: string };

/** What someone typed, as Slack knows it; or why there is no such thing, as a sentence. */
export type Resolved = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: string };

/** Slack lookups that turn what someone typed into an id, and back. Rejects if Slack is unreachable. */
export interface Names {
  channel(given: string): Promise<Resolved>;
  person(given: string): Promise<Resolved>;
  /** By id or handle. */
  group(given: string): Promise<Resolved>;
  channelName(id: string): Promise<string | null>;
  groupHandle(id: string): Promise<string | null>;
}

/** What is known about the people a rung may reach when it fires. */
export interface RungKnows {
  /** Who answers for the case now. */
  readonly onDuty: readonly Actor[];
  readonly groups: ReadonlyMap<string, readonly Actor[]>;
}

/** Whom a rung reaches: these people by DM, or these addresses. */
export type Reaches = { readonly people: readonly Actor[] } | { readonly lanes: readonly Lane[] };

/** How a policy's ladder names a target. */
export interface RungNaming {
  /** How the stored forms are described: "channel:ID". */
  readonly usage: readonly string[];
  /** How people type it, for the hint next to a ladder: "#channel". */
  readonly hint: readonly string[];
  /** Whether a stored rung names this target. */
  is(to: string): boolean;
  /** Whether a typed rung means this target, including the stored forms. */
  isTyped(given: string): boolean;
  /** The stored form of what was typed. */
  stored(given: string, names: Names): Promise<Resolved>;
  /** The stored form as people type it. */
  typed(to: string, names: Names): Promise<string>;
  reaches(to: string, knows: RungKnows): Reaches;
  /** The people to look up before it fires, besides those of every case. */
  people(to: string, groups: RungKnows['groups']): readonly Actor[];
  /** The user group whose members to look up, if any. */
  group(to: string): string | null;
  /** On the card, which names no one: "another channel". */
  onCard(to: string): string;
  /** On Home. */
  named(to: string): Named;
}

/** The rules of one way to reach someone. How it sends is in `delivery/targets/<name>/`. */
export interface TargetRules {
  readonly name: string;
  /** Its addresses; null for what stands for other targets' addresses, as a user group does for people. */
  readonly address: {
    is(lane: Lane): boolean;
    named(lane: Lane): Named;
  } | null;
  readonly rung: RungNaming | null;
  /** Why nothing goes there until the person who runs Warmline sets it up, and how; null if nothing is needed. */
  readonly unset: string | null;
  /** No person reads there: failures are reported by the auditor and on Home, not message by message. */
  readonly isMachine?: true;
  /** Failure codes that only it has, each with what fixes it. */
  readonly faults: Readonly<Record<string, string>>;
}

/** A rung `<kind>:<id>`, the usual form. */
export const prefixed = (kind: string, to: string): string | null =>
  to.startsWith(`${kind}:`) && /^\S+$/.test(to) && to.length > kind.length + 1 ? to.slice(kind.length + 1) : null;
