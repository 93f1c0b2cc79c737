import type { ClockName } from '../../src/domain/allowance';
import type { CaseKind } from '../../src/domain/kinds/code';
import type { Move } from '../../src/domain/moves/declared';
import { needsFourEyes } from '../../src/domain/outcomes';
import type { Policy } from '../../src/domain/policy';
import type { Severity } from '../../src/domain/severity';
import { LadderTimes, MINUTE, type Watch, type Watches } from './ladder-times';

/** A required message: which clock, to whom, when (ms): its own time, or that of the move that made it overdue. */
export interface Said {
  readonly clock: ClockName;
  readonly to: string;
  readonly at: number;
  readonly due: number;
}

export interface Opening {
  readonly kind: CaseKind;
  readonly severity: Severity;
  readonly at: Date;
  readonly callbackAt: Date | null;
  readonly policeMissing: boolean;
}

type Stage = 'review' | 'returned' | 'open' | 'acknowledged' | 'closed';
/** What a case in this stage always waits for. */
const NEEDS: Partial<Record<Stage, ClockName>> = { review: 'review', returned: 'answer', open: 'acknowledge' };

/**
 * A second, plainer implementation of the rules in domain section 8: what a case owes, as a list of messages and times.
 * It shares only the business calendar (which has its own tests) with the product.
 */
export class LadderReference {
  readonly said: Said[] = [];
  running: Watches = new Map();
  asleep: { since: number; until: number; watches: Watches } | null = null;
  shelf: Watches = new Map();
  stage: Stage;
  private asked = false;
  private days = 0;
  private seen = 0;
  private policeMissing: boolean;
  private serials = 0;
  private readonly times: LadderTimes;

  constructor(policy: Policy, zone: string, { kind, severity, at, callbackAt, policeMissing }: Opening) {
    this.times = new LadderTimes(policy, zone, kind, severity);
    this.policeMissing = policeMissing;
    this.stage = kind === 'exception' ? 'review' : 'open';
    this.start(kind === 'exception' ? 'review' : 'acknowledge', +at);
    if (callbackAt) this.start('callback', +at, +callbackAt);
    if (policeMissing) this.start('police_number', +at);
  }

  /** A move that the product accepted. `responsible`: by someone who answers for the case. */
  move(move: Move, at: Date, responsible: boolean): void {
    const now = +at;
    if (move.type !== 'tick') this.seen = now;
    switch (move.type) {
      case 'tick':
        this.pass(now);
        return;
      case 'acknowledge':
        this.wake(now);
        this.stop('acknowledge', 'update');
        this.promise(now, +move.nextUpdateBy);
        this.stage = 'acknowledged';
        return;
      case 'change_promise':
        if (this.running.get('update')?.due !== +move.nextUpdateBy) this.promise(now, +move.nextUpdateBy);
        return;
      case 'add_note':
        this.worked(now, responsible);
        return;
      case 'callback_made':
        this.stop('callback');
        this.worked(now, responsible);
        return;
      case 'log_sp_contact':
        if (move.reached) this.stop('sp_contact');
        if (move.backBy) this.start('sp_contact', now, +move.backBy);
        this.worked(now, responsible);
        return;
      case 'add_police_number':
        this.stop('police_number');
        this.policeMissing = false;
        return;
      case 'snooze':
        if (this.asleep) this.asleep.until = +move.until;
        else {
          this.asleep = { since: now, until: +move.until, watches: this.running };
          this.running = new Map();
        }
        return;
      case 'wake':
        this.wake(now);
        return;
      case 'reassign':
        this.wake(now);
        this.handedOn(now);
        return;
      case 'send_to_manager':
        this.times.severity = move.severity;
        this.handedOn(now);
        return;
      case 'change_severity':
        this.times.severity = move.to;
        if (this.stage === 'open') this.start('acknowledge', now);
        return;
      case 'return_to_agent':
        this.stop('review');
        this.start('answer', now);
        this.stage = 'returned';
        return;
      case 'answer':
        this.stop('answer');
        this.start('review', now);
        this.stage = 'review';
        return;
      case 'resolve':
        if (needsFourEyes(move.outcome)) {
          this.wake(now);
          this.asked = true;
          this.days = move.followUpDays ?? 0;
          this.start('approval', now);
        } else this.settle(now, move.followUpDays ?? 0);
        return;
      case 'approve':
        if (this.asked) this.settle(now, this.days);
        return;
      case 'follow_up':
        this.stop('follow_up');
        return;
      case 'refuse_approval':
        this.asked = false;
        this.stop('approval');
        return;
      case 'void':
      case 'merge':
        this.close();
        return;
      case 'reopen':
      case 'dispute':
        this.openAgain(now);
        return;
      case 'restart_clock':
        this.restart(now);
        return;
      case 'apply_policy':
        for (const watches of [this.running, this.asleep?.watches ?? new Map()]) this.times.recompute(watches);
    }
  }

  /** Starts the clock that the case's stage needs, if it does not run. */
  private restart(now: number): void {
    if (this.asleep) {
      if (this.asleep.until <= now) this.wake(now);
      return;
    }
    const needs = NEEDS[this.stage];
    if (needs && !this.running.has(needs)) this.start(needs, now);
  }

  /** The policy in force from now on; running clocks do not change. */
  amend(policy: Policy): void {
    this.times.policy = policy;
  }

  /** When something happens by itself next, or null. */
  next(): number | null {
    const moments = [...this.running.values()].flatMap(({ left }) => left[0]?.at ?? []);
    if (this.asleep) moments.push(this.asleep.until);
    return moments.length ? Math.min(...moments) : null;
  }

  /** Brings the case up to `now`, one event after the other. */
  pass(now: number): void {
    for (let at = this.next(); at !== null && at <= now; at = this.next()) {
      if (this.asleep) {
        this.wake(at);
        continue;
      }
      for (const [clock, watch] of this.running) {
        const [first] = watch.left;
        if (first?.at !== at) continue;
        watch.left.shift();
        if (clock === 'update') {
          this.stop('update');
          this.start('acknowledge', at, at);
          this.stage = 'open';
        } else {
          watch.told.push(first.to);
          this.said.push({ clock, to: first.to, at: Math.max(at, this.seen), due: watch.due });
        }
        break;
      }
    }
  }

  /** Whether the clock with this number runs, and what is due when. */
  dueOf(serial: number): number | null {
    return [...this.running.values()].find((watch) => watch.serial === serial)?.due ?? null;
  }

  private get awaited(): Watches {
    return this.asleep ? this.asleep.watches : this.running;
  }

  private stop(...names: ClockName[]): void {
    for (const name of names) this.awaited.delete(name);
  }

  private start(name: ClockName, from: number, due?: number): void {
    const serial = ++this.serials;
    const watch = {
      serial,
      from,
      due: due ?? 0,
      named: due !== undefined,
      business: false,
      used: 0,
      left: [],
      told: [],
    };
    if (this.times.lay(name, watch)) this.awaited.set(name, watch);
  }

  private promise(from: number, due: number): void {
    const left = [{ at: due, to: 'nobody' }];
    const serial = ++this.serials;
    this.awaited.set('update', { serial, from, due, named: true, business: false, used: 0, left, told: [] });
  }

  private worked(now: number, responsible: boolean): void {
    if (!responsible || this.asleep || !this.running.has('update')) return;
    const probe: Watch = { serial: 0, from: now, due: 0, named: false, business: false, used: 0, left: [], told: [] };
    if (this.times.lay('update', probe)) this.promise(now, probe.due);
  }

  private handedOn(now: number): void {
    this.stop('acknowledge', 'update', 'review', 'answer');
    this.start('acknowledge', now);
    this.stage = 'open';
  }

  private wake(now: number): void {
    if (!this.asleep) return;
    const { since, until, watches } = this.asleep;
    const at = Math.min(now, until);
    this.seen = Math.max(this.seen, at);
    this.asleep = null;
    this.running = watches;
    for (const [name, watch] of watches) {
      if (name === 'callback') continue;
      const stopped = Math.max(since, watch.from);
      const moved = (moment: number) =>
        moment <= stopped
          ? moment
          : this.times.plus(at, this.times.between(stopped, moment, watch.business), watch.business);
      watch.used += this.times.between(watch.from, stopped, watch.business);
      watch.from = at;
      watch.due = moved(watch.due);
      watch.left = watch.left.map((line) => ({ ...line, at: moved(line.at) }));
    }
  }

  private close(): void {
    this.shelf = this.awaited;
    this.asleep = null;
    this.asked = false;
    this.running = new Map();
    this.stage = 'closed';
  }

  /** Closed, with a follow-up in this many days if there is one. */
  private settle(now: number, days: number): void {
    this.close();
    if (days) this.start('follow_up', now, now + days * 24 * 60 * MINUTE);
  }

  private openAgain(now: number): void {
    this.stage = 'open';
    this.running = new Map();
    for (const name of ['callback', 'sp_contact'] as const) {
      const watch = this.shelf.get(name);
      if (watch && watch.due > now) this.running.set(name, watch);
    }
    this.start('acknowledge', now);
    if (this.policeMissing) this.start('police_number', now);
  }
}
