import type { Actor } from '../case';

/**
 * Where messages go, as one short text: what a delivery's queue is called and what is stored with it. A Slack id is a
 * person or a channel; anything else is `<target>:<address>`, such as `email:U0DANA`. Read it with `targetOf` alone.
 */
export type Lane = string & { readonly [LANE]: true };
declare const LANE: unique symbol;

const SLACK_ID = /^[A-Z][A-Z0-9]{1,30}$/;

/** Whether this may be the id of anything in Slack. */
export const isSlackId = (id: string): boolean => SLACK_ID.test(id);

/** The lane of a Slack channel, or of a person's DMs: its id is the whole of it. */
export const slackLane = (id: string): Lane => id as Lane;

/** The lane of an address that another target than Slack reaches. */
export const laneAt = (target: string, address: string): Lane => `${target}:${address}` as Lane;

/** A lane as it was stored, or is in a button: `targetOf` says whose it is, if anyone's. */
export const storedLane = (text: string): Lane => text as Lane;

/** An address or a rung as people are shown it. A string is literal text. */
export type Named =
  | string
  /** `by`: by another way than a DM, such as "by email". */
  | { readonly user: Actor; readonly by?: string }
  | { readonly channel: string }
  | { readonly group: string };

/** What someone typed, as Slack knows it; or why there is no such thing, as a sentence. */
export type Resolved = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly reason: string };

/** What a target asks of Slack to make an id of what someone typed, and back. Rejects when Slack cannot be asked. */
export interface Names {
  channel(given: string): Promise<Resolved>;
  person(given: string): Promise<Resolved>;
  /** By id or handle. */
  group(given: string): Promise<Resolved>;
  channelName(id: string): Promise<string | null>;
  groupHandle(id: string): Promise<string | null>;
}

/** What is known, at the moment a rung fires, of those it may reach. */
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
  /** How people type it, for the hint beside a ladder: "#channel". */
  readonly hint: readonly string[];
  /** Whether a stored rung is one of this target's. */
  is(to: string): boolean;
  /** Whether someone means this target by what they typed; the stored forms are among it. */
  isTyped(given: string): boolean;
  /** The stored form of what was typed. */
  stored(given: string, names: Names): Promise<Resolved>;
  /** The stored form as people type it. */
  typed(to: string, names: Names): Promise<string>;
  reaches(to: string, knows: RungKnows): Reaches;
  /** Of whom, beside those of every case, something has to be known before it fires. */
  people(to: string, groups: RungKnows['groups']): readonly Actor[];
  /** The user group whose members have to be known, if any. */
  group(to: string): string | null;
  /** On the card, which names no one: "another channel". */
  onCard(to: string): string;
  /** In Home. */
  named(to: string): Named;
}

/** The rules of one way by which messages reach someone. How it sends lies in `delivery/targets/<name>/`. */
export interface TargetRules {
  readonly name: string;
  /** Its addresses; null for what stands for other targets' addresses, as a user group does for people. */
  readonly address: {
    is(lane: Lane): boolean;
    named(lane: Lane): Named;
  } | null;
  readonly rung: RungNaming | null;
  /** Why nothing goes there before the person who runs Warmline has set it up, and how they do; null where nothing has to be. */
  readonly unset: string | null;
  /** No person reads there: what fails is told by the auditor and in Home, not message by message. */
  readonly isMachine?: true;
  /** Codes of failures that it alone has, each with what mends it. */
  readonly faults: Readonly<Record<string, string>>;
}

/** A rung `<kind>:<id>`, the plain form of most. */
export const prefixed = (kind: string, to: string): string | null =>
  to.startsWith(`${kind}:`) && /^\S+$/.test(to) && to.length > kind.length + 1 ? to.slice(kind.length + 1) : null;
